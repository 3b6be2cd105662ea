import { DayField, Id, Nested } from '#libs/fields';
import { type Day, type Decide } from '#libs/kernel';
import { DecisionRef } from '#libs/meetings';
import type { ActionEvent } from './action.events.js';
import type { Action } from './action.js';
import { assertOpen } from './action.refusals.js';
import { assertMoveAsked } from './asked-move.js';
import { moved, type MoveNeeds } from './move-action-day.js';

/** A move that was asked for is approved by whoever may let the day be moved that far, or by the board's decision. */
export class ApproveMove {
  @Id('The corrective action.') action!: string;
  @Id('The move that was asked for.') move!: string;
  @DayField('The day it was approved; today where left out. Of a board’s decision it is the day of the meeting.', { optional: true }) decidedOn?: Day;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
}

export const approveMove: Decide<ApproveMove, Action, ActionEvent, MoveNeeds> = ({ move, decidedOn, decision }, action, given) => {
  assertOpen(action);
  const asked = assertMoveAsked(action, move);
  const deciding = { ...(decision !== undefined && { decision }), ...(decidedOn !== undefined && { decidedOn }) };
  return moved(asked, deciding, action, given);
};
