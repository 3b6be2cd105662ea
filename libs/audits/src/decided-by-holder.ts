import { contradictory, type Refusal } from '#libs/kernel';
import { assertCounts, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';

const nameOf = (register: Register, id: string): string => register.unit(id)?.name ?? id;

/** A board is cited that was no more on the day it is said to have decided. */
const boardHadEnded = ({ board, on }: CitedDecision, register: Register, pointer: string): Refusal => {
  const successor = nameOf(register, register.successorOf(board, on) ?? board);
  return contradictory(
    'decision.board-ended',
    {
      sv: `${nameOf(register, board)} fanns inte längre ${on}. Hänvisa till ett beslut av ${successor}, som då hade tagit över.`,
      en: `${nameOf(register, board)} was no more on ${on}. Cite a decision of ${successor}, which had taken over by then.`,
    },
    pointer,
  );
};

/**
 * Refuses a cited decision unless it counts, approves, and is that of the board that held the thing on the day it decided.
 * @param holderOn who held the thing on a day
 * @throws Refusal `decision.unknown`, `decision.annulled`, `decision.not-counting`, `decision.board-ended`, `decision.other-board` or `decision.not-approved`
 */
export function assertDecidedByHolder(
  decision: CitedDecision | undefined,
  holderOn: (day: CitedDecision['on']) => string,
  register: Register,
  pointer = '/decision',
): asserts decision is CitedDecision & { readonly countsFrom: CitedDecision['on'] } {
  assertCounts(decision, pointer);
  const { board, on, number, outcome } = decision;
  const holder = holderOn(on);
  if (board !== holder) {
    if (register.successorOf(board, on) !== undefined) throw boardHadEnded(decision, register, pointer);
    throw contradictory(
      'decision.other-board',
      {
        sv: `${number} är beslutad av ${nameOf(register, board)}. ${on} låg detta hos ${nameOf(register, holder)}: hänvisa till dess beslut.`,
        en: `${number} was decided by ${nameOf(register, board)}. On ${on} this lay with ${nameOf(register, holder)}: cite its decision.`,
      },
      pointer,
    );
  }
  if (outcome !== 'approved' && outcome !== 'approved-with-changes')
    throw contradictory(
      'decision.not-approved',
      {
        sv: `Punkten i ${number} av ${on} innebär inget bifall. Hänvisa till den punkt där nämnden beslutade så.`,
        en: `The point of ${number} of ${on} approves nothing. Cite the point by which the board decided so.`,
      },
      pointer,
    );
}
