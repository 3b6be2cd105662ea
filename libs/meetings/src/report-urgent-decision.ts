import { Id } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { AwaitedNeeds } from './awaited.js';
import { UrgentDecisionReported, type MeetingEvent } from './meeting.events.js';
import type { Meeting } from './meeting.js';
import { assertNotFuture, assertOpen, meetingCancelled } from './meetings.refusals.js';
import { recorded } from './recorded.js';

/** An urgent decision is reported at a meeting of the board, or of the one that took over from it (kommunallagen 6 kap. 39 §). */
export class ReportUrgentDecision {
  @Id('The urgent decision.') meeting!: string;
  @Id('The meeting at which it was reported.') atMeeting!: string;
}

export const reportUrgentDecision: Decide<
  ReportUrgentDecision,
  Meeting,
  MeetingEvent,
  AwaitedNeeds & { readonly organisation: Register; readonly at: Meeting }
> = ({ meeting, atMeeting }, state, { today, organisation, at, ...given }) => {
  assertOpen(state);
  if (state.kind !== 'urgent') {
    throw forbidden('meeting.not-urgent', {
      sv: 'Bara ett brådskande beslut anmäls. Det här är ett sammanträde; välj det brådskande beslutet.',
      en: 'Only an urgent decision is reported. This is a meeting; choose the urgent decision.',
    });
  }
  if (state.reported?.atMeeting === atMeeting) return [];
  if (state.reported) {
    throw forbidden('urgent.reported', {
      sv: `Beslutet är redan anmält, vid sammanträdet ${state.reported.on}.`,
      en: `The decision has been reported already, at the meeting of ${state.reported.on}.`,
    });
  }
  if (at.status === 'cancelled') throw meetingCancelled(at.on);
  if (at.status === 'none' || at.kind !== 'meeting' || (at.board !== state.board && organisation.holderOn(state.board, at.on) !== at.board)) {
    throw contradictory(
      'urgent.not-at-that-meeting',
      {
        sv: 'Anmäl beslutet vid ett öppnat sammanträde med nämnden, eller med den nämnd som har tagit över efter den.',
        en: 'Report the decision at an opened meeting of the board, or of the board that has taken over from it.',
      },
      '/atMeeting',
    );
  }
  assertNotFuture(at.on, today, '/atMeeting');
  return recorded(state, [event(UrgentDecisionReported, { meeting, atMeeting, on: at.on })], given, '/atMeeting');
};
