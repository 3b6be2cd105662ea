import { Code, FreeText, Id, Nested } from '#libs/fields';
import { contradictory, event, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { MAX_TITLE, ResponsibilityCircumstanceNoted, type CircumstanceEvent } from './circumstance.events.js';
import type { Circumstance } from './circumstance.js';
import { RESPONSIBILITY_KINDS, type ResponsibilityKind } from './responsibility.codes.js';
import { MAX_BASIS } from './rule-fields.js';
import { ResponsibilityMatch } from './rule-shapes.js';
import { assertRule, matchOf } from './terms.js';

/** Something bears on who is responsible for what the fields match, and is no rule. It is shown with every answer for it. */
export class NoteResponsibilityCircumstance {
  @Id('The circumstance; a new id where left out.', { optional: true }) circumstance?: string;
  @Code('The kind of responsibility that it bears on; every kind where left out.', RESPONSIBILITY_KINDS, 'ResponsibilityKind', { optional: true })
  kind?: ResponsibilityKind;
  @Nested(() => ResponsibilityMatch) match!: ResponsibilityMatch;
  @FreeText('What it is.', { max: MAX_TITLE }) title!: string;
  @FreeText('Where it stands.', { max: MAX_BASIS }) source!: string;
}

export const noteResponsibilityCircumstance: Decide<NoteResponsibilityCircumstance, Circumstance, CircumstanceEvent, { readonly organisation: Register }> = (
  { kind, match, title, source },
  state,
  { id, organisation },
) => {
  if (state.status === 'noted') {
    if (state.title === title) return [];
    throw contradictory(
      'circumstance.exists',
      {
        sv: `Omständigheten heter redan ${state.title}. Anteckna en annan under ett annat id.`,
        en: `The circumstance is called ${state.title} already. Note another one under another id.`,
      },
      '/circumstance',
    );
  }
  const fields = matchOf(match);
  assertRule({ match: fields, answer: { who: 'not-applicable' } }, organisation);
  return [event(ResponsibilityCircumstanceNoted, { circumstance: id, ...(kind !== undefined && { kind }), match: fields, title, source })];
};
