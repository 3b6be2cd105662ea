import { DayField, FreeText, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import type { RuleOn } from './action-rules.js';
import { MoveRequested, type ActionEvent } from './action.events.js';
import type { Action } from './action.js';
import { assertNotBeforePromise, assertNotFuture, assertOpen, assertReason } from './action.refusals.js';
import { levelNeeded } from './levels.js';
import { assertDated, nextMoveId } from './move-action-day.js';
import { assertNotToPast, moveAsked } from './time.refusals.js';

/** A move of the day is asked for. Until whoever it needs has approved it, the old day stands. */
export class RequestMove {
  @Id('The corrective action.') action!: string;
  @DayField('The day asked for.') to!: Day;
  @FreeText('Why it should be moved.', { max: 4000, optional: true }) reason?: string;
  @DayField('The day it was asked for; today where left out.', { optional: true }) requestedOn?: Day;
}

export const requestMove: Decide<RequestMove, Action, ActionEvent, { readonly rules: RuleOn }> = ({ to, reason, requestedOn }, action, { today, rules }) => {
  assertOpen(action);
  const { first, promisedOn } = assertDated(action);
  if (action.asked?.to === to || promisedOn === to) return [];
  assertReason(reason);
  if (action.asked) throw moveAsked(action.asked.to);
  const on = requestedOn ?? today;
  assertNotFuture(on, today, '/requestedOn');
  assertNotBeforePromise(on, action, '/requestedOn');
  assertNotToPast(to, on);
  const needs = levelNeeded(first, to, rules(on).limits);
  return [event(MoveRequested, { action: action.action, move: nextMoveId(action), to, reason, needs, requestedOn: on })];
};
