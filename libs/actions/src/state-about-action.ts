import { Code, Id } from '#libs/fields';
import type { Decide } from '#libs/kernel';
import { makeStatement, StatementFields } from '#libs/statements';
import { STATED_OF_ACTIONS, type StatedOfActions } from './action.codes.js';
import type { ActionEvent } from './action.events.js';
import type { Action } from './action.js';
import { assertKnown } from './action.refusals.js';

/** A source says when something of an action was: that the model was decided in April 2020 [000], or under 2021 [002]. */
export class StateAboutAction extends StatementFields {
  @Id('The corrective action.') action!: string;
  @Code('What it is about.', STATED_OF_ACTIONS, 'StatedOfActions') about!: StatedOfActions;
}

export const stateAboutAction: Decide<StateAboutAction, Action, ActionEvent> = (command, action) => {
  assertKnown(action);
  return makeStatement(action.action, action.statements, command);
};
