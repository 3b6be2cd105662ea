import { never, type Day } from '#libs/kernel';
import type { StatementEvent } from './statement.events.js';

/** The days that a value is taken to mean; both the same where it is one day. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** What one source says about one thing. */
export interface Statement {
  readonly statement: string;
  /** As the source writes it. */
  readonly value: string;
  readonly on?: Period;
  readonly source: string;
  readonly quotation?: string;
}

/** All that is stated about one thing, in the order it was noted, and which of it is worked with, where that is chosen. */
export interface Stated {
  readonly statements: readonly Statement[];
  readonly working?: string;
}

/**
 * What is stated in the sources of one thing, by what it is about. Reports and replies give different days for the same occurrence
 * (case A: handed over in April 2020 [000] or in 2021 [002]): none of them is thrown away.
 */
export type Statements = Readonly<Record<string, Stated>>;

/** The statements of a thing after the event: what a domain's `evolve` calls in one `case`. */
export const evolveStatements = (known: Statements, event: StatementEvent): Statements => {
  const { about } = event.data;
  const stated = known[about] ?? { statements: [] };
  switch (event.type) {
    case 'StatementMade': {
      const { about: _, ...made } = event.data;
      return { ...known, [about]: { ...stated, statements: [...stated.statements, made] } };
    }
    case 'WorkingValueChosen': {
      const { statement: working } = event.data;
      return { ...known, [about]: { statements: stated.statements, ...(working !== undefined && { working }) } };
    }
    default:
      return never(event);
  }
};

/** The statement that is worked with; undefined where none is chosen. Who chose it stands in the entry. */
export const workingStatement = (known: Statements, about: string): Statement | undefined =>
  known[about]?.statements.find(({ statement }) => statement === known[about]?.working);

/** Whether the sources say different things about it: what lists, trail and bundle flag, whichever of them is worked with. */
export const differ = (known: Statements, about: string): boolean => {
  const [first, ...others] = known[about]?.statements ?? [];
  return first !== undefined && others.some((other) => !agree(first, other));
};

/** What the sources disagree about, in alphabetical order. */
export const differing = (known: Statements): readonly string[] =>
  Object.keys(known)
    .filter((about) => differ(known, about))
    .toSorted();

/** Two ways of writing the same days agree: `april 2020` and `2020-04`. Without days the words count, however they are spaced or capitalised. */
const agree = (a: Statement, b: Statement): boolean => (a.on && b.on ? a.on.from === b.on.from && a.on.to === b.on.to : spoken(a.value) === spoken(b.value));

const spoken = (value: string): string => value.toLocaleLowerCase('sv').replaceAll(/\s+/g, ' ');
