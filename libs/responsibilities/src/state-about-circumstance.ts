import { Code, Id } from '#libs/fields';
import type { Decide } from '#libs/kernel';
import { makeStatement, StatementFields } from '#libs/statements';
import type { CircumstanceEvent } from './circumstance.events.js';
import { assertNoted, STATED_OF_CIRCUMSTANCES, type Circumstance, type StatedOfCircumstances } from './circumstance.js';

/** A source says something of a circumstance: that the model was decided in April 2020 [000], or under 2021 [002]. */
export class StateAboutCircumstance extends StatementFields {
  @Id('The circumstance.') circumstance!: string;
  @Code('What it is about.', STATED_OF_CIRCUMSTANCES, 'StatedOfCircumstances') about!: StatedOfCircumstances;
}

export const stateAboutCircumstance: Decide<StateAboutCircumstance, Circumstance, CircumstanceEvent> = (command, state) => {
  assertNoted(state);
  return makeStatement(state.circumstance, state.statements, command);
};
