import { unknown } from '#libs/kernel';
import type { AskedMove, Promised } from './action.js';

/** Refuses a move that nobody has asked for, or that is decided already; what is left awaits a decision. */
export const assertMoveAsked = ({ asked }: Pick<Promised, 'asked'>, move: string): AskedMove => {
  if (asked?.move !== move) {
    throw unknown(
      'action.move-unknown',
      {
        sv: 'Ingen sådan flytt väntar på beslut. Den kan redan vara godkänd eller avslagen; se åtgärdens historik.',
        en: 'No such move awaits a decision. It may have been approved or refused already; see the history of the action.',
      },
      '/move',
    );
  }
  return asked;
};
