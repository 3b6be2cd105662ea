import { contradictory, derivedId, event, forbidden, isAfter, unknown } from '#libs/kernel';
import type { StatementFields, WorkingValueFields } from './statement-fields.js';
import { StatementMade, WorkingValueChosen, type StatementEvent } from './statement.events.js';
import type { Statements } from './statements.js';

/** More sources than anyone compares. */
export const MAX_STATEMENTS = 50;

type About<C> = C & { readonly about: string };

/** The id that follows from all that is stated: the same statement noted again is found. */
export const statementId = (thing: string, { about, value, on, source, quotation }: About<StatementFields>): string =>
  derivedId(thing, 'statement', about, value, on?.from ?? '', on?.to ?? '', source, quotation ?? '');

/**
 * A source says something about the thing. Nothing is taken back by it, and nothing chosen. The same words again say nothing new.
 * @param thing the id of the stream
 */
export const makeStatement = (thing: string, known: Statements, command: About<StatementFields>): readonly StatementEvent[] => {
  const { about, value, on, source, quotation } = command;
  if (on && isAfter(on.from, on.to))
    throw contradictory(
      'statement.period-reversed',
      {
        sv: `Perioden slutar ${on.to}, före sin första dag ${on.from}. Byt plats på dagarna.`,
        en: `The period ends on ${on.to}, before its first day ${on.from}. Exchange the days.`,
      },
      '/on/to',
    );
  const statement = statementId(thing, command);
  const stated = known[about]?.statements ?? [];
  if (stated.some((made) => made.statement === statement)) return [];
  if (stated.length >= MAX_STATEMENTS)
    throw forbidden('statement.too-many', {
      sv: `Det finns redan ${MAX_STATEMENTS} uppgifter om detta. Välj en av dem som arbetsvärde.`,
      en: `There are ${MAX_STATEMENTS} statements about this already. Choose one of them as the working value.`,
    });
  return [
    event(StatementMade, {
      statement,
      about,
      value,
      ...(on && { on: { from: on.from, to: on.to } }),
      source,
      ...(quotation !== undefined && { quotation }),
    }),
  ];
};

/** One of the statements is worked with from now on, or none. The same choice again says nothing new. */
export const chooseWorkingValue = (known: Statements, { about, statement }: About<WorkingValueFields>): readonly StatementEvent[] => {
  const stated = known[about];
  if (!stated || (statement !== undefined && !stated.statements.some((made) => made.statement === statement)))
    throw unknown(
      'statement.unknown',
      { sv: 'Det finns ingen sådan uppgift om detta. Anteckna den först.', en: 'There is no such statement about this. Note it first.' },
      statement === undefined ? '/about' : '/statement',
    );
  return stated.working === statement ? [] : [event(WorkingValueChosen, { about, ...(statement !== undefined && { statement }) })];
};
