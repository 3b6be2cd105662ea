import { test } from '@jest/globals';
import { event } from '#libs/kernel';
import { correctGoal, type CorrectGoal } from './correct-goal.js';
import { GoalCorrected } from './order.events.js';
import { given, goals, ids, on, orderEnded, sent } from './order.given.js';

const [participation, , subGoal] = goals;
const correct = (goal: string, to: Pick<CorrectGoal, 'overall' | 'wording' | 'note'>): CorrectGoal => ({ orderId: ids.order, goal, reason: 'misread', ...to });

test('a sub-goal gets its right wording, which is personal', () => {
  given(sent())
    .when(correctGoal, correct(subGoal, { wording: 'Jag vill baka själv.', note: 'Hörde fel.' }), on('2020-10-06'))
    .then(event(GoalCorrected, { orderId: ids.order, goal: subGoal, reason: 'misread' }, { wording: 'Jag vill baka själv.', note: 'Hörde fel.' }));
});

test('an overall goal gets its right code', () => {
  given(sent())
    .when(correctGoal, correct(participation, { overall: 'integrity' }), on('2020-10-06'))
    .then(event(GoalCorrected, { orderId: ids.order, goal: participation, overall: 'integrity', reason: 'misread' }, {}));
});

test('a goal of an order that has ended is corrected too', () => {
  given(sent(), orderEnded('2020-10-05'))
    .when(correctGoal, correct(participation, { overall: 'integrity' }), on('2020-10-06'))
    .thenTypes('GoalCorrected');
});

test('the code it has says nothing new, also after a correction', () => {
  given(sent())
    .when(correctGoal, correct(participation, { overall: 'participation' }), on('2020-10-06'))
    .thenNothing();
  given(sent(), event(GoalCorrected, { orderId: ids.order, goal: participation, overall: 'integrity', reason: 'misread' }, {}))
    .when(correctGoal, correct(participation, { overall: 'integrity' }), on('2020-10-06'))
    .thenNothing();
});

test('a goal that the order has already is refused as goal.already-there', () => {
  given(sent())
    .when(correctGoal, correct(participation, { overall: 'live-as-others' }), on('2020-10-06'))
    .thenRefused('goal.already-there');
});

test('a goal of another order is refused as goal.unknown', () => {
  given(sent())
    .when(correctGoal, correct(ids.otherOrder, { overall: 'integrity' }), on('2020-10-06'))
    .thenRefused('goal.unknown');
});

test.each<[string, string, Pick<CorrectGoal, 'overall' | 'wording'>]>([
  ['an overall goal by a wording', participation, { wording: 'Jag vill baka.' }],
  ['an overall goal by both', participation, { overall: 'integrity', wording: 'Jag vill baka.' }],
  ['a sub-goal by a code', subGoal, { overall: 'integrity' }],
  ['a sub-goal by both', subGoal, { overall: 'integrity', wording: 'Jag vill baka.' }],
  ['a goal by nothing', subGoal, {}],
])('to correct %s is refused as goal.kind', (_what, goal, to) => {
  given(sent()).when(correctGoal, correct(goal, to), on('2020-10-06')).thenRefused('goal.kind');
});

test('a goal of an order that is not there is refused as order.unknown', () => {
  given()
    .when(correctGoal, correct(participation, { overall: 'integrity' }), on('2020-10-06'))
    .thenRefused('order.unknown');
});
