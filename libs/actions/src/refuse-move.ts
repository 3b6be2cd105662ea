import { FreeText, Id, Nested } from '#libs/fields';
import { event, forbidden, type Decide } from '#libs/kernel';
import { assertCounts, DecisionRef, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { MoveRefused, type ActionEvent } from './action.events.js';
import type { Action } from './action.js';
import { assertOpen, assertReason } from './action.refusals.js';
import { assertMoveAsked } from './asked-move.js';
import { assertHasSay, cited } from './boards-decision.js';
import { levelName, levelOf, reaches } from './levels.js';

/** A move that was asked for is refused, or not brought to the board: the old day stands. Whoever is responsible may take the request back. */
export class RefuseMove {
  @Id('The corrective action.') action!: string;
  @Id('The move that was asked for.') move!: string;
  @FreeText('Why.', { max: 4000, optional: true }) reason?: string;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
}

export interface RefuseNeeds {
  readonly organisation: Register;
  readonly decided: CitedDecision | undefined;
}

export const refuseMove: Decide<RefuseMove, Action, ActionEvent, RefuseNeeds> = ({ move, reason, decision }, action, { by, today, organisation, decided }) => {
  assertOpen(action);
  const { needs } = assertMoveAsked(action, move);
  assertReason(reason);
  if (decision === undefined) {
    const level = levelOf(by, action, today, organisation);
    const enough = needs === 'board' ? 'administration-head' : needs; // what is the board's to approve its administration need not bring there
    if (level !== 'responsible' && !reaches(level, enough)) {
      const { sv, en } = levelName(enough);
      throw forbidden('action.level-missing', {
        sv: `Flytten avslås av ${sv}, eller tas tillbaka av den ansvariga rollen.`,
        en: `The move is refused by ${en}, or taken back by the responsible role.`,
      });
    }
  } else {
    assertCounts(decided);
    assertHasSay(decided, action, organisation);
  }
  return [event(MoveRefused, { action: action.action, move, reason, ...cited(decision) })];
};
