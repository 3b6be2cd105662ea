import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { given as givenFacts } from '#libs/testing';
import { defaultRules, type DeadlineEvent, type DeadlineRule } from '#libs/timers';
import { coverageWatch, uncoveredDeadlineId } from './coverage-watch.js';
import { ResponsibilityRuleChanged, ResponsibilityRuleEnded, ResponsibilityRuleWithdrawn, type ResponsibilityEvent } from './responsibility.events.js';
import { after, id, ids, on, organisation, set, system, terms } from './responsibilities.given.js';
import type { Terms } from './rule-fields.js';
import { watchCoverage } from './watch-coverage.js';

const rule: DeadlineRule = { ...defaultRules.find(({ type }) => type === 'responsibility-uncovered')!, id: id('rule'), version: 1 };
const watch = (facts: readonly ResponsibilityEvent[], date: string, ...before: readonly DeadlineEvent[]) =>
  givenFacts(coverageWatch, ...before).when(
    watchCoverage,
    { rule: id('a') },
    { ...on(date, system), id: id('a') },
    { responsibilities: after(...facts), organisation, rule },
  );
const types = (facts: readonly DeadlineEvent[]) => facts.map(({ type }) => type);

const ending = (to: string, said: Partial<Terms> = {}) => set('a', { to: day(to), ...said });
const next = (from: string) => set('next', { from: day(from) });

test('a rule that will end with nothing in its place: a new one is awaited by the first day without it', () => {
  const [fact] = watch([ending('2022-12-31')], '2022-10-01').events;
  expect(fact).toMatchObject({
    type: 'DeadlineSet',
    data: { deadline: uncoveredDeadlineId(id('a')), type: 'responsibility-uncovered', unit: ids.social, startOn: '2022-10-01', dueOn: '2023-01-01' },
  });
  expect(fact?.type === 'DeadlineSet' && fact.data.ladder.map(({ role, on: day_ }) => `${day_} ${role}`)).toEqual([
    '2022-12-16 process-owner',
    '2022-12-29 process-owner',
    '2023-01-02 process-owner',
    '2023-01-09 process-owner',
    '2023-01-16 head-of-administration',
  ]);
});

test('one that has ended already is missed at once, and reminded of until somebody is designated', () => {
  expect(types(watch([ending('2022-08-31')], '2022-10-01').events).slice(0, 2)).toEqual(['DeadlineSet', 'DeadlineMissed']);
});

test('where another answers from then on, or the rule goes on, there is nothing to say', () => {
  watch([ending('2022-12-31'), next('2023-01-01')], '2022-10-01').thenNothing();
  watch([set('a')], '2022-10-01').thenNothing();
  watch([], '2022-10-01').thenNothing();
});

test('asked again it says nothing new', () => {
  const facts = [ending('2022-12-31')];
  watch(facts, '2022-10-02', ...watch(facts, '2022-10-01').events).thenNothing();
});

test('a rule that takes its place in time is what was awaited', () => {
  const before = watch([ending('2022-12-31')], '2022-10-01').events;
  const met = watch([ending('2022-12-31'), next('2023-01-01')], '2022-11-01', ...before);
  met.thenTypes('DeadlineMet');
  expect(met.events[0]).toMatchObject({ data: { metOn: '2023-01-01' } });
});

test('one that begins later leaves days without anybody: that stands recorded as late', () => {
  const before = watch([ending('2022-12-31')], '2022-10-01').events;
  expect(types(watch([ending('2022-12-31'), next('2023-03-01')], '2022-11-01', ...before).events)).toEqual(['DeadlineMissed', 'DeadlineMet']);
  expect(types(watch([ending('2022-12-31'), next('2023-03-01')], '2022-10-01').events)).toEqual(['DeadlineSet', 'DeadlineMissed', 'DeadlineMet']);
});

test('where what took its place is withdrawn, a rule is awaited again', () => {
  const facts = [ending('2022-12-31'), next('2023-01-01')];
  const before = [...watch([ending('2022-12-31')], '2022-10-01').events];
  const met = [...before, ...watch(facts, '2022-11-01', ...before).events];
  const withdrawn = event(ResponsibilityRuleWithdrawn, { rule: id('next'), reason: 'Fel.' });
  watch([...facts, withdrawn], '2022-11-02', ...met).thenTypes('DeadlineMoved');
});

test('a last day that is moved moves what is awaited; a rule that goes on after all awaits nothing', () => {
  const before = watch([ending('2022-12-31')], '2022-10-01').events;
  const moved = watch(
    [ending('2022-12-31'), event(ResponsibilityRuleEnded, { rule: id('a'), to: day('2023-06-30'), reason: 'Skäl.' })],
    '2022-10-02',
    ...before,
  );
  moved.thenTypes('DeadlineMoved');
  expect(moved.events[0]).toMatchObject({ data: { dueOn: '2023-07-01' } });
  const goesOn = event(ResponsibilityRuleChanged, { rule: id('a'), ...terms(), reason: 'Skäl.' });
  watch([ending('2022-12-31'), goesOn], '2022-10-02', ...before).thenTypes('DeadlineClosed');
});

const told = (said: Partial<Terms>) => {
  const [fact] = watch([ending('2022-12-31', said)], '2022-10-01').events;
  return fact?.type === 'DeadlineSet' && fact.data.unit;
};

test('the process owner of the board that had it is told; of a rule that names none, that of whoever recorded it', () => {
  expect(told({ answer: { who: 'named', board: ids.education } })).toBe(ids.education);
  expect(told({ answer: { who: 'operating' }, match: { operatingBoard: ids.norrmalm } })).toBe(ids.norrmalm);
  expect(told({ answer: { who: 'contracting' } })).toBe(ids.social);
});
