import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { recordResponsibilityDisputed, RecordResponsibilityDisputed } from './record-responsibility-disputed.js';
import {
  ResponsibilityDisputed,
  ResponsibilityRuleEnded,
  ResponsibilityRuleWithdrawn,
  ResponsibilitySettled,
  RulesOfAgreementSet,
  type DisputeData,
  type ResponsibilityEvent,
} from './responsibility.events.js';
import { after, answered, given, id, ids, needs, set, terms } from './responsibilities.given.js';
import { disputesOf } from './responsibility-rules.js';
import { stockholmDispute } from './sample-rules.js';
import { settleResponsibilityDispute, SettleResponsibilityDispute } from './settle-responsibility-dispute.js';

const records = (said: Partial<RecordResponsibilityDisputed> = {}) => Object.assign(new RecordResponsibilityDisputed(), stockholmDispute, said);
const recordedBy = (command: RecordResponsibilityDisputed, ...facts: readonly ResponsibilityEvent[]) =>
  given(...facts).when(recordResponsibilityDisputed, command, needs).events;
const grounds = 'Enligt nämndernas beslut.';
const settles = (said: Partial<SettleResponsibilityDispute>) => Object.assign(new SettleResponsibilityDispute(), { grounds }, said);
const disputeIn = (...facts: readonly ResponsibilityEvent[]): DisputeData => [...disputesOf(after(...facts))][0]!;

test('what sources contradict each other about is answered with each claim and its source, for its days', () => {
  const facts = recordedBy(records());
  expect(facts).toHaveLength(1);
  expect(answered(facts, '2021-03-01', undefined, 'contract-follow-up')).toMatchObject({
    outcome: 'disputed',
    claims: [{ source: '[003] Förvaltningens synpunkter och förslag' }, { source: 'Stadsrevisionen, Nr 5 2020, enligt [000] och [003]' }],
  });
  expect(answered(facts, '2022-06-14', undefined, 'contract-follow-up').outcome).toBe('none-designated');
  expect(answered(facts, '2021-03-01').outcome).toBe('none-designated');
});

test('the same claims again say nothing new', () => {
  given(...recordedBy(records()))
    .when(recordResponsibilityDisputed, records(), needs)
    .thenNothing();
});

test('a claim may be a standing rule’s; its basis is the source', () => {
  const rule = set('a');
  const claims = [{ rule: id('a') }, { answer: { who: 'operating' as const }, source: '[002]' }];
  const facts = [rule, ...recordedBy(records({ kind: 'operational-follow-up', claims }), rule)];
  expect(answered(facts, '2021-03-01')).toMatchObject({
    outcome: 'disputed',
    claims: [
      { claim: id('a'), source: 'Reglemente', designee: { board: ids.social } },
      { source: '[002]', designee: { board: ids.education } },
    ],
  });
});

test.each([
  ['responsibility.period-reversed', { to: day('2015-01-01') }],
  ['responsibility.claim-empty', { claims: [{ text: 'Påstående' }, { text: 'Annat', source: '[002]' }] }],
  ['responsibility.claim-empty', { claims: [{ source: '[003]' }, { text: 'Annat', source: '[002]' }] }],
  ['responsibility.claim-rule-unknown', { claims: [{ rule: id('nobody') }, { text: 'Annat', source: '[002]' }] }],
  ['responsibility.claim-elsewhere', { kind: 'overall' as const, claims: [{ rule: id('a') }, { text: 'Annat', source: '[002]' }] }],
  ['responsibility.claim-twice', { kind: 'operational-follow-up' as const, claims: [{ rule: id('a') }, { rule: id('a') }] }],
  [
    'responsibility.designation',
    {
      claims: [
        { answer: { who: 'named' as const }, source: '[003]' },
        { text: 'Annat', source: '[002]' },
      ],
    },
  ],
  ['responsibility.not-a-board', { match: { operatingBoard: ids.law } }],
] as const)('it is refused as %s', (code, said) => {
  given(set('a'))
    .when(recordResponsibilityDisputed, records(said as Partial<RecordResponsibilityDisputed>), needs)
    .thenRefused(code);
});

const freely = [
  { text: 'Socialnämnden', answer: { who: 'named' as const, board: ids.social }, source: '[003]' },
  { text: 'Ingen', source: '[002]' },
];
const disputed = recordedBy(records({ kind: 'operational-follow-up', claims: freely }));
const { dispute, claims } = disputeIn(...disputed);

test('a claim that prevails becomes the rule from the day it is settled, on its source; before that it was disputed', () => {
  const settled = given(...disputed).when(settleResponsibilityDispute, settles({ dispute, claim: claims[0]!.claim, from: day('2022-01-01') }), needs);
  settled.thenTypes('ResponsibilitySettled', 'ResponsibilityRuleSet');
  const facts = [...disputed, ...settled.events];
  expect(answered(facts, '2021-12-31').outcome).toBe('disputed');
  expect(answered(facts, '2022-01-01')).toMatchObject({ outcome: 'designated', designee: { board: ids.social }, bases: [{ basis: '[003]' }] });
  expect(answered(facts, '2022-06-14').outcome).toBe('none-designated');
});

