import { Type } from 'typebox';
import { Moments, type Asking, type Executor, type Reach, type Streams } from '#libs/commands';
import { Bool, Code, Id, ListQuery } from '#libs/fields';
import { DayType, IdType, stockholmDay, type Text } from '#libs/kernel';
import { registerOf } from '#libs/organisation';
import { all, sql, verbatim, type Views } from '#libs/views';
import { REFERRAL_KINDS, REPLY_STATES, type ReferralKind, type ReplyState } from './audit.codes.js';
import { auditsView } from './audits.view.js';
import { present } from './present.js';
import { referralsView } from './referrals.view.js';
import { named, organisationAt } from './register-read.js';

const REPLIES = [...REPLY_STATES, 'none-known'] as const;

/** Reports handed over to boards, by the last day for their replies. */
export class ListReferrals extends ListQuery {
  @Id('Only of this audit.', { optional: true }) audit?: string;
  @Id('Only what this board holds on the day of looking, whoever the report was handed over to.', { optional: true }) board?: string;
  @Code('Only those handed over for that.', REFERRAL_KINDS, 'ReferralKind', { optional: true }) kind?: ReferralKind;
  @Code('Only those whose reply stands so.', REPLIES, 'ReplyStateFilter', { optional: true }) reply?: ReplyState | 'none-known';
  @Bool('Only those received, or only those not.', { optional: true }) received?: boolean;
}

/** One referral of the list. What is left out is unknown, or has not been. */
export const ReferralRow = Type.Object({
  audit: IdType('The audit.'),
  auditTitle: Type.String(),
  board: IdType('The board it was handed over to.'),
  boardName: Type.String(),
  holder: IdType('The board that holds it on the day of looking.'),
  holderName: Type.String(),
  kind: Type.String({ description: 'for-reply, possible-reply or information.' }),
  receivedOn: Type.Optional(DayType('The day it came in.')),
  registryNumber: Type.Optional(Type.String()),
  patternKnown: Type.Optional(Type.Boolean({ description: 'False: the number is not written as the board’s registry writes its numbers.' })),
  lastReplyOn: Type.Optional(DayType('The last day as the auditors set it.')),
  replyDueOn: Type.Optional(DayType('The last day that holds, extensions counted in.')),
  reply: Type.String({ description: 'Where the reply stands; none-known: nothing is known of one.' }),
  repliedOn: Type.Optional(DayType('The day the reply was given.')),
  late: Type.Boolean(),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const referralColumns = {
  auditTitle: name('Rapport', 'Report'),
  boardName: name('Överlämnad till', 'Handed over to'),
  holderName: name('Ligger hos', 'Held by'),
  kind: name('För', 'For'),
  receivedOn: name('Mottagen', 'Received'),
  registryNumber: name('Nämndens diarienummer', 'Registry number of the board'),
  patternKnown: name('Numrets form känd', 'Form of the number known'),
  lastReplyOn: name('Sista svarsdag enligt revisorerna', 'Last day as the auditors set it'),
  replyDueOn: name('Sista svarsdag', 'Last day for the reply'),
  reply: name('Svar', 'Reply'),
  repliedOn: name('Svar lämnat', 'Reply given'),
  late: name('Försenat', 'Late'),
};

export const referralRowExample = {
  audit: '3f6c1d52-7a4e-5c19-8d2b-6e0f9a7b5c31',
  auditTitle: 'Uppföljning av korttidstillsyn',
  board: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  boardName: 'Östermalms stadsdelsnämnd',
  holder: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  holderName: 'Östermalms stadsdelsnämnd',
  kind: 'for-reply',
  receivedOn: '2020-05-28',
  lastReplyOn: '2020-10-15',
  replyDueOn: '2020-10-15',
  reply: 'awaited',
  late: false,
};

export const listReferrals = async (
  { audit, board, kind, reply, received, limit, offset, asOf }: ListReferrals,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const register = registerOf(await organisationAt(executor, streams, tenant, asOf));
  const where = all(
    reach.units === undefined ? undefined : sql`board = any(${reach.units})`,
    board === undefined ? undefined : sql`board = any(${register.predecessorsOf(board, today)})`,
    audit === undefined ? undefined : sql`audit = ${audit}`,
    kind === undefined ? undefined : sql`kind = ${kind}`,
    reply === undefined ? undefined : reply === 'none-known' ? sql`reply_state is null` : sql`reply_state = ${reply}`,
    received === undefined ? undefined : received ? sql`received_on is not null` : sql`received_on is null`,
  );
  const { rows, total, titles } = await views.read(
    tenant,
    async (read) => {
      const page = await read.list(referralsView, { where, order: verbatim('reply_due_on nulls last, audit, key'), limit, offset });
      const ids = [...new Set(page.rows.map((row) => row.audit))];
      const audits = await read.list(auditsView, { where: sql`key = any(${ids})`, order: sql`key`, limit: ids.length });
      return { ...page, titles: new Map(audits.rows.map(({ key, title }) => [key, title])) };
    },
    { at },
  );
  const items = rows.map((row) => {
    const holder = named(register, register.holderOn(row.board, today));
    const { receivedOn, registryNumber, patternKnown, lastReplyOn, replyDueOn, repliedOn } = row;
    return {
      audit: row.audit,
      auditTitle: titles.get(row.audit) ?? row.audit,
      board: row.board,
      boardName: named(register, row.board).name,
      holder: holder.id,
      holderName: holder.name,
      kind: row.kind,
      ...present({ receivedOn, registryNumber, patternKnown, lastReplyOn, replyDueOn }),
      reply: row.replyState ?? 'none-known',
      ...present({ repliedOn }),
      late: row.kind === 'for-reply' && repliedOn === null && replyDueOn !== null && replyDueOn < today,
    };
  });
  return { total, items };
};
