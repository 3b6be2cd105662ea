import { Code, FreeText, Id } from '#libs/fields';
import { contradictory, event, type Decide } from '#libs/kernel';
import { CORRECTIONS, OVERALL_GOALS } from './order.codes.js';
import { GoalCorrected, type OrderEvent } from './order.events.js';
import type { Order } from './order.js';
import { assertPlaced } from './order.refusals.js';

/** A goal was recorded wrong: the code of an overall goal, or the wording of a sub-goal. */
export class CorrectGoal {
  @Id('The order.') orderId!: string;
  @Id('The goal.') goal!: string;
  @Code('The overall goal it should have been.', OVERALL_GOALS, 'OverallGoal', { optional: true }) overall?: (typeof OVERALL_GOALS)[number];
  @FreeText('The sub-goal as it should have been worded. Sealed.', { max: 2000, optional: true }) wording?: string;
  @Code('Why what was recorded was wrong.', CORRECTIONS, 'CorrectionReason') reason!: (typeof CORRECTIONS)[number];
  @FreeText('More about it. Sealed.', { max: 4000, optional: true }) note?: string;
}

export const correctGoal: Decide<CorrectGoal, Order, OrderEvent> = ({ goal, overall, wording, reason, note }, order) => {
  assertPlaced(order);
  const known = order.goals.find((one) => one.goal === goal);
  if (!known) throw contradictory('goal.unknown', { sv: 'Målet hör inte till beställningen.', en: 'The goal is not one of the order’s.' }, '/goal');
  if ((known.overall === undefined) !== (overall === undefined) || (wording === undefined) !== (known.overall !== undefined)) {
    throw contradictory(
      'goal.kind',
      {
        sv: 'Ett övergripande mål rättas med sin kod (overall), ett delmål med sin formulering (wording).',
        en: 'An overall goal is corrected by its code (overall), a sub-goal by its wording (wording).',
      },
      known.overall === undefined ? '/wording' : '/overall',
    );
  }
  if (overall !== undefined && overall === known.overall) return [];
  if (overall !== undefined && order.goals.some((other) => other.overall === overall)) {
    throw contradictory('goal.already-there', { sv: 'Beställningen har redan det målet.', en: 'The order has that goal already.' }, '/overall');
  }
  const personal = { ...(wording !== undefined && { wording }), ...(note !== undefined && { note }) };
  return [event(GoalCorrected, { orderId: order.orderId, goal, ...(overall !== undefined && { overall }), reason }, personal)];
};
