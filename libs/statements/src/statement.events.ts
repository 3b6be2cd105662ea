import { Type } from 'typebox';
import { DayType, eventType, IdType, type EventOf } from '#libs/kernel';

/** What a statement is about: a code of the domain, such as `handed-over-on` or `period-audited`. */
export const AboutCode = Type.String({
  pattern: '^[a-z][a-z0-9-]*$',
  maxLength: 60,
  description: 'What it is about: a code of the domain, such as handed-over-on or period-audited.',
});

export const MAX_VALUE = 300;
export const MAX_SOURCE = 500;
export const MAX_QUOTATION = 2000;

const period = Type.Object(
  { from: DayType('Its first day.'), to: DayType('Its last day; the first, where it is one day.') },
  { additionalProperties: false, description: 'The day or the period that it is taken to mean; left out where it means neither.' },
);

export const StatementMade = eventType('StatementMade', {
  name: { sv: 'Uppgift antecknad', en: 'Statement noted' },
  schema: 1,
  data: {
    statement: IdType('The statement: UUIDv5 of the thing and of all that is stated.'),
    about: AboutCode,
    value: Type.String({ minLength: 1, maxLength: MAX_VALUE, description: 'The value as the source writes it.' }),
    on: Type.Optional(period),
    source: Type.String({ minLength: 1, maxLength: MAX_SOURCE, description: 'Where it stands: document, page, chapter.' }),
    quotation: Type.Optional(Type.String({ minLength: 1, maxLength: MAX_QUOTATION, description: 'The words of the source.' })),
  },
});

export const WorkingValueChosen = eventType('WorkingValueChosen', {
  name: { sv: 'Arbetsvärde valt', en: 'Working value chosen' },
  schema: 1,
  data: {
    about: AboutCode,
    statement: Type.Optional(IdType('The statement that is worked with; left out: none of them is.')),
  },
  label: ({ statement }) => (statement === undefined ? { sv: 'Inget arbetsvärde valt', en: 'No working value chosen' } : undefined),
});

/** What sources state about a thing. A domain's union takes it in by one `|`, its `evolve` by `evolveStatements`. */
export type StatementEvent = EventOf<typeof StatementMade> | EventOf<typeof WorkingValueChosen>;

/** The declarations of the union: a stream whose things are stated in several ways lists them among its events. */
export const statementEvents = [StatementMade, WorkingValueChosen] as const;
