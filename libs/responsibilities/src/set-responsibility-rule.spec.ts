import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { ResponsibilityDisputed, ResponsibilityRuleSet, ResponsibilityRuleWithdrawn } from './responsibility.events.js';
import { responsibilityRulesId } from './responsibility-rules.js';
import { answered, given, id, ids, needs, set, terms } from './responsibilities.given.js';
import { setResponsibilityRule, SetResponsibilityRule } from './set-responsibility-rule.js';

const asks = (rule: string, said: Parameters<typeof terms>[0] & Pick<SetResponsibilityRule, 'disputed' | 'decision'> = {}): SetResponsibilityRule => ({
  rule: id(rule),
  ...terms(said),
});

test('a rule is set, with what it says and nothing that is left out', () => {
  given()
    .when(setResponsibilityRule, Object.assign(new SetResponsibilityRule(), asks('a', { match: { provisionForm: 'outsourced' } }), { disputed: false }), needs)
    .then(set('a', { match: { provisionForm: 'outsourced' } }));
});

test('without an id it gets one that follows from how many there are', () => {
  const { rule: _, ...command } = asks('a', { kind: 'overall' });
  const rule = derivedId(responsibilityRulesId('stockholm'), 'rule', 1);
  given(set('b'))
    .when(setResponsibilityRule, command, needs)
    .then(event(ResponsibilityRuleSet, { rule, ...terms({ kind: 'overall' }) }));
});

test('the same rule again says nothing new; another one of its id is refused as responsibility.rule-exists', () => {
  given(set('a')).when(setResponsibilityRule, asks('a'), needs).thenNothing();
  given(set('a'))
    .when(setResponsibilityRule, asks('a', { basis: 'Avtal' }), needs)
    .thenRefused('responsibility.rule-exists');
  given(set('a'), event(ResponsibilityRuleWithdrawn, { rule: id('a'), reason: 'Fel.' }))
    .when(setResponsibilityRule, asks('a'), needs)
    .thenRefused('responsibility.rule-exists');
});

test('two rules of one kind that would answer for the same are refused as responsibility.overlap, naming the other', () => {
  const general = set('general', { match: { service: 'short-term-supervision' }, basis: 'Reglemente § 4' });
  const refused = given(general).when(setResponsibilityRule, asks('a'), needs);
  refused.thenRefused('responsibility.overlap');
  expect(() => refused.events).toThrow(/Reglemente § 4/);
  expect(() => refused.events).toThrow(new RegExp(id('general')));
  given(general)
    .when(setResponsibilityRule, asks('a', { match: {} }), needs)
    .thenRefused('responsibility.overlap');
});

test.each([
  ['another kind', { kind: 'overall' }],
  ['another regiform', { match: { provisionForm: 'in-house-district', service: 'short-term-supervision' } }],
  ['another service', { match: { provisionForm: 'in-house-school', service: 'daily-activities' } }],
  ['days before it', { from: day('2015-01-01'), to: day('2015-12-31') }],
] as const)('one of %s does not overlap it', (_what, said) => {
  given(set('a')).when(setResponsibilityRule, asks('b', said), needs).then(set('b', said));
});

test('a withdrawn rule stands in nobody’s way', () => {
  given(set('a'), event(ResponsibilityRuleWithdrawn, { rule: id('a'), reason: 'Fel.' }))
    .when(setResponsibilityRule, asks('b'), needs)
    .then(set('b'));
});

test('the first and the last day belong to a rule: one that begins on the other’s last day overlaps it, one the day after does not', () => {
  const before = set('before', { to: day('2022-09-30') });
  given(before)
    .when(setResponsibilityRule, asks('a', { from: day('2022-09-30') }), needs)
    .thenRefused('responsibility.overlap');
  given(before)
    .when(setResponsibilityRule, asks('a', { from: day('2022-10-01') }), needs)
    .then(set('a', { from: day('2022-10-01') }));
});

