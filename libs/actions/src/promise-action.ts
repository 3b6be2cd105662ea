import { SYSTEM_ROLE } from '#libs/commands';
import { DayField, Id, Nested } from '#libs/fields';
import { contradictory, event, isBefore, type Day, type Decide } from '#libs/kernel';
import { DecisionRef, type CitedDecision } from '#libs/meetings';
import type { DeadlineRule } from '#libs/timers';
import { ActionPromised, type ActionEvent } from './action.events.js';
import { planned, stands, type Action, type Known } from './action.js';
import { assertGoesOn, assertNotFuture } from './action.refusals.js';
import { assertApproved, cited } from './boards-decision.js';
import type { RuleAsked } from './wait-rule.js';
import { beginsToWait, waitOf } from './waits.js';

/**
 * A proposed action is promised: the deciding board has approved the reply that describes it, and the reply was given. A person cites the
 * board's decision, which need not be that of the board that answers for the action [004]; what follows from a given reply needs none.
 */
export class PromiseAction {
  @Id('The corrective action.') action!: string;
  @DayField('The day it was promised: the reply was given, or the board decided.') on!: Day;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
}

export interface PromiseNeeds {
  /** For what it waits for from then on; undefined where it waits for nothing. */
  readonly rule: DeadlineRule | undefined;
  readonly decided: CitedDecision | undefined;
}

/** Which rule the promise asks for. */
export const ruleOfPromise = (action: Known, { on }: PromiseAction): RuleAsked | undefined => {
  const type = waitOf(action);
  return action.status === 'proposed' && type !== undefined ? { type, startOn: on } : undefined;
};

export const promiseAction: Decide<PromiseAction, Action, ActionEvent, PromiseNeeds> = ({ on, decision }, action, { today, now, by, rule, decided }) => {
  assertGoesOn(action);
  if (action.status !== 'proposed') return []; // it is promised already: by the reply, or by the decision itself
  assertNotFuture(on, today, '/on');
  if (decision !== undefined) {
    assertApproved(decided);
    assertNotBeforeDecision(on, decided.on);
  } else if (by.role !== SYSTEM_ROLE) throw decisionMissing();
  const promised = { ...planned(action), promise: { on, decidedBy: decided?.board } };
  const done = action.kind === 'already-done' && action.documents.length > 0;
  return [
    event(ActionPromised, {
      action: action.action,
      on,
      ...cited(decision),
      ...(decided !== undefined && { decidedBy: decided.board }),
      obligations: [...action.obligations],
      stands: stands(action, done ? 'done' : 'promised'),
    }),
    ...beginsToWait(promised, on, rule, now),
  ];
};

const decisionMissing = () =>
  contradictory(
    'action.decision-missing',
    {
      sv: 'Ange nämndens beslut: sammanträdet och punkten i protokollet. Ingår åtgärden i ett yttrande blir den utlovad när yttrandet lämnas.',
      en: 'Cite the board’s decision: the meeting and the point of its minutes. An action that is part of a reply becomes promised when the reply is given.',
    },
    '/decision',
  );

const assertNotBeforeDecision = (on: Day, decidedOn: Day): void => {
  if (isBefore(on, decidedOn)) {
    throw contradictory(
      'action.promised-before-decision',
      {
        sv: `${on} ligger före nämndens beslut ${decidedOn}. Ange dagen för beslutet, eller den dag yttrandet lämnades.`,
        en: `${on} lies before the board’s decision of ${decidedOn}. State the day of the decision, or the day the reply was given.`,
      },
      '/on',
    );
  }
};
