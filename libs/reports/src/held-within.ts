import { within, type Reach } from '#libs/commands';
import { unknown } from '#libs/kernel';
import type { RegisterThen } from './register-then.js';

/**
 * Those whose things a board holds on the day, as far as the asker reaches; none where the board is no more, or not yet.
 * @throws Refusal `board.unknown` where there is no such board, or it is out of reach
 */
export const heldWithin = (reach: Reach, board: string, { register, on }: RegisterThen): readonly string[] => {
  if (register.boardOf(board) !== board || !within(reach, board))
    throw unknown('board.unknown', {
      sv: 'Nämnden finns inte, eller så är den utom räckhåll för din roll.',
      en: 'There is no such board, or it is out of reach for your role.',
    });
  return register.predecessorsOf(board, on).filter((unit) => within(reach, unit));
};
