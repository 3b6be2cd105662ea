import { Code, DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, forbidden, isAfter, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { assertBoardOn } from './addressed-board.js';
import { REFERRAL_KINDS, type ReferralKind } from './audit.codes.js';
import { ReferralMade, type AuditEvent } from './audit.events.js';
import type { Audit, Report } from './audit.js';
import { assertRegistered } from './audit.refusals.js';

/** For what a board is handed a report, and until when it is to reply. */
export class ReferralFields {
  @Id('The audit.') audit!: string;
  @Id('The board, as it was called on the day of handing over.') board!: string;
  @Code('What it is handed over for.', REFERRAL_KINDS, 'ReferralKind') kind!: ReferralKind;
  @DayField('The last day for a reply, where one is asked for and the day is known.', { optional: true }) lastReplyOn?: Day;
  @FreeText('What says so: the missive, a decision.', { max: 500, optional: true }) replyBasis?: string;
}

/** The auditors hand the report over to a board: for reply, for information and possible reply, or for information only. */
export class ReferToBoard extends ReferralFields {}

export const referToBoard: Decide<ReferToBoard, Audit, AuditEvent, { readonly organisation: Register }> = (said, audit, { organisation }) => {
  assertRegistered(audit);
  const { board, ...rest } = referralOf(said);
  const before = audit.referrals[board];
  if (before) {
    if (before.kind === rest.kind && before.lastReplyOn === rest.lastReplyOn && before.replyBasis === rest.replyBasis) return [];
    throw forbidden('referral.exists', {
      sv: 'Rapporten är redan överlämnad till nämnden. Rätta det överlämnandet i stället.',
      en: 'The report is referred to the board already. Correct that referral instead.',
    });
  }
  assertBoardOn(board, audit.report.handedOverOn, organisation, '/board');
  assertLastReplyDay(rest, audit.report);
  return [event(ReferralMade, { audit: audit.audit, board, ...rest })];
};

/** What a referral’s events hold. */
export const referralOf = ({ board, kind, lastReplyOn, replyBasis }: ReferralFields) => ({
  board,
  kind,
  ...(lastReplyOn !== undefined && { lastReplyOn }),
  ...(replyBasis !== undefined && { replyBasis }),
});

/** Refuses a last day where none is asked for, and one that does not lie after the handing over. */
export const assertLastReplyDay = ({ kind, lastReplyOn }: Pick<ReferralFields, 'kind' | 'lastReplyOn'>, { handedOverOn }: Report): void => {
  if (lastReplyOn === undefined) return;
  if (kind !== 'for-reply')
    throw contradictory(
      'referral.no-reply-asked',
      {
        sv: 'Bara ett överlämnande för yttrande har en sista svarsdag. Ta bort dagen, eller välj för yttrande.',
        en: 'Only a referral for reply has a last day. Take the day away, or choose for reply.',
      },
      '/lastReplyOn',
    );
  if (handedOverOn !== undefined && !isAfter(lastReplyOn, handedOverOn))
    throw contradictory(
      'referral.last-day-too-early',
      {
        sv: `Rapporten överlämnades ${handedOverOn}; sista svarsdagen måste ligga efter den dagen.`,
        en: `The report was handed over on ${handedOverOn}; the last day for the reply must lie after it.`,
      },
      '/lastReplyOn',
    );
};
