import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, type Day, type Decide } from '#libs/kernel';
import type { DeadlineRule } from '#libs/timers';
import type { RuleOn } from './action-rules.js';
import { TimeReadAnew, type ActionEvent } from './action.events.js';
import { dayDeadline, stands, type Action, type Known, type Promised, type Proposed } from './action.js';
import { assertGoesOn, assertOpen, assertReason } from './action.refusals.js';
import { levelName, levelNeeded, reaches } from './levels.js';
import { dayExpected } from './time.refusals.js';
import type { RuleAsked } from './wait-rule.js';
import { awaitDay, dated, dayMoved } from './waits.js';

/**
 * A time as it is written is taken to mean another day: *innan sommaren* is the day before Midsummer's Eve, not 30 June. A correction with
 * reason, no move; the earlier reading stays in the history. A day that has been moved since stays where it was moved to.
 */
export class ReadTimeAnew {
  @Id('The corrective action.') action!: string;
  @DayField('The day it is taken to mean.') to!: Day;
  @FreeText('The time in the words of the reply, where they were not recorded, or wrong.', { max: 300, optional: true }) timeAsWritten?: string;
  @FreeText('Why it is read so.', { max: 4000, optional: true }) reason?: string;
}

export interface ReadNeeds {
  readonly rule: DeadlineRule | undefined;
  readonly rules: RuleOn;
}

/** The rule of the day on which the wait began, or begins with the promise where there was no day before. */
export const ruleOfReading = (action: Known): RuleAsked | undefined => {
  const startOn = dayDeadline(action)?.plan.startOn ?? action.promise?.on;
  return startOn === undefined ? undefined : { type: 'action-day', startOn };
};

export const readTimeAnew: Decide<ReadTimeAnew, Action, ActionEvent, ReadNeeds> = ({ to, timeAsWritten, reason }, action, { now, today, rule, rules }) => {
  assertGoesOn(action);
  if (action.status !== 'proposed') assertOpen(action);
  if (action.kind !== 'promised') throw dayExpected(action);
  const written = timeAsWritten ?? action.timeAsWritten;
  if (written === undefined) throw nothingToRead();
  if (to === action.firstPromisedOn && written === action.timeAsWritten) return [];
  assertReason(reason);
  const read = { ...action, firstPromisedOn: to, promisedOn: action.moves === 0 ? to : action.promisedOn };
  assertApprovedSoFar(read, rules(today));
  return [
    event(TimeReadAnew, {
      action: action.action,
      ...(written !== action.timeAsWritten && { timeAsWritten: written }),
      ...(action.firstPromisedOn !== undefined && { from: action.firstPromisedOn }),
      to,
      reason,
      obligations: [...action.obligations],
      stands: stands(read, action.status),
    }),
    ...(rule === undefined || action.moves > 0 ? [] : awaitReading(action, to, today, rule, now)),
  ];
};

const awaitReading = (action: Proposed | Promised, to: Day, today: Day, rule: DeadlineRule, now: Parameters<typeof dayMoved>[4]): readonly ActionEvent[] => {
  if (action.promise === undefined) return [];
  if (dayDeadline(action)) return dayMoved(action, to, 'time-read-anew', rule, now);
  return [...dated(action, today, now), ...awaitDay(action, action.promise.on, to, rule, now)];
};

/** By the new reading the day may have been moved further than anyone approved: then that is approved first. */
const assertApprovedSoFar = (
  { firstPromisedOn, promisedOn, approved }: Pick<Promised, 'firstPromisedOn' | 'promisedOn' | 'approved'>,
  { limits }: ReturnType<RuleOn>,
): void => {
  if (firstPromisedOn === undefined || promisedOn === undefined) return;
  const needs = levelNeeded(firstPromisedOn, promisedOn, limits);
  if (reaches(approved, needs)) return;
  const { sv, en } = levelName(needs);
  throw contradictory(
    'action.reading-past-limit',
    {
      sv: `Räknat från ${firstPromisedOn} har åtgärden flyttats så långt, till ${promisedOn}, att ${sv} ska ha godkänt det. Låt det ske genom en flytt först.`,
      en: `Counted from ${firstPromisedOn} the action has been moved so far, to ${promisedOn}, that ${en} must have approved it. Let that be done by a move first.`,
    },
    '/to',
  );
};

const nothingToRead = () =>
  contradictory(
    'action.nothing-to-read',
    {
      sv: 'Ingen tid i ord är antecknad. Ange yttrandets egna ord i timeAsWritten, eller flytta dagen med skäl.',
      en: 'No time in words is recorded. Give the reply’s own words in timeAsWritten, or move the day with a reason.',
    },
    '/timeAsWritten',
  );
