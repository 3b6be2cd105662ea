import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { PreparationStepsSet } from './calendar.events.js';
import { givenCalendar, ids, needs, on, planned } from './meetings.given.js';
import { setPreparationSteps } from './set-preparation-steps.js';

const steps = [
  { name: 'Tjänsteutlåtande', workingDays: 15 },
  { name: 'Förvaltningsgrupp', calendar: [day('2022-06-08'), day('2022-05-11')] },
  { name: 'Rådet för funktionshinderfrågor', calendar: [day('2022-06-09')] },
];
const set = { board: ids.social, steps };
const said = (step: object) => ({ board: ids.social, steps: [{ name: 'Facknämnd', ...step }] });
const stepsSet = event(PreparationStepsSet, {
  board: ids.social,
  steps: [steps[0]!, { name: 'Förvaltningsgrupp', calendar: [day('2022-05-11'), day('2022-06-08')] }, steps[2]!],
});

test('steps are working days before the next, or on days of their own, earliest first', () => {
  givenCalendar().when(setPreparationSteps, set, on('2022-01-10'), needs).then(stepsSet);
});

test('the same steps again, and none where there were none, say nothing new', () => {
  givenCalendar(stepsSet).when(setPreparationSteps, set, on('2022-01-11'), needs).thenNothing();
  givenCalendar(planned()).when(setPreparationSteps, { board: ids.social, steps: [] }, on('2022-01-11'), needs).thenNothing();
  givenCalendar().when(setPreparationSteps, { board: ids.social, steps: [] }, on('2022-01-11'), needs).thenNothing();
});

test('steps are taken away by setting none', () => {
  givenCalendar(stepsSet)
    .when(setPreparationSteps, { board: ids.social, steps: [] }, on('2022-01-11'), needs)
    .then(event(PreparationStepsSet, { board: ids.social, steps: [] }));
});

test('a step with neither or with both is refused as steps.days-or-calendar', () => {
  givenCalendar().when(setPreparationSteps, said({}), on('2022-01-10'), needs).thenRefused('steps.days-or-calendar');
  givenCalendar()
    .when(setPreparationSteps, said({ workingDays: 0, calendar: [day('2022-05-11')] }), on('2022-01-10'), needs)
    .thenRefused('steps.days-or-calendar');
});

test('two steps of one name are refused as steps.name-twice', () => {
  givenCalendar()
    .when(setPreparationSteps, { board: ids.social, steps: [steps[0]!, steps[0]!] }, on('2022-01-10'), needs)
    .thenRefused('steps.name-twice');
});

test('another board’s steps and what is no board are refused', () => {
  givenCalendar()
    .when(setPreparationSteps, set, on('2022-01-10', { unit: ids.education }), needs)
    .thenRefused('board.not-yours');
  givenCalendar()
    .when(setPreparationSteps, { ...set, board: ids.auditors }, on('2022-01-10'), needs)
    .thenRefused('board.unknown');
});
