import type { Need } from '#libs/commands';
import { Code, FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { deadlineRule, type DeadlineRule } from '#libs/timers';
import { RESPONSIBLE_ROLES, type ResponsibleRole } from './action.codes.js';
import { ResponsibleChanged, type ActionEvent } from './action.events.js';
import { action as actions, isAwaited, type Action } from './action.js';
import { assertGoesOn } from './action.refusals.js';
import { assertSameBoard } from './responsible.js';
import { remindedAnew } from './waits.js';

/** Another unit of the same board, or another role, is responsible from now on: it is reminded instead. */
export class ChangeResponsible {
  @Id('The corrective action.') action!: string;
  @Id('The unit that is responsible from now on.') unit!: string;
  @Code('The role in it.', RESPONSIBLE_ROLES, 'ResponsibleRole') role!: ResponsibleRole;
  @FreeText('Why.', { max: 4000, optional: true }) reason?: string;
}

/** The rules of all that is awaited, by deadline. */
export type WaitRules = ReadonlyMap<string, DeadlineRule>;

/** The rule of each wait that goes on, as of the day on which it began. */
export const rulesOfWaits: Need<ChangeResponsible, WaitRules> = async (reads, command, context) => {
  const { state } = await reads.fold(actions, command.action);
  const awaited = state.status === 'none' ? [] : Object.values(state.deadlines).filter((deadline) => isAwaited(deadline));
  const found = await Promise.all(
    awaited.map(async ({ plan }) => ({ deadline: plan.deadline, ...(await deadlineRule(plan.type, () => plan.startOn)(reads, command, context)) })),
  );
  return { value: new Map(found.map(({ deadline, value }) => [deadline, value])), basis: [...new Set(found.flatMap(({ basis = [] }) => basis))] };
};

export interface ResponsibleNeeds {
  readonly organisation: Register;
  readonly rules: WaitRules;
}

export const changeResponsible: Decide<ChangeResponsible, Action, ActionEvent, ResponsibleNeeds> = (
  { unit, role, reason },
  action,
  { today, now, organisation, rules },
) => {
  assertGoesOn(action);
  if (action.unit === unit && action.role === role) return [];
  assertSameBoard(unit, action.unit, today, organisation);
  return [
    event(ResponsibleChanged, {
      action: action.action,
      unit,
      role,
      from: { unit: action.unit, role: action.role },
      ...(reason !== undefined && { reason }),
    }),
    ...remindedAnew({ ...action, unit, role }, rules, now),
  ];
};
