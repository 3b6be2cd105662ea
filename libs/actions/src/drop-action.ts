import { DayField, FreeText, Id, Nested } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { DecisionRef, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { ActionDropped, type ActionEvent } from './action.events.js';
import { stands, type Action } from './action.js';
import { assertNotBeforePromise, assertNotFuture, assertOpen, assertReason } from './action.refusals.js';
import { assertApproved, assertHasSay, cited } from './boards-decision.js';
import { awaitsNothingMore } from './waits.js';

/** A promised action will not be carried out, for a reason that stays visible; the board's decision is cited where there is one. */
export class DropAction {
  @Id('The corrective action.') action!: string;
  @FreeText('Why.', { max: 4000, optional: true }) reason?: string;
  @DayField('The day it was dropped; of the board’s decision, or today, where left out.', { optional: true }) on?: Day;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
}

export interface DropNeeds {
  readonly organisation: Register;
  readonly decided: CitedDecision | undefined;
}

export const dropAction: Decide<DropAction, Action, ActionEvent, DropNeeds> = (
  { reason, on: said, decision },
  action,
  { today, now, organisation, decided },
) => {
  if (action.status === 'dropped' && (said === undefined || said === action.overOn)) return [];
  assertOpen(action);
  assertReason(reason);
  if (decision !== undefined) {
    assertApproved(decided);
    assertHasSay(decided, action, organisation);
  }
  const on = said ?? decided?.on ?? today;
  assertNotFuture(on, today, '/on');
  assertNotBeforePromise(on, action, '/on');
  return [
    event(ActionDropped, {
      action: action.action,
      on,
      reason,
      ...cited(decision),
      obligations: [...action.obligations],
      stands: stands(action, 'dropped'),
    }),
    ...awaitsNothingMore(action, on, 'action-dropped', now),
  ];
};
