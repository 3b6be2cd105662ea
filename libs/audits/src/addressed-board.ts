import { contradictory, type Day } from '#libs/kernel';
import type { Register } from '#libs/organisation';

const nameOf = (register: Register, id: string): string => register.unit(id)?.name ?? id;

/**
 * Refuses what is no board, and a board that is no more on the day, or not yet.
 * @param on the day it is given something; where that is unknown, only whether it is a board is asked
 * @throws Refusal `board.unknown`, `board.ended` naming its successor, or `board.not-yet` naming its predecessors
 */
export const assertBoardOn = (board: string, on: Day | undefined, register: Register, pointer: string): void => {
  if (!register.isBoard(board))
    throw contradictory(
      'board.unknown',
      {
        sv: 'Nämnden finns inte i registret. Välj en som finns, eller registrera den först.',
        en: 'The board is not in the register. Choose one that is, or register it first.',
      },
      pointer,
    );
  if (on === undefined || register.existsOn(board, on)) return;
  const successor = register.successorOf(board, on);
  if (successor !== undefined)
    throw contradictory(
      'board.ended',
      {
        sv: `${nameOf(register, board)} finns inte längre ${on}. Ange ${nameOf(register, successor)}, som har tagit över.`,
        en: `${nameOf(register, board)} is no more on ${on}. Name ${nameOf(register, successor)}, which has taken over.`,
      },
      pointer,
    );
  throw contradictory(
    'board.not-yet',
    {
      sv: `${nameOf(register, board)} finns inte än ${on}. Ange den nämnd som fanns då.`,
      en: `${nameOf(register, board)} is not there yet on ${on}. Name the board that was there then.`,
    },
    pointer,
  );
};
