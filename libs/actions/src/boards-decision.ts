import { contradictory, type Day } from '#libs/kernel';
import type { Register } from '#libs/organisation';

/** What must be known of a decision of a board that is cited. */
export interface BoardsDecision {
  readonly board: string;
  readonly on: Day;
  readonly outcome: string;
  /** Its minutes are approved, or the point was at once, and no court has annulled it. */
  readonly counts: boolean;
}

const APPROVING = ['approved', 'approved-with-changes'];
const pointer = '/decision';

/** Refuses a cited decision that is not there, or does not count, or did not approve. */
export function assertApproved(decision: BoardsDecision | undefined): asserts decision is BoardsDecision {
  assertCounts(decision);
  if (!APPROVING.includes(decision.outcome)) {
    throw contradictory(
      'decision.not-approved',
      {
        sv: `Nämnden biföll inte förslaget ${decision.on}. Ange den punkt där den gjorde det.`,
        en: `The board did not approve that on ${decision.on}. Cite the point in which it did.`,
      },
      pointer,
    );
  }
}

/** Refuses a cited decision that is not there, or that does not count yet or any more, whatever its outcome. */
export function assertCounts(decision: BoardsDecision | undefined): asserts decision is BoardsDecision {
  if (decision === undefined) {
    throw contradictory(
      'decision.unknown',
      {
        sv: 'Det finns inget sådant beslut. Anteckna paragrafen i protokollet först.',
        en: 'There is no such decision. Record the paragraph of the minutes first.',
      },
      pointer,
    );
  }
  if (!decision.counts) {
    throw contradictory(
      'decision.not-counting',
      {
        sv: `Beslutet ${decision.on} gäller inte: protokollet är inte justerat, eller så är beslutet upphävt.`,
        en: `The decision of ${decision.on} does not count: its minutes are not approved, or it has been annulled.`,
      },
      pointer,
    );
  }
}

/**
 * Refuses a decision of a board that has no say: the one that holds the thing on the day decides, or the one that promised it.
 * A board that is no more that day is told who holds it since.
 */
export const assertBoardMayDecide = (
  { board, on }: BoardsDecision,
  { unit, decidedBy }: { readonly unit: string; readonly decidedBy?: string | undefined },
  organisation: Pick<Register, 'boardOf' | 'holderOn' | 'existsOn' | 'successorOf' | 'unit'>,
): void => {
  const name = (id: string | undefined): string => (id === undefined ? '' : (organisation.unit(id)?.name ?? id));
  if (!organisation.existsOn(board, on)) {
    const successor = name(organisation.successorOf(board, on));
    throw contradictory(
      'decision.board-ended',
      {
        sv: successor === '' ? `${name(board)} fanns inte ${on}.` : `${name(board)} fanns inte längre ${on}; ${successor} beslutar i dess ställe.`,
        en: successor === '' ? `${name(board)} was not there on ${on}.` : `${name(board)} was no more on ${on}; ${successor} decides in its place.`,
      },
      pointer,
    );
  }
  const holder = organisation.boardOf(organisation.holderOn(unit, on));
  const promiser = decidedBy === undefined ? undefined : organisation.holderOn(decidedBy, on);
  if (board !== holder && board !== promiser) {
    throw contradictory(
      'decision.other-board',
      {
        sv: `${name(board)} beslutar inte om åtgärden; det gör ${name(holder ?? promiser)}.`,
        en: `${name(board)} does not decide on the action; ${name(holder ?? promiser)} does.`,
      },
      pointer,
    );
  }
};
