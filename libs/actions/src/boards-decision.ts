import { contradictory, type Day } from '#libs/kernel';
import { assertCounts, type CitedDecision, type DecisionRef, type DecisionRefData } from '#libs/meetings';
import type { Register } from '#libs/organisation';

const pointer = '/decision';

/** A cited decision as it is stored. */
export const cited = (decision: DecisionRef | undefined): { readonly decision?: DecisionRefData } =>
  decision === undefined ? {} : { decision: { meeting: decision.meeting, point: decision.point } };

/** Refuses a cited decision that does not count, or that did not approve. */
export function assertApproved(decision: CitedDecision | undefined): asserts decision is CitedDecision & { readonly countsFrom: Day } {
  assertCounts(decision, pointer);
  if (decision.outcome !== 'approved' && decision.outcome !== 'approved-with-changes') {
    throw contradictory(
      'decision.not-approved',
      {
        sv: `Nämnden biföll inte förslaget i ${decision.number} den ${decision.on}. Ange den punkt där den gjorde det.`,
        en: `The board did not approve the proposal in ${decision.number} on ${decision.on}. Cite the point in which it did.`,
      },
      pointer,
    );
  }
}

/**
 * Refuses a decision of a board that has no say: the one that holds the action on the day decides, or the one that promised it.
 * Of a board that is no more on that day it is told who decides in its place.
 */
export const assertHasSay = (
  { board, on }: Pick<CitedDecision, 'board' | 'on'>,
  { unit, promise }: { readonly unit: string; readonly promise: { readonly decidedBy: string | undefined } | undefined },
  organisation: Register,
): void => {
  const name = (id: string): string => organisation.unit(id)?.name ?? id;
  const successor = organisation.successorOf(board, on);
  if (successor !== undefined) {
    throw contradictory(
      'decision.board-ended',
      {
        sv: `${name(board)} fanns inte längre ${on}; ${name(successor)} beslutar i dess ställe.`,
        en: `${name(board)} was no more on ${on}; ${name(successor)} decides in its place.`,
      },
      pointer,
    );
  }
  const holder = organisation.boardOf(organisation.holderOn(unit, on));
  const promiser = promise?.decidedBy === undefined ? undefined : organisation.holderOn(promise.decidedBy, on);
  if (board !== holder && board !== promiser) {
    const right = holder ?? promiser ?? unit;
    throw contradictory(
      'decision.other-board',
      {
        sv: `${name(board)} beslutar inte om åtgärden; det gör ${name(right)}. Ange dess beslut.`,
        en: `${name(board)} does not decide on the action; ${name(right)} does. Cite its decision.`,
      },
      pointer,
    );
  }
};
