import type { Need } from '#libs/commands';
import { contradictory, type Day } from '#libs/kernel';
import type { DecisionRefData } from './decision-ref.js';
import { annulmentOf, countsFrom, meeting, paragraphOf, type DecidedObject, type Meeting, type Recipient } from './meeting.js';
import type { Outcome } from './meeting.codes.js';

/** A decision that another thing rests on, as the minutes have it. */
export interface CitedDecision extends DecisionRefData {
  readonly board: string;
  /** The day the board decided. */
  readonly on: Day;
  /** An urgent decision was made for the board by its chair or a named member. */
  readonly kind: 'meeting' | 'urgent';
  readonly paragraph: string;
  /** As the minutes have it: § 13. */
  readonly number: string;
  readonly outcome: Outcome;
  readonly object?: DecidedObject;
  /** Its minutes are approved or it was declared approved at once, and no court has annulled it. */
  readonly counts: boolean;
  /** The day from which it counts, or counted until it was annulled. */
  readonly countsFrom?: Day;
  readonly annulledOn?: Day;
  /** The day its paragraph was first dispatched to anybody. */
  readonly dispatchedOn?: Day;
  /** Everybody whom its paragraph was dispatched to. */
  readonly dispatchedTo: readonly Recipient[];
  readonly dispatches: readonly { readonly to: readonly Recipient[]; readonly on: Day }[];
}

/** The decision that a reference names, in the meeting's state; undefined where there is none. */
export const decisionIn = (state: Meeting, point: string): CitedDecision | undefined => {
  const held = state.status === 'open' ? paragraphOf(state, point) : undefined;
  const decided = held?.points.find((one) => one.point === point);
  if (state.status !== 'open' || !held || !decided) return undefined;
  const from = countsFrom(state, held.paragraph, point);
  const annulled = annulmentOf(state, point);
  const dispatchedOn = held.dispatches.map(({ on }) => on).toSorted()[0];
  return {
    meeting: state.meeting,
    point,
    board: state.board,
    on: state.on,
    kind: state.kind,
    paragraph: held.paragraph,
    number: held.number,
    outcome: decided.outcome,
    ...(decided.object && { object: decided.object }),
    counts: from !== undefined && annulled === undefined,
    ...(from !== undefined && { countsFrom: from }),
    ...(annulled && { annulledOn: annulled.on }),
    ...(dispatchedOn !== undefined && { dispatchedOn }),
    dispatchedTo: held.dispatches.flatMap(({ to }) => to),
    dispatches: held.dispatches,
  };
};

/** The decision that a command cites, as it stands; the last event of its meeting is the basis. Undefined where none is cited or there is no such point. */
export const citedDecision =
  <C>(pick: (command: C) => DecisionRefData | undefined): Need<C, CitedDecision | undefined> =>
  async (reads, command) => {
    const cited = pick(command);
    if (cited === undefined) return { value: undefined };
    const { state, lastId } = await reads.fold(meeting, cited.meeting);
    return { value: decisionIn(state, cited.point), basis: lastId === undefined ? [] : [lastId] };
  };

/**
 * Refuses a cited decision that is not in the minutes, that does not count yet, or that a court has annulled; what is left counts.
 * Whether the right board decided the right thing is for the citing domain to say.
 */
export function assertCounts(decision: CitedDecision | undefined, pointer = '/decision'): asserts decision is CitedDecision & { readonly countsFrom: Day } {
  if (decision === undefined) {
    throw contradictory(
      'decision.unknown',
      {
        sv: 'Beslutet finns inte i något protokoll. Anteckna paragrafen på sammanträdet först och hänvisa sedan till punkten.',
        en: 'The decision is in no minutes. Record the paragraph of the meeting first, and then cite its point.',
      },
      pointer,
    );
  }
  if (decision.annulledOn !== undefined) {
    throw contradictory(
      'decision.annulled',
      {
        sv: `Beslutet ${decision.number} upphävdes av domstol ${decision.annulledOn}. Hänvisa till ett beslut som gäller.`,
        en: `The decision ${decision.number} was annulled by a court on ${decision.annulledOn}. Cite one that holds.`,
      },
      pointer,
    );
  }
  if (decision.countsFrom === undefined) {
    throw contradictory(
      'decision.not-counting',
      {
        sv: `Beslutet ${decision.number} av ${decision.on} räknas först när protokollet är justerat eller punkten förklarad omedelbart justerad. Anteckna justeringen först.`,
        en: `The decision ${decision.number} of ${decision.on} counts once its minutes are approved or the point is declared approved at once. Record the approval first.`,
      },
      pointer,
    );
  }
}
