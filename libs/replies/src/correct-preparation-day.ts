import { Code, DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, never, type Day, type Decide } from '#libs/kernel';
import { PREPARATIONS, type Preparation } from './reply.codes.js';
import { PreparationDayCorrected, type ReplyEvent } from './reply.events.js';
import type { Known, Reply } from './reply.js';
import { assertAwaited, assertPrepared } from './reply.refusals.js';

/** The day of the officer's report, of a consultation or of a sign-off was recorded wrong. Both stay visible. */
export class CorrectPreparationDay {
  @Id('The reply.') reply!: string;
  @Code('What happened on the day.', PREPARATIONS, 'Preparation') what!: Preparation;
  @Id('Which consultation or sign-off.', { optional: true }) which?: string;
  @DayField('The day on which it happened.') on!: Day;
  @FreeText('Why what was recorded was wrong.', { max: 1000 }) reason!: string;
}

export const correctPreparationDay: Decide<CorrectPreparationDay, Reply, ReplyEvent> = ({ what, which, on, reason }, state, { today }) => {
  assertAwaited(state);
  const from = recordedOn(state, what, which);
  if (from === undefined) throw nothingThere();
  assertPrepared(on, state, today);
  if (from === on) return [];
  return [
    event(PreparationDayCorrected, { reply: state.reply, what, ...(what !== 'officer-report' && which !== undefined && { which }), from, to: on, reason }),
  ];
};

const recordedOn = ({ officerReport, consultations, signOffs }: Known, what: Preparation, which: string | undefined): Day | undefined => {
  switch (what) {
    case 'officer-report':
      return officerReport?.on;
    case 'consultation':
      return consultations.find(({ consultation }) => consultation === which)?.on;
    case 'sign-off':
      return signOffs.find(({ signOff }) => signOff === which)?.on;
    default:
      return never(what);
  }
};

const nothingThere = () =>
  contradictory(
    'preparation.unknown',
    {
      sv: 'Det finns inget sådant antecknat för yttrandet. Öppna yttrandet och välj det samråd eller den attest som ska rättas.',
      en: 'Nothing of the kind is recorded of the reply. Open the reply and choose the consultation or sign-off to be corrected.',
    },
    '/which',
  );
