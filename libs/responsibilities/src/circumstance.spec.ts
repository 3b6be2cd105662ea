import { expect, test } from '@jest/globals';
import { event } from '#libs/kernel';
import { StatementMade, statementId, WorkingValueChosen } from '#libs/statements';
import { given as givenFacts, stateAfter } from '#libs/testing';
import { chooseCircumstanceValue, ChooseCircumstanceValue } from './choose-circumstance-value.js';
import { circumstance } from './circumstance.js';
import { ResponsibilityCircumstanceNoted, type CircumstanceEvent } from './circumstance.events.js';
import { saidOf } from './circumstances-shown.js';
import { noteResponsibilityCircumstance, NoteResponsibilityCircumstance } from './note-responsibility-circumstance.js';
import { id, ids, on, organisation } from './responsibilities.given.js';
import { stockholmCircumstance, stockholmStatements } from './sample-rules.js';
import { stateAboutCircumstance, StateAboutCircumstance } from './state-about-circumstance.js';

const asked = { ...on('2022-10-01'), id: id('circumstance') };
const given = (...facts: readonly CircumstanceEvent[]) => givenFacts(circumstance, ...facts);
const notes = (said: Partial<NoteResponsibilityCircumstance> = {}) => Object.assign(new NoteResponsibilityCircumstance(), stockholmCircumstance, said);
const { kind, match, title, source } = stockholmCircumstance;
const noted = event(ResponsibilityCircumstanceNoted, { circumstance: id('circumstance'), kind: kind!, match, title, source });
const states = (nth: 0 | 1) => Object.assign(new StateAboutCircumstance(), { circumstance: id('circumstance') }, stockholmStatements[nth]!);
const made = (nth: 0 | 1) => {
  const { circumstance: _, ...said } = states(nth);
  return event(StatementMade, { statement: statementId(id('circumstance'), said), ...said });
};

test('a circumstance is noted, once; another title under its id is refused as circumstance.exists', () => {
  given().when(noteResponsibilityCircumstance, notes(), asked, { organisation }).then(noted);
  given(noted).when(noteResponsibilityCircumstance, notes(), asked, { organisation }).thenNothing();
  given(noted)
    .when(noteResponsibilityCircumstance, notes({ title: 'Annat' }), asked, { organisation })
    .thenRefused('circumstance.exists');
});

test('its fields name boards that there are', () => {
  given()
    .when(noteResponsibilityCircumstance, notes({ match: { operatingBoard: ids.law } }), asked, { organisation })
    .thenRefused('responsibility.not-a-board');
});

test('two sources that give different years are both kept, and shown together whichever is worked with', () => {
  given(noted).when(stateAboutCircumstance, states(0), asked).then(made(0));
  given(noted, made(0)).when(stateAboutCircumstance, states(0), asked).thenNothing();
  const { statement } = made(1).data;
  const chosen = event(WorkingValueChosen, { about: 'decided-on', statement });
  given(noted, made(0), made(1))
    .when(chooseCircumstanceValue, Object.assign(new ChooseCircumstanceValue(), { circumstance: id('circumstance'), about: 'decided-on', statement }), asked)
    .then(chosen);
  const state = stateAfter(circumstance, [noted, made(0), made(1), chosen], asked);
  expect(state.status === 'noted' && saidOf(state.statements, 'decided-on')).toBe('April 2020 [000] / 2021 [002]');
  expect(saidOf({ content: { statements: [{ statement, value: 'så', source: 'Protokoll § 3' }] } }, 'content')).toBe('Så (Protokoll § 3)');
});

test('of one that nobody has noted nothing is stated: circumstance.unknown', () => {
  given().when(stateAboutCircumstance, states(0), asked).thenRefused('circumstance.unknown');
  const choice = Object.assign(new ChooseCircumstanceValue(), { circumstance: id('circumstance'), about: 'decided-on' as const });
  given().when(chooseCircumstanceValue, choice, asked).thenRefused('circumstance.unknown');
});
