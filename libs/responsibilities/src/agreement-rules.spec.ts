import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { correctRulesOfAgreement, CorrectRulesOfAgreement } from './correct-rules-of-agreement.js';
import { endRulesOfAgreement } from './end-rules-of-agreement.js';
import { AgreementRuleDaysChanged, RulesOfAgreementSet, type ResponsibilityEvent } from './responsibility.events.js';
import { answered, given, id, ids, on, organisation, set, system } from './responsibilities.given.js';
import type { ClauseRuleData } from './rule-fields.js';
import { setRulesOfAgreement } from './set-rules-of-agreement.js';

const agreement = ids.agreement;
const needs = { organisation };
const asked = on('2022-10-03', system);
/** Case B: operational follow-up by Socialnämnden, by its unit for law; own internal control stays with Utbildningsnämnden. */
const followUp: ClauseRuleData = {
  clause: '3',
  kind: 'operational-follow-up',
  match: { provisionForm: 'in-house-school', service: 'short-term-supervision' },
  answer: { who: 'named', board: ids.social, performingUnit: ids.law },
  basis: 'Samverkansöverenskommelsen 2.3.4-181/2022, punkt 3',
};
const internalControl: ClauseRuleData = {
  ...followUp,
  clause: '4',
  kind: 'own-internal-control',
  answer: { who: 'named', board: ids.education },
  basis: 'Samverkansöverenskommelsen 2.3.4-181/2022, punkt 4',
};
const clauses = [followUp, internalControl];
const ruleId = (version: string, clause: string, nth = 0) => derivedId(agreement, 'rule', version, nth, clause);
const ruled = (version: string, rules: readonly ClauseRuleData[] = clauses, nth = 0) =>
  rules.map((one) => ({ rule: ruleId(version, one.clause, nth), ...one }));
const inForce = (version: string, from: string, rules = clauses, nth = 0) =>
  event(RulesOfAgreementSet, { agreement, version, from: day(from), rules: ruled(version, rules, nth), disputes: [] });
const sets = (version: string, validFrom: string, rules: readonly ClauseRuleData[] = clauses) => ({
  agreement,
  version,
  rules: [...rules],
  validFrom: day(validFrom),
});

const then = (facts: readonly ResponsibilityEvent[], command: Parameters<typeof setRulesOfAgreement>[0]) =>
  given(...facts).when(setRulesOfAgreement, command, needs, asked);
const ends = (facts: readonly ResponsibilityEvent[], lastDay: string) =>
  given(...facts).when(endRulesOfAgreement, { agreement, lastDay: day(lastDay) }, needs, asked);
const board = (facts: readonly ResponsibilityEvent[], date: string) => {
  const answer = answered(facts, date);
  return answer.outcome === 'designated' ? answer.bases[0]?.clause?.version : answer.outcome;
};

test('the clauses of a version are rules from the day it is in force, each with the clause that made it', () => {
  then([], sets('v1', '2022-10-01')).then(inForce('v1', '2022-10-01'));
  const facts = [inForce('v1', '2022-10-01')];
  expect(answered(facts, '2022-09-30').outcome).toBe('none-designated');
  expect(answered(facts, '2022-10-01')).toEqual({
    kind: 'operational-follow-up',
    outcome: 'designated',
    designee: { board: ids.social, performingUnit: ids.law, assisting: [] },
    bases: [{ rule: ruleId('v1', '3'), basis: followUp.basis, from: '2022-10-01', clause: { agreement, version: 'v1', clause: '3' } }],
  });
});

test('the same version for the same day again says nothing new; one without such clauses says nothing at all', () => {
  then([inForce('v1', '2022-10-01')], sets('v1', '2022-10-01')).thenNothing();
  then([], sets('v1', '2022-10-01', [])).thenNothing();
});

