import { FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { DoneRejected, type ActionEvent } from './action.events.js';
import { stands, type Action } from './action.js';
import { assertReason } from './action.refusals.js';
import { assertAwaitsConfirmation } from './awaits-confirmation.js';
import { goesOn } from './waits.js';

/** What was marked as done is not accepted, or the mark is taken back: the action goes on, by the day it had. */
export class RejectDone {
  @Id('The corrective action.') action!: string;
  @FreeText('Why: what is missing.', { max: 4000, optional: true }) reason?: string;
}

export const rejectDone: Decide<RejectDone, Action, ActionEvent> = ({ reason }, action, { now }) => {
  assertAwaitsConfirmation(action);
  assertReason(reason);
  return [
    event(DoneRejected, { action: action.action, reason, obligations: [...action.obligations], stands: stands(action, 'promised') }),
    ...goesOn(action, 'done-rejected', now),
  ];
};
