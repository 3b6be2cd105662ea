import { DayField, FreeText, Id } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { assertInOrder } from './in-order.js';
import { DecisionAnnulled, type MeetingEvent } from './meeting.events.js';
import { annulmentOf, evolveMeeting, type Meeting } from './meeting.js';
import { assertNotFuture, assertOpen, assertPoint } from './meetings.refusals.js';

/** A court annuls a decision (kommunallagen 13 kap.): it does not count any more, and whatever rests on it lacks its ground. */
export class AnnulDecision {
  @Id('The meeting.') meeting!: string;
  @Id('The point.') point!: string;
  @FreeText('The court.', { max: 200 }) court!: string;
  @DayField('The day of its ruling.') on!: Day;
  @FreeText('Its number of the case.', { max: 60, optional: true }) caseNumber?: string;
}

export const annulDecision: Decide<AnnulDecision, Meeting, MeetingEvent> = ({ meeting, point, court, on, caseNumber }, state, { today }) => {
  assertOpen(state);
  assertPoint(state, point);
  const known = annulmentOf(state, point);
  if (known) {
    if (known.on === on && known.court === court && known.caseNumber === caseNumber) return [];
    throw forbidden('decision.annulled-already', {
      sv: `Beslutet upphävdes redan ${known.on}, av ${known.court}. Rätta den dagen om den är fel.`,
      en: `The decision was annulled already on ${known.on}, by ${known.court}. Correct that day if it is wrong.`,
    });
  }
  assertNotFuture(on, today);
  const annulled = event(DecisionAnnulled, { meeting, point, court, on, ...(caseNumber !== undefined && { caseNumber }) });
  const then = evolveMeeting(state, annulled);
  if (then.status !== 'none') assertInOrder(then, '/on');
  return [annulled];
};