test('the same version for another day corrects the day', () => {
  const corrected = then([inForce('v1', '2022-10-01')], sets('v1', '2022-09-15'));
  corrected.then(
    event(AgreementRuleDaysChanged, { agreement, rules: ['3', '4'].map((clause) => ({ rule: ruleId('v1', clause), from: day('2022-09-15') })), disputes: [] }),
  );
  expect(board([inForce('v1', '2022-10-01'), ...corrected.events], '2022-09-15')).toBe('v1');
});

test('it ends on its last day: none is designated again', () => {
  const ended = ends([inForce('v1', '2022-10-01')], '2024-12-31');
  ended.thenTypes('AgreementRuleDaysChanged');
  const facts = [inForce('v1', '2022-10-01'), ...ended.events];
  expect([board(facts, '2024-12-31'), board(facts, '2025-01-01')]).toEqual(['v1', 'none-designated']);
  ends(facts, '2024-12-31').thenNothing();
});

test('a corrected last day holds instead, also a later one; one before it came into force, and it never did', () => {
  const facts = [inForce('v1', '2022-10-01')];
  const ended = [...facts, ...ends(facts, '2023-12-31').events];
  const later = [...ended, ...ends(ended, '2024-12-31').events];
  expect([board(later, '2024-12-31'), board(later, '2025-01-01')]).toEqual(['v1', 'none-designated']);
  const never = [...later, ...ends(later, '2022-09-30').events];
  expect(board(never, '2022-10-01')).toBe('none-designated');
});

test('a revision takes over from its first day; the version before ends the day before', () => {
  const first = [inForce('v1', '2022-10-01')];
  const revised = [...first, ...then(first, sets('v2', '2023-06-01')).events];
  expect([board(revised, '2023-05-31'), board(revised, '2023-06-01')]).toEqual(['v1', 'v2']);
});

test('a version that is recorded after the one that followed it holds until that', () => {
  const later = [inForce('v2', '2023-06-01')];
  const facts = [...later, ...then(later, sets('v1', '2022-10-01')).events];
  expect([board(facts, '2022-10-01'), board(facts, '2023-05-31'), board(facts, '2023-06-01')]).toEqual(['v1', 'v1', 'v2']);
});

test('of two versions for the same day the one that is recorded last holds', () => {
  const first = [inForce('v1', '2022-10-01')];
  const facts = [...first, ...then(first, sets('v2', '2022-10-01')).events];
  expect([board(facts, '2022-10-01'), board(facts, '2022-09-30')]).toEqual(['v2', 'none-designated']);
});

test('in force again after it ended, its clauses are rules again, with days of their own', () => {
  const first = [inForce('v1', '2022-10-01')];
  const ended = [...first, ...ends(first, '2022-12-31').events];
  const again = [...ended, ...then(ended, sets('v1', '2023-03-01')).events];
  expect(['2022-12-31', '2023-01-01', '2023-02-28', '2023-03-01'].map((date) => board(again, date))).toEqual([
    'v1',
    'none-designated',
    'none-designated',
    'v1',
  ]);
});

test('when all of it is known anew, its rules hold for those days and no others', () => {
  const facts = [inForce('v1', '2022-10-01')];
  const periods = [
    { version: 'v1', from: day('2022-11-01'), lastDay: day('2022-11-30'), rules: [...clauses] },
    { version: 'v2', from: day('2023-01-01'), rules: [...clauses] },
  ];
  const corrected = given(...facts).when(correctRulesOfAgreement, { agreement, periods }, needs, asked);
  corrected.thenTypes('AgreementRuleDaysChanged', 'RulesOfAgreementSet');
  const now = [...facts, ...corrected.events];
  expect(['2022-10-31', '2022-11-01', '2022-12-01', '2023-01-01'].map((date) => board(now, date))).toEqual(['none-designated', 'v1', 'none-designated', 'v2']);
  given(...now)
    .when(correctRulesOfAgreement, { agreement, periods }, needs, asked)
    .thenNothing();
  const never = given(...now).when(correctRulesOfAgreement, { agreement, periods: [] }, needs, asked);
  never.thenTypes('AgreementRuleDaysChanged');
  expect(board([...now, ...never.events], '2023-01-01')).toBe('none-designated');
});

