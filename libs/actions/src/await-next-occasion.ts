import { DayField, Id } from '#libs/fields';
import type { Day, Decide } from '#libs/kernel';
import type { DeadlineRule } from '#libs/timers';
import type { ActionEvent } from './action.events.js';
import { periodsOf, type Action, type Known } from './action.js';
import type { RuleAsked } from './wait-rule.js';
import { awaitOccasion, followingOccasion, passedOccasions } from './waits.js';

/** An occasion was missed, and the next one is awaited all the same. Sent by the reaction `occasions-go-on` alone. */
export class AwaitNextOccasion {
  @Id('The corrective action.') action!: string;
  @DayField('Last day of the period whose occasion was missed.') missed!: Day;
}

export const ruleAfterMissed = (action: Known, { missed }: AwaitNextOccasion): RuleAsked | undefined =>
  action.status === 'promised' && action.kind === 'ongoing' && periodsOf(action) ? { type: 'action-occasion', startOn: missed } : undefined;

export const awaitNextOccasion: Decide<AwaitNextOccasion, Action, ActionEvent, { readonly rule: DeadlineRule | undefined }> = (
  { missed },
  action,
  { now, rule },
) => {
  if (action.status !== 'promised' || rule === undefined) return []; // it was ended meanwhile
  const next = followingOccasion(action, missed);
  return [...passedOccasions(action, missed, missed, now), ...(next === undefined ? [] : awaitOccasion(action, missed, next, rule, now))];
};
