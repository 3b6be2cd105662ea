import { Code, DayField, FreeText, Id, Int } from '#libs/fields';
import { contradictory, event, never, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { AwaitedNeeds } from './awaited.js';
import { DATED_FACTS, type DatedFact } from './meeting.codes.js';
import { RecordedDayCorrected, type MeetingEvent } from './meeting.events.js';
import { annulmentOf, type Meeting, type OpenMeeting } from './meeting.js';
import { assertExists, assertNotFuture, assertOpen } from './meetings.refusals.js';
import { recorded } from './recorded.js';

/**
 * A day was recorded wrong, and is put right with the reason; both stay visible, and what was counted from it is counted anew.
 * The day of a meeting itself is the calendar's, and corrected there.
 */
export class CorrectRecordedDay {
  @Id('The meeting.') meeting!: string;
  @Code('What was recorded on a wrong day.', DATED_FACTS, 'DatedFact') fact!: DatedFact;
  @Int('Which approval of the minutes, for one and what became of it.', { min: 1, max: 1000, optional: true }) approval?: number;
  @Id('Which paragraph, for what was dispatched or served.', { optional: true }) paragraph?: string;
  @Id('Which point, for what was annulled.', { optional: true }) point?: string;
  @DayField('As it was recorded.') from!: Day;
  @DayField('As it was.') to!: Day;
  @FreeText('Why what was recorded was wrong.', { max: 1000 }) reason!: string;
}

/** What there is one of in a meeting: neither approval, paragraph nor point says which. */
const WHOLE: ReadonlySet<DatedFact> = new Set(['papers-sent', 'urgent-decided', 'urgent-reported']);

export const correctRecordedDay: Decide<CorrectRecordedDay, Meeting, MeetingEvent, AwaitedNeeds & { readonly organisation: Register }> = (
  command,
  state,
  { today, organisation, ...given },
) => {
  assertOpen(state);
  const { meeting, fact, approval, paragraph, point, from, to, reason } = command;
  if (!recordedOn(state, command).includes(from)) {
    throw contradictory(
      'day.not-recorded',
      {
        sv: `Inget sådant är antecknat på dagen ${from}. Ange dagen som den är antecknad, och vilken justering, paragraf eller punkt det gäller.`,
        en: `Nothing of the kind is recorded on ${from}. State the day as it is recorded, and which approval, paragraph or point it is.`,
      },
      '/from',
    );
  }
  if (from === to) return [];
  assertNotFuture(to, today, '/to');
  if (fact === 'urgent-decided') assertExists(organisation, state.board, to, 'decision', '/to');
  const about = WHOLE.has(fact) ? {} : { ...(approval && { approval }), ...(paragraph && { paragraph }), ...(point && { point }) };
  return recorded(state, [event(RecordedDayCorrected, { meeting, fact, ...about, from, to, reason })], given, '/to');
};

/** The days on which such a thing is recorded. Points that were declared approved at once have the meeting's own day, which the calendar keeps. */
const recordedOn = (state: OpenMeeting, { fact, approval, paragraph, point }: CorrectRecordedDay): readonly (Day | undefined)[] => {
  const meant = state.approvals.find((one) => one.approval === approval);
  const within = state.paragraphs.find((one) => one.paragraph === paragraph);
  switch (fact) {
    case 'papers-sent':
      return state.papersSentOn;
    case 'minutes-approved':
      return meant?.atOnce ? [] : [meant?.on];
    case 'minutes-announced':
      return [meant?.announcedOn];
    case 'announcement-ended':
      return [meant?.endedOn];
    case 'decision-dispatched':
      return (within?.dispatches ?? []).map(({ on }) => on);
    case 'decision-served':
      return (within?.served ?? []).map(({ on }) => on);
    case 'decision-annulled':
      return point === undefined ? [] : [annulmentOf(state, point)?.on];
    case 'urgent-decided':
      return state.kind === 'urgent' ? [state.on] : [];
    case 'urgent-reported':
      return [state.reported?.on];
    default:
      return never(fact);
  }
};