test('where no claim prevails nobody is designated', () => {
  const settled = given(...disputed).when(settleResponsibilityDispute, settles({ dispute }), needs);
  settled.then(event(ResponsibilitySettled, { dispute, from: stockholmDispute.from, grounds }));
  expect(answered([...disputed, ...settled.events], '2021-03-01').outcome).toBe('none-designated');
});

test('settled again in the same way says nothing new, in another way is refused as responsibility.settled', () => {
  const fact = event(ResponsibilitySettled, { dispute, from: day('2022-01-01'), grounds });
  given(...disputed, fact)
    .when(settleResponsibilityDispute, settles({ dispute, from: day('2022-01-01') }), needs)
    .thenNothing();
  given(...disputed, fact)
    .when(settleResponsibilityDispute, settles({ dispute, from: day('2022-02-01') }), needs)
    .thenRefused('responsibility.settled');
});

test.each([
  ['responsibility.dispute-unknown', { dispute: id('nobody') }],
  ['responsibility.claim-unknown', { claim: id('nobody') }],
  ['responsibility.not-disputed-then', { from: day('2015-12-31') }],
  ['responsibility.not-disputed-then', { from: day('2022-06-14') }],
  ['decision.unknown', { decision: { meeting: id('meeting'), point: id('point') } }],
] as const)('settling is refused as %s', (code, said) => {
  given(...disputed)
    .when(settleResponsibilityDispute, settles({ dispute, ...said }), needs)
    .thenRefused(code);
});

const wide = set('wide', { match: { service: 'short-term-supervision' }, basis: 'Allmän' });
const narrow = set('narrow', { basis: 'Särskild' });
const between = event(ResponsibilityDisputed, {
  dispute: id('between'),
  kind: 'operational-follow-up',
  match: terms().match,
  from: day('2016-01-01'),
  claims: [
    { claim: id('narrow'), rule: id('narrow') },
    { claim: id('wide'), rule: id('wide') },
  ],
});

test('where the wider of two rules prevails the narrower one ends, or has never held', () => {
  given(wide, narrow, between)
    .when(settleResponsibilityDispute, settles({ dispute: id('between'), claim: id('wide'), from: day('2022-01-01') }), needs)
    .then(
      event(ResponsibilitySettled, { dispute: id('between'), from: day('2022-01-01'), claim: id('wide'), grounds }),
      event(ResponsibilityRuleEnded, { rule: id('narrow'), to: day('2021-12-31'), reason: 'Tvisten om ansvaret är avgjord: Allmän' }),
    );
  const settled = given(wide, narrow, between).when(settleResponsibilityDispute, settles({ dispute: id('between'), claim: id('wide') }), needs);
  settled.thenTypes('ResponsibilitySettled', 'ResponsibilityRuleWithdrawn');
  expect(answered([wide, narrow, between, ...settled.events], '2021-03-01')).toMatchObject({ outcome: 'designated', bases: [{ basis: 'Allmän' }] });
});

test('a rule that holds for more, or longer, than the one that prevails is narrowed first: it is refused as responsibility.still-overlapping', () => {
  given(wide, narrow, between)
    .when(settleResponsibilityDispute, settles({ dispute: id('between'), claim: id('narrow') }), needs)
    .thenRefused('responsibility.still-overlapping');
  given(wide, narrow, between)
    .when(settleResponsibilityDispute, settles({ dispute: id('between') }), needs)
    .thenRefused('responsibility.still-overlapping');
  const short = event(ResponsibilityRuleEnded, { rule: id('wide'), to: day('2025-12-31'), reason: 'Skäl.' });
  given(wide, narrow, between, short)
    .when(settleResponsibilityDispute, settles({ dispute: id('between'), claim: id('wide') }), needs)
    .thenRefused('responsibility.still-overlapping');
});

test('once one of them is withdrawn nothing is disputed any more, and it can be settled as it stands', () => {
  const withdrawn = event(ResponsibilityRuleWithdrawn, { rule: id('wide'), reason: 'Skäl.' });
  expect(answered([wide, narrow, between, withdrawn], '2021-03-01')).toMatchObject({ outcome: 'designated', bases: [{ basis: 'Särskild' }] });
  given(wide, narrow, between, withdrawn)
    .when(settleResponsibilityDispute, settles({ dispute: id('between') }), needs)
    .thenTypes('ResponsibilitySettled');
});

test('a clause of an agreement that loses is for the agreement to revise', () => {
  const { kind, match, answer, basis } = terms();
  const clause = event(RulesOfAgreementSet, {
    agreement: ids.agreement,
    version: 'v1',
    from: day('2022-10-01'),
    rules: [{ rule: id('narrow'), clause: '1', kind, match, answer, basis }],
    disputes: [between.data],
  });
  given(wide, clause)
    .when(settleResponsibilityDispute, settles({ dispute: id('between'), claim: id('wide'), from: day('2022-10-01') }), needs)
    .thenRefused('responsibility.still-overlapping');
});
