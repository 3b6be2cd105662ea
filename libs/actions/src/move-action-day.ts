import { DayField, FreeText, Id, Nested } from '#libs/fields';
import { contradictory, derivedId, event, type By, type Day, type Decide, type Instant } from '#libs/kernel';
import { DecisionRef, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import type { DeadlineRule } from '#libs/timers';
import type { RuleOn } from './action-rules.js';
import type { Level } from './action.codes.js';
import { ActionDayMoved, type ActionEvent } from './action.events.js';
import { dayDeadline, stands, type Action, type Known, type Promised } from './action.js';
import { assertNotBeforePromise, assertNotFuture, assertOpen, assertReason } from './action.refusals.js';
import { assertApproved, assertHasSay, cited } from './boards-decision.js';
import { levelNeeded, levelOf, reaches } from './levels.js';
import { assertNotToPast, dayExpected, isUndatedYet, levelMissing, moveAsked } from './time.refusals.js';
import type { RuleAsked } from './wait-rule.js';
import { dayMoved } from './waits.js';

/**
 * The promised day is moved by whoever may let it be moved that far: counted from the first promised day, all moves together. Who may not
 * requests it. The first day and every move stay visible.
 */
export class MoveActionDay {
  @Id('The corrective action.') action!: string;
  @DayField('The day it is promised by from now on.') to!: Day;
  @FreeText('Why it is moved.', { max: 4000, optional: true }) reason?: string;
  @DayField('The day it was decided; today where left out. Of a board’s decision it is the day of the meeting.', { optional: true }) decidedOn?: Day;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
}

export interface MoveNeeds {
  readonly rule: DeadlineRule | undefined;
  readonly rules: RuleOn;
  readonly organisation: Register;
  readonly decided: CitedDecision | undefined;
}

/** The rule of the day on which the wait began: a later rule is for what begins later. */
export const ruleOfMove = (action: Known): RuleAsked | undefined => {
  const startOn = dayDeadline(action)?.plan.startOn;
  return startOn === undefined ? undefined : { type: 'action-day', startOn };
};

/** The id of the next move of an action. */
export const nextMoveId = ({ action, movesBegun }: Pick<Promised, 'action' | 'movesBegun'>): string => derivedId(action, 'move', movesBegun);

/** An action that is promised by a day, and that day. */
export interface Dated {
  readonly first: Day;
  readonly promisedOn: Day;
}

/** Refuses an action that has no day to be moved; what is left is promised by one. */
export const assertDated = (action: Promised): Dated => {
  if (action.kind !== 'promised') throw dayExpected(action);
  if (action.promisedOn === undefined || action.firstPromisedOn === undefined) throw isUndatedYet();
  return { first: action.firstPromisedOn, promisedOn: action.promisedOn };
};

interface Deciding {
  readonly decision?: DecisionRef;
  readonly decidedOn?: Day;
}
interface Circumstances extends MoveNeeds {
  readonly by: By;
  readonly today: Day;
  readonly now: Instant;
}

/** When it was decided, and on which level: the board's where its decision is cited, else that of whoever asks. */
const decidedBy = (
  { decision, decidedOn }: Deciding,
  action: Promised,
  { by, today, organisation, decided }: Omit<Circumstances, 'rule' | 'rules' | 'now'>,
): { readonly on: Day; readonly level: Level | undefined } => {
  if (decision === undefined) {
    const on = decidedOn ?? today;
    assertNotFuture(on, today, '/decidedOn');
    assertNotBeforePromise(on, action, '/decidedOn');
    return { on, level: levelOf(by, action, today, organisation) };
  }
  assertApproved(decided);
  assertHasSay(decided, action, organisation);
  assertNotBeforePromise(decided.on, action, '/decision');
  if (decidedOn !== undefined && decidedOn !== decided.on) throw decidedAnotherDay(decidedOn, decided.on);
  return { on: decided.on, level: 'board' };
};

const decidedAnotherDay = (said: Day, on: Day) =>
  contradictory(
    'action.decided-another-day',
    {
      sv: `Nämnden beslutade ${on}, inte ${said}. Utelämna dagen, så gäller beslutets, eller ange rätt beslut.`,
      en: `The board decided on ${on}, not on ${said}. Leave the day out and the decision’s holds, or cite the right decision.`,
    },
    '/decidedOn',
  );

/** The move itself, by a level that reaches that far. */
export const moved = (
  { to, reason, move }: { readonly to: Day; readonly reason: string; readonly move: string },
  deciding: Deciding,
  action: Promised,
  given: Circumstances,
): readonly ActionEvent[] => {
  const { first, promisedOn } = assertDated(action);
  const { on, level } = decidedBy(deciding, action, given);
  assertNotToPast(to, on);
  const needs = levelNeeded(first, to, given.rules(on).limits);
  if (level === undefined || !reaches(level, needs)) throw levelMissing(first, to, needs);
  return [
    event(ActionDayMoved, {
      action: action.action,
      move,
      from: promisedOn,
      to,
      reason,
      needs,
      approvedBy: level,
      decidedOn: on,
      ...cited(deciding.decision),
      obligations: [...action.obligations],
      stands: stands({ ...action, promisedOn: to }, 'promised'),
    }),
    ...(given.rule ? dayMoved(action, to, 'day-moved', given.rule, given.now) : []),
  ];
};

export const moveActionDay: Decide<MoveActionDay, Action, ActionEvent, MoveNeeds> = ({ to, reason, decidedOn, decision }, action, given) => {
  assertOpen(action);
  if (to === assertDated(action).promisedOn) return [];
  assertReason(reason);
  if (action.asked) throw moveAsked(action.asked.to);
  const deciding = { ...(decision !== undefined && { decision }), ...(decidedOn !== undefined && { decidedOn }) };
  return moved({ to, reason, move: nextMoveId(action) }, deciding, action, given);
};
