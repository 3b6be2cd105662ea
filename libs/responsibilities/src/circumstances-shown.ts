import { Type } from 'typebox';
import { CodeType, IdType } from '#libs/kernel';
import { StatedShown, statementsShown, type Statements } from '#libs/statements';
import type { ResponsibilityKind } from './responsibility.codes.js';
import { RESPONSIBILITY_KINDS } from './responsibility.codes.js';

/** Something that bears on an answer: what it is, and what sources say of it. */
export const CircumstanceShown = Type.Object({
  circumstance: IdType('The circumstance.'),
  kind: Type.Optional(CodeType(RESPONSIBILITY_KINDS, 'The kind that it bears on; every kind where left out.')),
  title: Type.String(),
  source: Type.String(),
  stated: Type.Array(StatedShown),
  says: Type.Array(
    Type.Object({ about: Type.String(), text: Type.String({ description: 'What sources say, each with its source: April 2020 [000] / 2021 [002].' }) }),
  ),
});

interface Row {
  readonly key: string;
  readonly kind: ResponsibilityKind | null;
  readonly title: string;
  readonly source: string;
  readonly statements: Statements;
}

/** A source as it is named beside what it says: its number in brackets, where it begins with one. */
const shortly = (source: string): string => /^\[\d+\]/.exec(source)?.[0] ?? `(${source})`;

/** What sources say of one thing, one after the other: *April 2020 [000] / 2021 [002]*. */
export const saidOf = (statements: Statements, about: string): string =>
  upper((statements[about]?.statements ?? []).map(({ value, source }) => `${value} ${shortly(source)}`).join(' / '));

const upper = (text: string): string => text.charAt(0).toLocaleUpperCase('sv') + text.slice(1);

export const circumstanceShown = ({ key, kind, title, source, statements }: Row) => ({
  circumstance: key,
  ...(kind !== null && { kind }),
  title,
  source,
  stated: statementsShown(statements),
  says: Object.keys(statements)
    .toSorted()
    .map((about) => ({ about, text: saidOf(statements, about) })),
});