test.each([
  [
    'responsibility.periods-overlap',
    [
      { version: 'v1', from: day('2022-10-01'), rules: [] },
      { version: 'v2', from: day('2023-01-01'), rules: [] },
    ],
  ],
  ['responsibility.period-reversed', [{ version: 'v1', from: day('2022-10-01'), lastDay: day('2022-09-30'), rules: [] }]],
  [
    'responsibility.too-many-periods',
    Array.from({ length: 14 }, (_, n) => ({ version: `v${n}`, from: day(`20${n + 20}-01-01`), lastDay: day(`20${n + 20}-12-31`), rules: [followUp] })),
  ],
])('periods are refused as %s', (code, periods) => {
  const command = Object.assign(new CorrectRulesOfAgreement(), { agreement, periods });
  given().when(correctRulesOfAgreement, command, needs, asked).thenRefused(code);
});

test.each([
  ['responsibility.clauses', [followUp, followUp]],
  ['responsibility.clauses', Array.from({ length: 13 }, (_, n) => ({ ...followUp, clause: String(n) }))],
  ['unit.unknown', [{ ...followUp, answer: { who: 'named' as const, board: ids.social, performingUnit: id('nobody') } }]],
])('clauses are refused as %s', (code, rules) => {
  then([], sets('v1', '2022-10-01', rules)).thenRefused(code);
});

test('a clause that overlaps a standing rule is recorded as disputed with both claims, never refused and never silent', () => {
  const standing = set('standing', { match: { provisionForm: 'in-house-school' }, answer: { who: 'operating' }, basis: 'KL 6:6' });
  const entered = then([standing], sets('v1', '2022-10-01'));
  entered.thenTypes('RulesOfAgreementSet');
  const facts = [standing, ...entered.events];
  expect(answered(facts, '2022-09-30')).toMatchObject({ outcome: 'designated', designee: { board: ids.education } });
  const answer = answered(facts, '2022-10-01');
  expect(answer.outcome === 'disputed' && answer.claims.map(({ source }) => source)).toEqual(['KL 6:6', followUp.basis]);
  expect(answered(facts, '2022-10-01', { provisionForm: 'in-house-school', service: 'daily-activities', operatingBoard: ids.education }).outcome).toBe(
    'designated',
  );
  then(facts, sets('v1', '2022-10-01')).thenNothing();
});

test('two clauses that contradict each other are disputed as well', () => {
  const other = { ...followUp, clause: '5', answer: { who: 'operating' as const } };
  const facts = then([], sets('v1', '2022-10-01', [followUp, other])).events;
  expect(answered(facts, '2022-10-01')).toMatchObject({ outcome: 'disputed', claims: [{}, {}] });
});

test('where it goes on for longer, and meets a rule that was set meanwhile, that is disputed too', () => {
  const first = [inForce('v1', '2022-10-01')];
  const ended = [...first, ...ends(first, '2022-12-31').events, set('next', { from: day('2023-01-01'), basis: 'Reglemente 2023' })];
  const longer = ends(ended, '2023-06-30');
  expect(answered([...ended, ...longer.events], '2023-03-01')).toMatchObject({ outcome: 'disputed', claims: [{}, {}] });
});

test('one that overlaps more rules than one entry can tell of is refused as responsibility.too-many-overlaps', () => {
  const many = Array.from({ length: 101 }, (_, n) => set(`rule ${n}`, { match: { provisionForm: 'in-house-school', service: `service-${n}` } }));
  then(many, sets('v1', '2022-10-01', [{ ...followUp, match: { provisionForm: 'in-house-school' } }])).thenRefused('responsibility.too-many-overlaps');
  const some = then(many.slice(0, 50), sets('v1', '2022-10-01', [{ ...followUp, match: { provisionForm: 'in-house-school' } }])).events;
  expect(some[0]?.type === 'RulesOfAgreementSet' && some[0].data.disputes.map(({ claims }) => claims.length)).toEqual([20, 20, 13]);
});
