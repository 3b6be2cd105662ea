import { Id } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import type { Meeting } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { assertNotFuture } from './agreement.refusals.js';
import { ReportedToBoard, type DelegatedDecisionEvent } from './delegated-decision.events.js';
import { dutyOf, type DelegatedDecision, type Made } from './delegated-decision.js';
import { assertMade, assertNotBefore } from './delegated-decision.refusals.js';
import { withReports, type ReportNeeds } from './reports-awaited.js';

/** A delegated decision was reported (anmäld) at a meeting of the board, or of the one that took over from it. */
export class ReportToBoard {
  @Id('The delegated decision.') decision!: string;
  @Id('The meeting at which it was reported.') meeting!: string;
}

export const reportToBoard: Decide<
  ReportToBoard,
  DelegatedDecision,
  DelegatedDecisionEvent,
  ReportNeeds & { readonly minutes: Meeting; readonly organisation: Register }
> = ({ decision, meeting }, state, { now, today, minutes, organisation, ...needs }) => {
  assertMade(state);
  if (state.reported?.meeting === meeting) return [];
  if (state.reported) {
    throw forbidden('report.reported-already', {
      sv: `Beslutet anmäldes redan vid sammanträdet ${state.reported.on}. Ta tillbaka den anmälan med skäl om den är fel.`,
      en: `The decision was reported already at the meeting of ${state.reported.on}. Take that report back with a reason if it is wrong.`,
    });
  }
  if (dutyOf(state) !== 'report') {
    throw forbidden('report.exempt', {
      sv: 'Enligt delegationsordningen anmäls beslut enligt den här punkten inte till nämnden. Kan beslutet överklagas protokollförs det särskilt.',
      en: 'By the delegation order decisions by this point are not reported to the board. If the decision can be appealed, it is minuted separately.',
    });
  }
  const on = heldOn(minutes, state, organisation);
  assertNotFuture(on, today, '/meeting');
  assertNotBefore(on, state, '/meeting');
  return withReports(state, [event(ReportedToBoard, { decision, board: state.board, meeting, on })], { now, ...needs });
};

/** The day of an opened meeting of the board, or of its successor. */
const heldOn = (minutes: Meeting, { board }: Made, register: Register) => {
  if (minutes.status === 'open' && minutes.kind === 'meeting' && (minutes.board === board || register.holderOn(board, minutes.on) === minutes.board)) {
    return minutes.on;
  }
  throw contradictory(
    'report.not-at-that-meeting',
    {
      sv: 'Anmäl beslutet vid ett öppnat sammanträde med nämnden, eller med den nämnd som har tagit över efter den.',
      en: 'Report the decision at an opened meeting of the board, or of the board that has taken over from it.',
    },
    '/meeting',
  );
};
