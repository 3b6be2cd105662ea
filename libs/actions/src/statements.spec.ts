import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { differ, statementId } from '#libs/statements';
import { after, given, ids, on, owner, promised } from './action.given.js';
import { chooseActionValue } from './choose-action-value.js';
import { stateAboutAction } from './state-about-action.js';

// Case A: when the model was decided. [000] says April 2020, [002] under 2021.

const april = {
  action: ids.action,
  about: 'decided-on' as const,
  value: 'april 2020',
  on: { from: day('2020-04-01'), to: day('2020-04-30') },
  source: '[000]',
};
const in2021 = {
  action: ids.action,
  about: 'decided-on' as const,
  value: 'under 2021',
  on: { from: day('2021-01-01'), to: day('2021-12-31') },
  source: '[002]',
};
const asked = on('2022-06-01', owner);

test('sources that say different things are both kept, and the action is flagged', () => {
  const facts = [...promised(), ...given(promised()).when(stateAboutAction, april, asked).events];
  const both = [...facts, ...given(facts).when(stateAboutAction, in2021, asked).events];
  const state = after(both);
  expect(state.status !== 'none' && differ(state.statements, 'decided-on')).toBe(true);
  const chosen = given(both).when(chooseActionValue, { action: ids.action, about: 'decided-on', statement: statementId(ids.action, april) }, asked);
  chosen.thenTypes('WorkingValueChosen');
  expect(after(both, chosen.events)).toMatchObject({ statements: { 'decided-on': { working: statementId(ids.action, april) } } });
});

test('the same statement again says nothing new', () => {
  const facts = [...promised(), ...given(promised()).when(stateAboutAction, april, asked).events];
  given(facts).when(stateAboutAction, april, asked).thenNothing();
});

test('a statement that nobody made cannot be chosen, and nothing is stated of what is not there', () => {
  given(promised()).when(chooseActionValue, { action: ids.action, about: 'decided-on', statement: ids.point }, asked).thenRefused('statement.unknown');
  given().when(stateAboutAction, april, asked).thenRefused('action.unknown');
  given().when(chooseActionValue, { action: ids.action, about: 'decided-on' }, asked).thenRefused('action.unknown');
});
