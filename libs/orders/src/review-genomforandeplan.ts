import { Bool, Code, FreeText, Id, Int, ListOf } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import { GOAL_OUTCOMES } from './order.codes.js';
import { GenomförandeplanReviewed, type OrderEvent } from './order.events.js';
import { latestPlan, type Order, type Placed, type Plan, type Running } from './order.js';
import { assertRuns } from './order.refusals.js';

/** What the reviewer finds of one goal. */
export class GoalReview {
  @Id('One of the order’s goals.') goal!: string;
  @Code('Whether the plan covers it.', GOAL_OUTCOMES, 'GoalOutcome') outcome!: (typeof GOAL_OUTCOMES)[number];
}

/** The case officer holds the latest plan against the goals of the assessment, goal by goal. */
export class ReviewGenomförandeplan {
  @Id('The order.') orderId!: string;
  @Int('The version that was reviewed: the latest.', { min: 1 }) version!: number;
  @ListOf(() => GoalReview, { min: 1, max: 100 }) goals!: readonly GoalReview[];
  @Bool('Whether the plan can be followed up.') canBeFollowedUp!: boolean;
  @FreeText('What the provider should clarify, or what else was seen. Sealed.', { max: 4000, optional: true }) note?: string;
}

export const reviewGenomförandeplan: Decide<ReviewGenomförandeplan, Order, OrderEvent> = ({ version, goals, canBeFollowedUp, note }, order) => {
  assertRuns(order);
  assertLatest(order, version);
  assertEveryGoalOnce(order, goals);
  return [
    event(
      GenomförandeplanReviewed,
      { orderId: order.orderId, version, goals: goals.map(({ goal, outcome }) => ({ goal, outcome })), canBeFollowedUp },
      note === undefined ? {} : { note },
    ),
  ];
};

/** Refuses what is said of a plan that has not come in, that a later version stands in the place of, or that was returned. */
export const assertLatest = (order: Running, version: number): Plan => {
  const latest = latestPlan(order);
  if (!latest) throw forbidden('plan.not-received', { sv: 'Ingen genomförandeplan har kommit in än.', en: 'No genomförandeplan has come in yet.' });
  if (latest.version !== version) {
    throw contradictory(
      'plan.not-the-latest',
      {
        sv: `Version ${version} är inte den senaste; det är version ${latest.version}.`,
        en: `Version ${version} is not the latest; version ${latest.version} is.`,
      },
      '/version',
    );
  }
  if (order.status === 'awaiting-plan') {
    throw forbidden('plan.returned', {
      sv: `Version ${version} återsändes för förtydligande och en ny version väntas. Registrera den när den kommer, och granska den.`,
      en: `Version ${version} was returned for clarification and a new version is awaited. Record that one when it comes, and review it.`,
    });
  }
  return latest;
};

const assertEveryGoalOnce = (order: Placed, reviewed: readonly GoalReview[]): void => {
  const left = new Set(order.goals.map(({ goal }) => goal));
  reviewed.forEach(({ goal }, index) => {
    if (left.delete(goal)) return;
    const pointer = `/goals/${index}/goal`;
    if (order.goals.some((known) => known.goal === goal))
      throw contradictory('goal.twice', { sv: 'Målet är bedömt två gånger.', en: 'The goal is reviewed twice.' }, pointer);
    throw contradictory('goal.unknown', { sv: 'Målet hör inte till beställningen.', en: 'The goal is not one of the order’s.' }, pointer);
  });
  if (left.size > 0) {
    throw contradictory(
      'goal.left-out',
      { sv: `Alla mål ska bedömas; kvar är ${[...left].join(', ')}.`, en: `Every goal is to be reviewed; left are ${[...left].join(', ')}.` },
      '/goals',
    );
  }
};
