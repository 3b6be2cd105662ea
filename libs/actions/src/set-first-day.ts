import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import type { DeadlineRule } from '#libs/timers';
import { FirstDaySet, type ActionEvent } from './action.events.js';
import { stands, type Action, type Known } from './action.js';
import { assertGoesOn, assertNotBeforePromise, assertNotFuture, assertOpen } from './action.refusals.js';
import { dayExpected } from './time.refusals.js';
import type { RuleAsked } from './wait-rule.js';
import { awaitDay, dated } from './waits.js';

/** An undated action gets its first day. That is no move: the limits are counted from it. */
export class SetFirstDay {
  @Id('The corrective action.') action!: string;
  @DayField('The day it is promised by.') on!: Day;
  @DayField('The day on which that was said; today where left out.', { optional: true }) setOn?: Day;
  @FreeText('Why that day.', { max: 4000, optional: true }) reason?: string;
}

/** The rule of the promised day; nothing is awaited of what is only proposed. */
export const ruleOfFirstDay = (action: Known, { setOn }: SetFirstDay, today: Day): RuleAsked | undefined =>
  action.status === 'promised' ? { type: 'action-day', startOn: setOn ?? today } : undefined;

export const setFirstDay: Decide<SetFirstDay, Action, ActionEvent, { readonly rule: DeadlineRule | undefined }> = (
  { on, setOn: said, reason },
  action,
  { today, now, rule },
) => {
  assertGoesOn(action);
  if (action.status !== 'proposed') assertOpen(action);
  if (action.kind !== 'promised') throw dayExpected(action);
  if (action.promisedOn !== undefined) {
    if (action.promisedOn === on && action.moves === 0) return [];
    throw forbidden('action.day-set', {
      sv: `Åtgärden är redan utlovad till ${action.promisedOn}. Flytta dagen, eller tolka den skrivna tiden på nytt om den lästes fel.`,
      en: `The action is promised by ${action.promisedOn} already. Move the day, or read the written time anew if it was read wrong.`,
    });
  }
  const setOn = said ?? today;
  assertNotFuture(setOn, today, '/setOn');
  assertNotBeforePromise(setOn, action, '/setOn');
  if (isBefore(on, setOn)) throw firstDayPast(on, setOn);
  return [
    event(FirstDaySet, {
      action: action.action,
      on,
      setOn,
      ...(reason !== undefined && { reason }),
      obligations: [...action.obligations],
      stands: stands({ ...action, promisedOn: on, firstPromisedOn: on }, action.status),
    }),
    ...dated(action, setOn, now),
    ...(rule ? awaitDay(action, setOn, on, rule, now) : []),
  ];
};

const firstDayPast = (on: Day, setOn: Day) =>
  contradictory(
    'action.first-day-past',
    {
      sv: `${on} ligger före den dag det bestämdes, ${setOn}. Ange en senare dag, eller i setOn den dag det sades.`,
      en: `${on} lies before the day it was set, ${setOn}. Give a later day, or in setOn the day on which it was said.`,
    },
    '/on',
  );
