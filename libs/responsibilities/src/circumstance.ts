import { never, unknown, type Refusal, type Stream } from '#libs/kernel';
import { evolveStatements, statementEvents, type Statements } from '#libs/statements';
import { ResponsibilityCircumstanceNoted, type CircumstanceEvent } from './circumstance.events.js';

/** What sources may say of a circumstance differently. */
export const STATED_OF_CIRCUMSTANCES = ['decided-on', 'decided-by', 'content'] as const;
export type StatedOfCircumstances = (typeof STATED_OF_CIRCUMSTANCES)[number];

/** Something that bears on who is responsible, and what sources say of it. */
export type Circumstance =
  { readonly status: 'none' } | { readonly status: 'noted'; readonly circumstance: string; readonly title: string; readonly statements: Statements };
type Noted = Extract<Circumstance, { status: 'noted' }>;

/** One stream per circumstance: `responsibility-circumstance-<uuid>`. */
export const circumstance: Stream<Circumstance, CircumstanceEvent> = {
  name: 'responsibility-circumstance',
  events: [ResponsibilityCircumstanceNoted, ...statementEvents],
  initial: { status: 'none' },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ResponsibilityCircumstanceNoted':
        return { status: 'noted', circumstance: event.data.circumstance, title: event.data.title, statements: {} };
      case 'StatementMade':
      case 'WorkingValueChosen':
        return state.status === 'none' ? state : { ...state, statements: evolveStatements(state.statements, event) };
      default:
        return never(event);
    }
  },
};

const noSuchCircumstance = (): Refusal =>
  unknown('circumstance.unknown', {
    sv: 'Omständigheten finns inte. Anteckna den först.',
    en: 'There is no such circumstance. Note it first.',
  });

/** Refuses a circumstance that nobody has noted; what is left has been. */
export function assertNoted(state: Circumstance): asserts state is Noted {
  if (state.status === 'none') throw noSuchCircumstance();
}
