import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { afterwardsOf, isCovered } from './coverage.js';
import { holdersOf } from './match.js';
import { ResponsibilityRuleWithdrawn } from './responsibility.events.js';
import { after, id, ids, organisation, set, terms } from './responsibilities.given.js';
import { ruleOf } from './responsibility-rules.js';
import type { Terms } from './rule-fields.js';

test('what one rule holds for is covered by one that holds for as much or more, and by nothing narrower', () => {
  const schools = { provisionForm: 'in-house-school', service: 'short-term-supervision' };
  expect(isCovered(schools, [{}])).toBe(true);
  expect(isCovered(schools, [{ service: 'short-term-supervision' }])).toBe(true);
  expect(isCovered(schools, [{ ...schools, operatingBoard: 'a' }])).toBe(false);
  expect(isCovered(schools, [{ service: 'daily-activities' }])).toBe(false);
  expect(isCovered(schools, [])).toBe(false);
});

test('several narrower ones leave out whatever none of them names', () => {
  expect(isCovered({}, [{ service: 'a' }, { service: 'b' }])).toBe(false);
  expect(isCovered({ service: 'a' }, [{ service: 'a', operatingBoard: 'x' }, { operatingBoard: 'y' }])).toBe(false);
});

test('together with a general one for the rest they leave nothing out', () => {
  expect(isCovered({ service: 'a' }, [{ service: 'a', provisionForm: 'x' }, { service: 'a' }])).toBe(true);
});

const last = day('2022-12-31');
const afterwards = (...others: readonly Partial<Terms>[]) => {
  const state = after(set('a', { to: last }), ...others.map((said, nth) => set(`other ${nth}`, said)));
  return afterwardsOf(ruleOf(state, id('a'))!, state, holdersOf(organisation));
};

test('a rule that goes on, or never held, leaves nothing behind', () => {
  const state = after(set('a'), set('b', { kind: 'overall', to: last }), event(ResponsibilityRuleWithdrawn, { rule: id('b'), reason: 'Fel.' }));
  for (const name of ['a', 'b']) expect(afterwardsOf(ruleOf(state, id(name))!, state, holdersOf(organisation))).toBeUndefined();
});

test('one that has ended leaves its fields uncovered from the day after, until others answer for all of them', () => {
  expect(afterwards()).toEqual({ without: '2023-01-01' });
  expect(afterwards({ from: day('2023-01-01') })).toEqual({ without: '2023-01-01', coveredFrom: '2023-01-01' });
  expect(afterwards({ from: day('2023-03-01') })).toEqual({ without: '2023-01-01', coveredFrom: '2023-03-01' });
  expect(afterwards({ from: day('2023-01-01'), match: { ...terms().match, operatingBoard: ids.education } })).toEqual({ without: '2023-01-01' });
  expect(afterwards({ from: day('2023-01-01'), kind: 'overall' })).toEqual({ without: '2023-01-01' });
  expect(afterwards({ from: day('2016-01-01'), to: day('2016-12-31'), match: {} })).toEqual({ without: '2023-01-01' });
});

test('from a merger on the rule of a board that took over may answer for it', () => {
  const state = after(
    set('a', { match: { operatingBoard: ids.norrmalm }, to: day('2022-12-31') }),
    set('b', { match: { operatingBoard: ids.inner }, from: day('2023-01-01') }),
  );
  expect(afterwardsOf(ruleOf(state, id('a'))!, state, holdersOf(organisation))).toEqual({ without: '2023-01-01', coveredFrom: '2023-07-01' });
});
