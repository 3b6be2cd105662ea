import { test } from '@jest/globals';
import { fifteenDays, given, goals, ids, on, orderEnded, planApproved, planReceived, planReviewed, returned, sent } from './order.given.js';
import { reviewGenomförandeplan, type GoalReview, type ReviewGenomförandeplan } from './review-genomforandeplan.js';

const received = [...sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09')];
const outcomes = (last: GoalReview['outcome'] = 'covered'): GoalReview[] => goals.map((goal, index) => ({ goal, outcome: index === 2 ? last : 'covered' }));
const review = (more: Partial<ReviewGenomförandeplan> = {}): ReviewGenomförandeplan => ({
  orderId: ids.order,
  version: 1,
  goals: outcomes(),
  canBeFollowedUp: true,
  ...more,
});

test('the latest plan is held against the goals, goal by goal', () => {
  given(received).when(reviewGenomförandeplan, review(), on('2020-10-12')).then(planReviewed());
});

test.each(['unclear', 'missing'] as const)('a goal may be found %s', (last) => {
  given(received)
    .when(reviewGenomförandeplan, review({ goals: outcomes(last) }), on('2020-10-12'))
    .then(planReviewed(1, { last }));
});

test('a plan may cover every goal and still not be possible to follow up; what was seen is personal', () => {
  given(received)
    .when(reviewGenomförandeplan, review({ canBeFollowedUp: false, note: 'Hur mäts delmålet?' }), on('2020-10-12'))
    .then(planReviewed(1, { canBeFollowedUp: false, note: 'Hur mäts delmålet?' }));
});

test('an approved plan may be reviewed again, as in a spot check', () => {
  given(received, planReviewed(), planApproved('2020-10-12'))
    .when(reviewGenomförandeplan, review({ goals: outcomes('unclear') }), on('2020-11-12'))
    .then(planReviewed(1, { last: 'unclear' }));
});

test('before any plan a review is refused as plan.not-received', () => {
  given(sent()).when(reviewGenomförandeplan, review(), on('2020-10-12')).thenRefused('plan.not-received');
});

test('an earlier version is refused as plan.not-the-latest, and so is one that never came', () => {
  const second = [...received, planReceived('2020-10-10', { version: 2 })];
  given(second).when(reviewGenomförandeplan, review(), on('2020-10-12')).thenRefused('plan.not-the-latest');
  given(second)
    .when(reviewGenomförandeplan, review({ version: 3 }), on('2020-10-12'))
    .thenRefused('plan.not-the-latest');
});

test('of two plans the one that came last is the latest, in whatever order they were recorded', () => {
  given(received, planReceived('2020-10-07', { version: 2, latest: 1 }))
    .when(reviewGenomförandeplan, review(), on('2020-10-12'))
    .then(planReviewed());
});

test('a version that was returned is refused as plan.returned: the next one is awaited', () => {
  given(returned()).when(reviewGenomförandeplan, review(), on('2020-10-13')).thenRefused('plan.returned');
});

test('a goal of another order is refused as goal.unknown', () => {
  given(received)
    .when(reviewGenomförandeplan, review({ goals: [...outcomes(), { goal: ids.otherOrder, outcome: 'covered' }] }), on('2020-10-12'))
    .thenRefused('goal.unknown');
});

test('a goal reviewed twice is refused as goal.twice', () => {
  given(received)
    .when(reviewGenomförandeplan, review({ goals: [...outcomes(), { goal: goals[0], outcome: 'missing' }] }), on('2020-10-12'))
    .thenRefused('goal.twice');
});

test('a goal left out is refused as goal.left-out', () => {
  given(received)
    .when(reviewGenomförandeplan, review({ goals: outcomes().slice(1) }), on('2020-10-12'))
    .thenRefused('goal.left-out');
});

test('of an order that has ended nothing is reviewed: order.ended', () => {
  given(received, orderEnded('2020-10-11')).when(reviewGenomförandeplan, review(), on('2020-10-12')).thenRefused('order.ended');
});

test('a review of an order that is not there is refused as order.unknown', () => {
  given().when(reviewGenomförandeplan, review(), on('2020-10-12')).thenRefused('order.unknown');
});
