import { atLocalTime, day, derivedId, event, type By, type Day, type Decide } from '#libs/kernel';
import {
  BoardSucceeded,
  MunicipalityRegistered,
  organisationStream,
  registerOf,
  UnitRegistered,
  type OrganisationEvent,
  type UnitKind,
} from '#libs/organisation';
import { given as givenFacts, stateAfter } from '#libs/testing';
import { answerTo, askedOn, type Answer } from './answer.js';
import { municipalityOf } from './city.js';
import type { Values } from './match.js';
import type { ResponsibilityKind } from './responsibility.codes.js';
import { ResponsibilityRuleSet, type ResponsibilityEvent } from './responsibility.events.js';
import { disputesOf, responsibilityRules, responsibilityRulesId, rulesOf, type ResponsibilityRules } from './responsibility-rules.js';
import type { Terms } from './rule-fields.js';

// Stockholm's boards before and after the agreement of 2022, and the merger of 2023, as the specs tell of them.

export const id = (name: string): string => derivedId('responsibilities', name);

export const ids = {
  social: id('Socialnämnden'),
  law: id('Enheten för juridik, upphandling och föreningsstöd'),
  education: id('Utbildningsnämnden'),
  school: id('Ängsskolan'),
  norrmalm: id('Norrmalm'),
  norrmalmUnit: id('Norrmalms enhet'),
  ostermalm: id('Östermalm'),
  ostermalmUnit: id('Östermalms enhet'),
  inner: id('Norra innerstaden'),
  innerUnit: id('Norra innerstadens enhet'),
  council: id('Kommunfullmäktige'),
  agreement: id('Dnr 2.3.4-181/2022'),
};

const unit = (unitId: string, name: string, kind: UnitKind, partOf?: string) =>
  event(UnitRegistered, { unit: unitId, name, kind, ...(partOf !== undefined && { partOf }) });

export const merger = event(BoardSucceeded, {
  from: [ids.norrmalm, ids.ostermalm],
  to: [ids.inner],
  on: day('2023-07-01'),
  decision: 'Kommunfullmäktige (exempel)',
  exceptions: [],
  units: [
    { from: ids.norrmalmUnit, to: ids.innerUnit },
    { from: ids.ostermalmUnit, to: ids.innerUnit },
  ],
});

export const organisationFacts: readonly OrganisationEvent[] = [
  event(MunicipalityRegistered, { name: 'Stockholms stad (exempel)' }),
  unit(ids.council, 'Kommunfullmäktige', 'body'),
  unit(ids.social, 'Socialnämnden', 'board'),
  unit(ids.law, 'Enheten för juridik, upphandling och föreningsstöd', 'unit', ids.social),
  unit(ids.education, 'Utbildningsnämnden', 'board'),
  unit(ids.school, 'Ängsskolan', 'unit', ids.education),
  unit(ids.norrmalm, 'Norrmalms stadsdelsnämnd', 'district-board'),
  unit(ids.norrmalmUnit, 'Norrmalms enhet', 'unit', ids.norrmalm),
  unit(ids.ostermalm, 'Östermalms stadsdelsnämnd', 'district-board'),
  unit(ids.ostermalmUnit, 'Östermalms enhet', 'unit', ids.ostermalm),
  unit(ids.inner, 'Norra innerstadens stadsdelsnämnd', 'district-board'),
  unit(ids.innerUnit, 'Norra innerstadens enhet', 'unit', ids.inner),
  merger,
];

export const administrator: By = { actor: id('administrator'), role: 'administrator', unit: ids.social };
export const system: By = { actor: 'reactions', role: 'system', unit: ids.law };
/** When and by whom something is asked of the rules. */
export const on = (date: string, by: By = administrator) => ({ now: atLocalTime(day(date), '12:00'), by, id: responsibilityRulesId('stockholm') });

const state = stateAfter(organisationStream, organisationFacts, on('2020-01-01'));
export const organisation = registerOf(state);
export const city = municipalityOf(state, 'stockholm');
export const needs = { organisation, decided: undefined };

/** A rule of the specs: for the schools' korttidstillsyn from 2016, by Socialnämnden, where nothing else is said. */
export const terms = (said: Partial<Terms> = {}): Terms => ({
  kind: 'operational-follow-up',
  match: { provisionForm: 'in-house-school', service: 'short-term-supervision' },
  answer: { who: 'named', board: ids.social },
  basis: 'Reglemente',
  from: day('2016-01-01'),
  ...said,
});
export const set = (rule: string, said: Partial<Terms> = {}) => event(ResponsibilityRuleSet, { rule: id(rule), ...terms(said) });

export const given = (...facts: readonly ResponsibilityEvent[]) => {
  const so = givenFacts(responsibilityRules, ...facts);
  return {
    when: <C, N>(decide: Decide<C, ResponsibilityRules, ResponsibilityEvent, N>, command: C, said: N, asked = on('2022-10-01')) =>
      so.when(decide, command, asked, ...([said] as unknown as object extends N ? [N?] : [N])),
  };
};
export const after = (...facts: readonly ResponsibilityEvent[]): ResponsibilityRules => stateAfter(responsibilityRules, facts, on('2022-10-01'));

/** The schools' korttidstillsyn. */
const schools: Values = { provisionForm: 'in-house-school', service: 'short-term-supervision', operatingBoard: ids.education };

/** What the facts answer. */
export const answered = (
  facts: readonly ResponsibilityEvent[],
  date: string,
  asked: Values = schools,
  kind: ResponsibilityKind = 'operational-follow-up',
): Answer => {
  const so = after(...facts);
  const when: Day = day(date);
  return answerTo(kind, askedOn(asked, when, city), when, rulesOf(so), disputesOf(so), city);
};
