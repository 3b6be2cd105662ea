import { Type, type Static } from 'typebox';
import { DayType, IdType } from '#libs/kernel';
import { AboutCode } from './statement.events.js';
import { differ, type Statements } from './statements.js';

/** What is stated about a thing, as answers, lists and bundles show it. */
export const StatedShown = Type.Object({
  about: AboutCode,
  differ: Type.Boolean({ description: 'The sources say different things.' }),
  working: Type.Optional(IdType('The statement that is worked with; left out: none is chosen.')),
  statements: Type.Array(
    Type.Object({
      statement: IdType('The statement.'),
      value: Type.String({ description: 'As the source writes it.' }),
      on: Type.Optional(Type.Object({ from: DayType('First day meant.'), to: DayType('Last day meant.') })),
      source: Type.String({ description: 'Where it stands.' }),
      quotation: Type.Optional(Type.String({ description: 'The words of the source.' })),
    }),
  ),
});
export type StatedShown = Static<typeof StatedShown>;

/** All that is stated, by what it is about in alphabetical order, each in the order it was noted. */
export const statementsShown = (known: Statements): StatedShown[] =>
  Object.entries(known)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([about, { statements, working }]) => ({
      about,
      differ: differ(known, about),
      ...(working !== undefined && { working }),
      statements: [...statements],
    }));
