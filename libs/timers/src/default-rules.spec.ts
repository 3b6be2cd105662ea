import { expect, test } from '@jest/globals';
import { day, event, instant, MAX_EVENTS } from '#libs/kernel';
import { read } from '#libs/fields';
import { given } from '#libs/testing';
import { DEADLINE_TYPES } from './deadline-types.js';
import { setDeadline } from './deadline-decisions.js';
import { planFor, planUntil, type DeadlineRule, type RuleTerms } from './deadline-rule.js';
import { DeadlineRuleSet } from './deadline-rules.events.js';
import { deadlineRules, deadlineRulesId } from './deadline-rules.js';
import { evolveDeadlines } from './deadline.js';
import { defaultRules } from './default-rules.js';
import { knock, MISSED } from './knock.js';
import { SetDeadlineRule, setDeadlineRule } from './set-deadline-rule.js';

const of = { deadline: '1e3c1fd2-3b0a-4a57-8a5e-0d2f6f0c9a01', unit: '5b1f3f0e-6a5f-4c1c-9a55-3c1f8f3d9a02', responsible: 'department-head' };
const by = { actor: '7f0e6a52-2d2e-4f0e-8f3e-0f1d7a3b9c04', role: 'system', unit: of.unit };
const now = instant('2026-11-22T08:00:00Z');
const ruleOf = (type: string): DeadlineRule => ({ ...defaultRules.find((rule) => rule.type === type)!, id: of.deadline, version: 1 });
const all = defaultRules.map((rule) => [rule.type, rule] as const);
const ladderOf = (type: string, dueOn: string) =>
  planUntil(ruleOf(type), day('2026-01-01'), day(dueOn), of).ladder.map(({ role, on, repeat }) => `${on} ${role}${repeat ? ', monthly' : ''}`);

test('every type of deadline has its rule from the beginning', () => {
  expect(defaultRules.map(({ type }) => type)).toEqual([...DEADLINE_TYPES.keys()]);
});

test.each(all)('the rule for %s is one that an administrator could have set', (_type, rule: RuleTerms) => {
  const { start: _start, ladder, ...rest } = rule;
  const command = read(SetDeadlineRule, { ...rest, ladder: ladder.map(({ rung: _rung, ...step }) => step) });
  given(deadlineRules)
    .when(setDeadlineRule, command, { now, by, id: deadlineRulesId('stockholm') })
    .then(event(DeadlineRuleSet, { ...rule, version: 1 }));
});

test('an agreement that lapses is reminded of half a year, three months and a month before: new decisions of several boards take time', () => {
  expect(ladderOf('agreement-lapse', '2023-12-29').slice(0, 4)).toEqual([
    '2023-06-30 department-head',
    '2023-09-29 department-head',
    '2023-11-29 department-head',
    '2024-01-02 department-head',
  ]);
});

test('a reply is reminded of 14 and 3 days before, the working day after, then above: the process owner, the head of administration, monthly', () => {
  expect(ladderOf('reply', '2020-10-15')).toEqual([
    '2020-10-01 department-head',
    '2020-10-12 department-head',
    '2020-10-16 department-head',
    '2020-10-22 process-owner',
    '2020-10-29 head-of-administration, monthly',
  ]);
});

test('an action without a day is asked for within twenty working days of the reply, and then monthly', () => {
  const plan = planFor(ruleOf('undated-action'), day('2020-10-01'), of);
  expect(plan.dueOn).toBe('2020-10-29');
  expect(ladderOf('undated-action', plan.dueOn)).toEqual([
    '2020-10-26 department-head',
    '2020-10-30 department-head, monthly',
    '2020-11-05 process-owner',
    '2020-11-12 head-of-administration, monthly',
  ]);
});

test('minutes are approved within fourteen days, and that is announced within two more', () => {
  expect(planFor(ruleOf('minutes'), day('2020-09-24'), of).dueOn).toBe('2020-10-08');
  expect(planFor(ruleOf('announcement'), day('2020-10-08'), of).dueOn).toBe('2020-10-10');
});

test.each(all)('a deadline of type %s that was set and then not looked at for thirty years fits into one append', (type) => {
  const plan = planUntil(ruleOf(type), day('1995-01-01'), day('1996-01-01'), of);
  const set = setDeadline(plan, instant('1995-01-01T08:00:00Z'));
  const said = knock({ generation: 1, rung: MISSED, occurrence: 0 }, set.reduce(evolveDeadlines, {})[of.deadline], now);
  expect(said.length).toBeGreaterThan(2);
  expect(said.length).toBeLessThanOrEqual(MAX_EVENTS);
  expect(setDeadline(plan, now).length).toBeLessThanOrEqual(3);
});
