import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { answerTo, askedOn } from './answer.js';
import { answerShown } from './answer-shown.js';
import { answered, city, id, ids, set } from './responsibilities.given.js';
import { stockholmRules } from './sample-rules.js';
import type { Values } from './match.js';
import { RESPONSIBILITY_KINDS, type ResponsibilityKind } from './responsibility.codes.js';
import { designatedOf, matchOf } from './terms.js';

const rules = stockholmRules({ social: ids.social, education: ids.education, law: ids.law }).map((command, nth) =>
  set(`rule ${nth}`, {
    kind: command.kind,
    match: matchOf(command.match),
    answer: designatedOf(command.answer),
    basis: command.basis,
    from: command.from,
  }),
);
const says = (asked: Values, date: string, kind: ResponsibilityKind) => answerShown(answered(rules, date, asked, kind), city).says.sv;

test('for a school’s own operation on 1 March 2021: overall Socialnämnden, own internal control Utbildningsnämnden, follow-up nobody', () => {
  const schools = { provisionForm: 'in-house-school', service: 'short-term-supervision', operatingBoard: ids.education } as const;
  expect(RESPONSIBILITY_KINDS.map((kind) => answered(rules, '2021-03-01', schools, kind))).toMatchObject([
    { kind: 'overall', outcome: 'designated', designee: { board: ids.social } },
    { kind: 'own-internal-control', outcome: 'designated', designee: { board: ids.education } },
    { kind: 'operational-follow-up', outcome: 'none-designated' },
    { kind: 'contract-follow-up', outcome: 'none-designated' },
    { kind: 'per-individual', outcome: 'designated', designee: { relative: 'granting', performingRole: 'case-officer' } },
  ]);
  expect(says(schools, '2021-03-01', 'operational-follow-up')).toBe('Verksamhetsuppföljning: ingen utpekad.');
});

test('a district follows up its own operations; a contract, the board that signed it', () => {
  expect(answered(rules, '2021-03-01', { provisionForm: 'in-house-district', operatingBoard: ids.norrmalm })).toMatchObject({
    designee: { board: ids.norrmalm },
  });
  expect(answered(rules, '2021-03-01', { provisionForm: 'outsourced', contractingBoard: ids.ostermalm }, 'contract-follow-up')).toMatchObject({
    designee: { board: ids.ostermalm, relative: 'contracting' },
  });
});

test('by LOV Socialnämnden’s unit follows up, and the districts of the day assist', () => {
  const lov = { provisionForm: 'private-lov' } as const;
  expect(answered(rules, '2021-03-01', lov, 'contract-follow-up')).toMatchObject({
    designee: { board: ids.social, performingUnit: ids.law, assisting: [ids.norrmalm, ids.ostermalm] },
  });
  expect(answered(rules, '2023-07-01', lov, 'contract-follow-up')).toMatchObject({ designee: { assisting: [ids.inner] } });
  expect(says(lov, '2023-07-01', 'contract-follow-up')).toBe(
    'Avtalsuppföljning: Socialnämnden; utförs av Enheten för juridik, upphandling och föreningsstöd; bistås av Norra innerstadens stadsdelsnämnd (LOV (2008:962); avtal [002], [003] (första dag: exempel)).',
  );
});

test('what does not apply is answered so', () => {
  expect(answered(rules, '2021-03-01', { provisionForm: 'private-lov' }, 'own-internal-control').outcome).toBe('not-applicable');
  expect(says({ provisionForm: 'private-lov' }, '2021-03-01', 'own-internal-control')).toMatch(/^Egen intern kontroll: inte tillämpligt \(/);
});

test('a board named by its place that the question leaves out is said in words', () => {
  expect(says({ provisionForm: 'outsourced' }, '2021-03-01', 'contract-follow-up')).toMatch(/^Avtalsuppföljning: den nämnd som har tecknat avtalet \(/);
});

test('what a question leaves out is not there: a rule for a named value does not answer for it', () => {
  expect(answered(rules, '2021-03-01', {}, 'contract-follow-up').outcome).toBe('none-designated');
});

test('the board of the unit runs the operation where no other is named', () => {
  const facts = [set('a', { match: { operatingBoard: ids.norrmalm }, answer: { who: 'operating' } })];
  expect(answered(facts, '2021-03-01', { operatingUnit: ids.norrmalmUnit })).toMatchObject({ designee: { board: ids.norrmalm } });
  expect(answered(facts, '2023-07-01', { operatingUnit: ids.norrmalmUnit })).toMatchObject({ designee: { board: ids.inner } });
  expect(answered(facts, '2021-03-01', { operatingUnit: ids.ostermalmUnit }).outcome).toBe('none-designated');
});

test('a rule is held by whoever succeeded the board that it names, by both names, from that day', () => {
  const facts = [set('a', { match: { operatingBoard: ids.norrmalm }, answer: { who: 'named', board: ids.norrmalm, performingUnit: ids.norrmalmUnit } })];
  const asked = (operatingBoard: string) => (date: string) => answered(facts, date, { operatingBoard });
  expect(asked(ids.norrmalm)('2023-06-30')).toMatchObject({ designee: { board: ids.norrmalm, performingUnit: ids.norrmalmUnit } });
  expect(asked(ids.inner)('2023-06-30').outcome).toBe('none-designated');
  for (const board of [ids.norrmalm, ids.inner, ids.ostermalm])
    expect(asked(board)('2023-07-01')).toMatchObject({ designee: { board: ids.inner, performingUnit: ids.innerUnit } });
});

const of = (board: string, performingUnit?: string) =>
  set(board, { match: { operatingBoard: board }, answer: { who: 'operating', ...(performingUnit !== undefined && { performingUnit }) }, basis: board });

test('rules of two boards that became one are one answer where they say the same, with both bases', () => {
  const facts = [of(ids.norrmalm, ids.norrmalmUnit), of(ids.ostermalm, ids.ostermalmUnit)];
  const answer = answered(facts, '2023-07-01', { operatingBoard: ids.inner });
  expect(answer).toMatchObject({ outcome: 'designated', designee: { board: ids.inner, performingUnit: ids.innerUnit } });
  expect(answer.outcome === 'designated' && answer.bases.map(({ basis }) => basis).toSorted()).toEqual([ids.norrmalm, ids.ostermalm].toSorted());
});

test('where they say different things each is a claim, though nobody recorded a dispute', () => {
  const facts = [of(ids.norrmalm, ids.norrmalmUnit), of(ids.ostermalm, ids.law)];
  const answer = answered(facts, '2023-07-01', { operatingBoard: ids.inner });
  expect(answer).toMatchObject({ outcome: 'disputed', disputes: [], claims: [{}, {}] });
  expect(answerShown(answer, city).says.en).toMatch(/^Operational follow-up: disputed: .*; .*\.$/);
  expect(answered(facts, '2023-06-30', { operatingBoard: ids.norrmalm }).outcome).toBe('designated');
});

test('of every kind there is an answer, whatever is asked', () => {
  const on = day('2021-03-01');
  for (const kind of RESPONSIBILITY_KINDS) {
    const answer = answerTo(kind, askedOn({ service: 'nothing', grantingBoard: id('nobody') }, on, city), on, [], [], city);
    expect(answerShown(answer, city)).toMatchObject({ kind, outcome: 'none-designated', says: { en: expect.stringMatching(/none designated\.$/) } });
  }
});
