import { Type } from 'typebox';
import { CodeType, eventType, IdType, type EventOf } from '#libs/kernel';
import type { StatementEvent } from '#libs/statements';
import { RESPONSIBILITY_KINDS } from './responsibility.codes.js';
import { MatchType, MAX_BASIS } from './rule-fields.js';

export const MAX_TITLE = 300;

/** Something that bears on who is responsible, and is no rule: a decision on a model, a legal inquiry. */
export const ResponsibilityCircumstanceNoted = eventType('ResponsibilityCircumstanceNoted', {
  name: { sv: 'Omständighet om ansvar antecknad', en: 'Circumstance of responsibility noted' },
  schema: 1,
  data: {
    circumstance: IdType('The circumstance.'),
    kind: Type.Optional(CodeType(RESPONSIBILITY_KINDS, 'The kind of responsibility that it bears on; every kind where left out.')),
    match: MatchType,
    title: Type.String({ minLength: 1, maxLength: MAX_TITLE, description: 'What it is.' }),
    source: Type.String({ minLength: 1, maxLength: MAX_BASIS, description: 'Where it stands.' }),
  },
});

/** What can happen to a circumstance: it is noted, and sources say things about it. */
export type CircumstanceEvent = EventOf<typeof ResponsibilityCircumstanceNoted> | StatementEvent;
