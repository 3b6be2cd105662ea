import { Code, Id } from '#libs/fields';
import type { Decide } from '#libs/kernel';
import { chooseWorkingValue, WorkingValueFields } from '#libs/statements';
import { STATED_OF_ACTIONS, type StatedOfActions } from './action.codes.js';
import type { ActionEvent } from './action.events.js';
import type { Action } from './action.js';
import { assertKnown } from './action.refusals.js';

/** Of what sources say differently of an action, one statement is worked with, or none. */
export class ChooseActionValue extends WorkingValueFields {
  @Id('The corrective action.') action!: string;
  @Code('What it is about.', STATED_OF_ACTIONS, 'StatedOfActions') about!: StatedOfActions;
}

export const chooseActionValue: Decide<ChooseActionValue, Action, ActionEvent> = (command, action) => {
  assertKnown(action);
  return chooseWorkingValue(action.statements, command);
};
