import { expect, test } from '@jest/globals';
import { read } from '#libs/fields';
import { day, event, instant, type Event, type Stream } from '#libs/kernel';
import { given, stateAfter } from '#libs/testing';
import { type RuleTerms } from './deadline-rule.js';
import { genomförandeplanRule } from './default-rules.js';
import { DeadlineRuleSet } from './deadline-rules.events.js';
import { deadlineRule, deadlineRules, deadlineRulesId, ruleOn } from './deadline-rules.js';
import { REMINDER_TIMES, SetDeadlineRule, setDeadlineRule } from './set-deadline-rule.js';

const by = { actor: '7f0e6a52-2d2e-4f0e-8f3e-0f1d7a3b9c04', role: 'administrator', unit: '5b1f3f0e-6a5f-4c1c-9a55-3c1f8f3d9a02' };
const now = instant('2026-11-22T08:00:00Z');
const asked = { now, by, id: deadlineRulesId('stockholm') };

const command = (change: object = {}): SetDeadlineRule =>
  read(SetDeadlineRule, {
    type: 'genomforandeplan',
    validFrom: '2020-01-01',
    length: { days: 15, unit: 'calendar-days' },
    roll: 'none',
    time: '08:00',
    ladder: [
      { role: 'case-officer', offset: -5, unit: 'calendar-days' },
      { role: 'case-officer', offset: -1, unit: 'calendar-days' },
      { role: 'case-officer', offset: 1, unit: 'working-days' },
      { role: 'unit-manager', offset: 3, unit: 'working-days', repeat: { everyDays: 7, limit: 12 }, escalation: true },
    ],
    ...change,
  });
const terms = (change: Partial<RuleTerms> = {}): RuleTerms => ({ ...genomförandeplanRule, validFrom: day('2020-01-01'), ...change });
const wasSet = (version: number, change: Partial<RuleTerms> = {}) => event(DeadlineRuleSet, { ...terms(change), version });
const from2021 = { validFrom: day('2021-01-01'), length: { days: 20, unit: 'calendar-days' as const } };

const after = (...facts: ReturnType<typeof wasSet>[]) => ({
  set: (change?: object) => given(deadlineRules, ...facts).when(setDeadlineRule, command(change), asked),
});
const rulesAfter = (...facts: ReturnType<typeof wasSet>[]) => stateAfter(deadlineRules, facts, asked);

test('the first rule of a type is its version 1', () => {
  after().set().then(wasSet(1));
});

test('a rule may end on a day, move a last day on, and remind nobody', () => {
  after()
    .set({ validTo: '2020-12-31', roll: 'forward', ladder: [] })
    .then(wasSet(1, { validTo: day('2020-12-31'), roll: 'forward', ladder: [] }));
});

test('a rule may remind whoever answers for the thing; who that is stays open', () => {
  after()
    .set({ ladder: [{ role: 'responsible', offset: -3, unit: 'calendar-days' }] })
    .then(wasSet(1, { ladder: [{ rung: 'responsible-3-calendar-days-before', role: 'responsible', offset: -3, unit: 'calendar-days' }] }));
});

test('the same rule again says nothing new', () => {
  after(wasSet(1)).set().thenNothing();
});

test('a rule from a later day is the next version', () => {
  after(wasSet(1)).set(from2021).then(wasSet(2, from2021));
});

test('a rule from the same day, otherwise worded, is put in its place', () => {
  after(wasSet(1))
    .set({ time: '09:30' })
    .then(wasSet(2, { time: '09:30' }));
  expect(ruleOn(rulesAfter(wasSet(1), wasSet(2, { time: '09:30' })), 'genomforandeplan', day('2020-01-01'))).toMatchObject({ version: 2, time: '09:30' });
});

test('a rule may follow on the day after one that has an end', () => {
  after(wasSet(1, { validTo: day('2020-12-31') }))
    .set(from2021)
    .then(wasSet(2, from2021));
});

test('a rule that would begin before a later one is refused as deadline-rule.later-one-set', () => {
  after(wasSet(1), wasSet(2, from2021)).set({ validFrom: '2020-12-31' }).thenRefused('deadline-rule.later-one-set');
});

test('a rule that would begin before the former has ended is refused as deadline-rule.overlaps', () => {
  after(wasSet(1, { validTo: day('2021-01-01') }))
    .set(from2021)
    .thenRefused('deadline-rule.overlaps');
});

test('a last day before the first is refused as deadline-rule.period-contradictory', () => {
  after().set({ validTo: '2019-12-31' }).thenRefused('deadline-rule.period-contradictory');
});

test('the same reminder twice is refused as deadline-rule.reminder-twice', () => {
  const step = { role: 'case-officer', offset: -1, unit: 'calendar-days' };
  after()
    .set({ ladder: [step, { ...step, escalation: true }] })
    .thenRefused('deadline-rule.reminder-twice');
});

test('the rule of a start day is the one that began last; before the first and after an end there is none', () => {
  const state = rulesAfter(wasSet(1), wasSet(2, { ...from2021, validTo: day('2021-12-31') }));
  const versionOn = (on: string) => ruleOn(state, 'genomforandeplan', day(on))?.version;
  expect(['2019-12-31', '2020-01-01', '2020-12-31', '2021-01-01', '2021-12-31', '2022-01-01'].map(versionOn)).toEqual([undefined, 1, 1, 2, 2, undefined]);
  expect(ruleOn(state, 'other', day('2020-06-01'))).toBeUndefined();
});

const reads = (...facts: ReturnType<typeof wasSet>[]) => ({
  fold: <S, E extends Event>(stream: Stream<S, E>) =>
    Promise.resolve({ state: stateAfter(stream, facts as unknown as E[], asked), revision: facts.length - 1, etag: facts.length - 1, lastId: undefined }),
});
const context = { tenant: 'stockholm', by, commandId: deadlineRulesId('x'), corr: '0'.repeat(32), now };
const need = deadlineRule<{ sentOn: string }>('genomforandeplan', ({ sentOn }) => day(sentOn));

test('a decision is given the rule of its start day and cites the event that set it', async () => {
  const { value, basis } = await need(reads(wasSet(1), wasSet(2, from2021)), { sentOn: '2020-10-01' }, context);
  expect(value).toMatchObject({ version: 1, length: { days: 15 } });
  expect(basis).toEqual([value.id]);
});

test('where no rule holds on the start day the decision is refused as deadline-rule.missing', async () => {
  await expect(need(reads(), { sentOn: '2020-10-01' }, context)).rejects.toMatchObject({ kind: 'contradictory', code: 'deadline-rule.missing' });
  const other = deadlineRule<object>('other', () => day('2020-10-01'));
  await expect(other(reads(wasSet(1)), {}, context)).rejects.toMatchObject({ code: 'deadline-rule.missing' });
});

test('nobody is reminded in an hour that the clocks skip or repeat', () => {
  expect([REMINDER_TIMES[0], REMINDER_TIMES[4], REMINDER_TIMES.at(-1)]).toEqual(['06:00', '08:00', '20:00']);
});
