import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import type { Statements } from '#libs/statements';
import type { Resting } from './answer.js';
import { ResponsibilityDisputed, ResponsibilityRuleEnded, type ResponsibilityEvent } from './responsibility.events.js';
import { after, city, id, ids, set, terms } from './responsibilities.given.js';
import { disputesOf, rulesOf, type Dispute } from './responsibility-rules.js';
import { stockholmCircumstance, stockholmDispute, stockholmRules, stockholmStatements } from './sample-rules.js';
import { statementHtml } from './statement.html.js';
import { statementOf, type CircumstanceStated, type StatementDocument } from './statement.js';
import { statementPdf } from './statement.query.js';
import { designatedOf, matchOf } from './terms.js';

const samples = stockholmRules({ social: ids.social, education: ids.education, law: ids.law }).map(({ kind, match, answer, basis, from }, nth): Resting => ({
  rule: id(`rule ${nth}`),
  kind,
  match: matchOf(match),
  answer: designatedOf(answer),
  basis,
  from,
}));
const { claims: said, kind, match, from, to } = stockholmDispute;
const disputed: Dispute = {
  dispute: id('dispute'),
  kind,
  match: matchOf(match),
  from,
  ...(to !== undefined && { to }),
  claims: said.map(({ text, source }, nth) => ({ claim: id(`claim ${nth}`), ...(text !== undefined && { text }), ...(source !== undefined && { source }) })),
};
const statements: Statements = {
  'decided-on': { statements: stockholmStatements.map(({ value, source }, nth) => ({ statement: id(`statement ${nth}`), value, source })) },
};
const circumstances: readonly CircumstanceStated[] = [{ title: stockholmCircumstance.title, source: stockholmCircumstance.source, statements }];

const stated = (date: string, service?: string) =>
  statementOf({ rules: samples, disputes: [disputed], circumstances }, day(date), city, { service, recorded: day('2024-01-01') });
const ofFacts = (date: string, ...facts: readonly ResponsibilityEvent[]) => {
  const state = after(...facts);
  return statementOf({ rules: [...rulesOf(state)], disputes: [...disputesOf(state)], circumstances: [] }, day(date), city, { recorded: day('2024-01-01') });
};
const lines = ({ sections }: StatementDocument, form: string, nth = 0) =>
  sections[nth]?.forms.find((one) => one.form === form)?.lines.map(({ kind: of, place, who, alarm }) => [of, place, who, alarm]);

test('for the schools before the agreement: who answers for what, who does for nothing, and what is disputed', () => {
  expect(lines(stated('2021-03-01'), 'Egen regi, skola')).toEqual([
    ['Övergripande ansvar', 'alla', 'Socialnämnden', false],
    ['Egen intern kontroll', 'alla', 'Utbildningsnämnden', false],
    ['Verksamhetsuppföljning', 'alla', 'Ingen utpekad', true],
    ['Avtalsuppföljning', 'alla', expect.stringMatching(/^Omtvistat: Uppdragsbeskrivningen .* \(\[003\].*\) – Det saknas .*$/), true],
    ['Uppföljning per individ', 'alla', 'Den nämnd som har beviljat insatsen; genom handläggare', false],
  ]);
});

test('a section for each service that a rule names, and one for the others; only the one where it is asked for', () => {
  expect(stated('2021-03-01').sections.map(({ service }) => service)).toEqual(['Korttidstillsyn', 'Övriga insatser']);
  expect(stated('2021-03-01', 'daily-activities').sections.map(({ service }) => service)).toEqual(['Daglig verksamhet']);
  expect(ofFacts('2021-03-01', set('a', { match: {} })).sections.map(({ service }) => service)).toEqual(['Alla insatser']);
  expect(ofFacts('2021-03-01', set('a', { match: { service: 'egen-kod' } })).sections.map(({ service }) => service)).toEqual(['egen-kod', 'Övriga insatser']);
});

test('by LOV the district boards assist', () => {
  expect(lines(stated('2021-03-01'), 'Privat utförare enligt LOV')).toContainEqual([
    'Avtalsuppföljning',
    'alla',
    'Socialnämnden; utförs av Enheten för juridik, upphandling och föreningsstöd; bistås av stadsdelsnämnderna',
    false,
  ]);
});

const of = (board: string) => set(board, { match: { provisionForm: 'in-house-district', operatingBoard: board }, answer: { who: 'operating' } });

test('rules that say the same of several boards are one line; the boards that none of them names have nobody', () => {
  const before = ofFacts('2021-03-01', of(ids.norrmalm), of(ids.ostermalm));
  expect(lines(before, 'Egen regi, stadsdel')?.filter(([of_]) => of_ === 'Verksamhetsuppföljning')).toEqual([
    ['Verksamhetsuppföljning', 'bedrivs av Norrmalms stadsdelsnämnd; bedrivs av Östermalms stadsdelsnämnd', 'Den nämnd som bedriver verksamheten', false],
    ['Verksamhetsuppföljning', 'övriga', 'Ingen utpekad', true],
  ]);
});

test('boards are named as they are on the day', () => {
  const merged = ofFacts('2023-07-01', of(ids.norrmalm), of(ids.ostermalm));
  expect(lines(merged, 'Egen regi, stadsdel')).toContainEqual([
    'Verksamhetsuppföljning',
    'bedrivs av Norra innerstadens stadsdelsnämnd',
    'Den nämnd som bedriver verksamheten',
    false,
  ]);
});

test('two rules that contradict each other are both there, as disputed, until one of them ends', () => {
  const facts = [
    set('a'),
    set('b', { match: { provisionForm: 'in-house-school' }, answer: { who: 'operating' } }),
    event(ResponsibilityDisputed, {
      dispute: id('dispute'),
      kind: 'operational-follow-up',
      match: terms().match,
      from: day('2016-01-01'),
      claims: [
        { claim: id('a'), rule: id('a') },
        { claim: id('b'), rule: id('b') },
      ],
    }),
  ];
  const followUp = (date: string) =>
    lines(ofFacts(date, ...facts, event(ResponsibilityRuleEnded, { rule: id('b'), to: day('2021-12-31'), reason: 'Skäl.' })), 'Egen regi, skola');
  expect(followUp('2021-12-31')?.map(([, , who]) => who)).toEqual(
    expect.arrayContaining(['Omtvistat: Socialnämnden', 'Omtvistat: Den nämnd som bedriver verksamheten']),
  );
  expect(followUp('2022-01-01')).toContainEqual(['Verksamhetsuppföljning', 'alla', 'Socialnämnden', false]);
});

test('what people wrote is text on the page, never a part of it', () => {
  const html = statementHtml(ofFacts('2021-03-01', set('a', { basis: '<script>alert("1 & 2")</script>' })));
  expect(html).toContain('&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;');
  expect(html).not.toContain('<script');
});

test('the page says in which language it is, names every table and its columns, and marks what asks for something', () => {
  const html = statementHtml(stated('2021-03-01'));
  expect(html).toMatch(/^<!doctype html>\n<html lang="sv">/);
  expect(html).toContain('<table aria-label="Korttidstillsyn, Egen regi, skola">');
  expect(html).toContain('<th scope="col">Ansvarig</th>');
  expect(html).toMatch(/<tr class="alarm"><th scope="row">Verksamhetsuppföljning<\/th><td>alla<\/td><td>Ingen utpekad/);
  expect(html).toContain('April 2020 [000] / 2021 [002]');
});

test('as PDF the same facts give the same bytes', () => {
  const [one, other] = [1, 2].map(() => statementPdf(stated('2021-03-01'), day('2021-03-01')));
  expect(other && one?.equals(other)).toBe(true);
});