test('a board that will hold what both name makes them overlap, unless one of them ends before that', () => {
  const norrmalm = set('norrmalm', { match: { operatingBoard: ids.norrmalm } });
  const ostermalm = { match: { operatingBoard: ids.ostermalm } };
  given(norrmalm).when(setResponsibilityRule, asks('ostermalm', ostermalm), needs).thenRefused('responsibility.overlap');
  given(norrmalm)
    .when(setResponsibilityRule, asks('ostermalm', { ...ostermalm, to: day('2023-06-30') }), needs)
    .then(set('ostermalm', { ...ostermalm, to: day('2023-06-30') }));
});

test('recorded as disputed it is taken, with both claims; neither is the answer where both would be', () => {
  const general = set('general', { match: { service: 'short-term-supervision' }, answer: { who: 'operating' }, basis: 'KL 6:6' });
  const decided = given(general).when(setResponsibilityRule, asks('a', { disputed: true }), needs);
  const dispute = event(ResponsibilityDisputed, {
    dispute: derivedId(id('a'), 'dispute', 0),
    kind: 'operational-follow-up',
    match: terms().match,
    from: day('2016-01-01'),
    claims: [
      { claim: id('a'), rule: id('a') },
      { claim: id('general'), rule: id('general') },
    ],
  });
  decided.then(set('a'), dispute);
  const facts = [general, ...decided.events];
  const answer = answered(facts, '2022-10-01');
  expect(answer).toMatchObject({ outcome: 'disputed', disputes: [dispute.data.dispute] });
  expect(answer.outcome === 'disputed' && answer.claims.map(({ source }) => source).toSorted()).toEqual(['KL 6:6', 'Reglemente']);
  expect(answered(facts, '2022-10-01', { service: 'short-term-supervision', operatingBoard: ids.norrmalm })).toMatchObject({
    outcome: 'designated',
    designee: { board: ids.norrmalm },
  });
});

test('one that would be disputed with more rules than anybody compares is refused as responsibility.too-many-overlaps', () => {
  const units = Array.from({ length: 20 }, (_, n) => set(`service ${n}`, { match: { service: `service-${n}` } }));
  given(...units)
    .when(setResponsibilityRule, asks('a', { match: {}, disputed: true }), needs)
    .thenRefused('responsibility.too-many-overlaps');
});

test.each([
  ['responsibility.service-code', { match: { service: 'Korttidstillsyn' } }],
  ['responsibility.not-a-board', { match: { operatingBoard: ids.law } }],
  ['responsibility.not-a-board', { match: { contractingBoard: id('nobody') } }],
  ['responsibility.not-a-board', { match: { grantingBoard: ids.council } }],
  ['unit.unknown', { match: { operatingUnit: id('nobody') } }],
  ['responsibility.unit-elsewhere', { match: { operatingUnit: ids.school, operatingBoard: ids.social } }],
  ['responsibility.designation', { answer: { who: 'named' } }],
  ['responsibility.designation', { answer: { who: 'operating', board: ids.social } }],
  ['responsibility.designation', { answer: { who: 'not-applicable', performingUnit: ids.law } }],
  ['responsibility.not-a-board', { answer: { who: 'named', board: ids.law } }],
  ['unit.unknown', { answer: { who: 'named', board: ids.social, performingUnit: id('nobody') } }],
  ['unit.unknown', { answer: { who: 'named', board: ids.social, assistingUnits: [id('nobody')] } }],
  ['responsibility.period-reversed', { to: day('2015-12-31') }],
  ['responsibility.board-absent', { answer: { who: 'named', board: ids.norrmalm }, from: day('2023-07-01') }],
  ['responsibility.board-absent', { answer: { who: 'named', board: ids.inner }, from: day('2023-06-30') }],
] as const)('it is refused as %s: %j', (code, said) => {
  given()
    .when(setResponsibilityRule, asks('a', said as Parameters<typeof terms>[0]), needs)
    .thenRefused(code);
});

test('a decision that is cited must count', () => {
  const decision = { meeting: id('meeting'), point: id('point') };
  given().when(setResponsibilityRule, asks('a', { decision }), needs).thenRefused('decision.unknown');
});
