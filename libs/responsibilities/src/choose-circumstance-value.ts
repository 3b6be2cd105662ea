import { Code, Id } from '#libs/fields';
import type { Decide } from '#libs/kernel';
import { chooseWorkingValue, WorkingValueFields } from '#libs/statements';
import type { CircumstanceEvent } from './circumstance.events.js';
import { assertNoted, STATED_OF_CIRCUMSTANCES, type Circumstance, type StatedOfCircumstances } from './circumstance.js';

/** Of what sources say differently of a circumstance, one statement is worked with, or none. All of them stay shown. */
export class ChooseCircumstanceValue extends WorkingValueFields {
  @Id('The circumstance.') circumstance!: string;
  @Code('What it is about.', STATED_OF_CIRCUMSTANCES, 'StatedOfCircumstances') about!: StatedOfCircumstances;
}

export const chooseCircumstanceValue: Decide<ChooseCircumstanceValue, Circumstance, CircumstanceEvent> = (command, state) => {
  assertNoted(state);
  return chooseWorkingValue(state.statements, command);
};
