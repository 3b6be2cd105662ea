import type { Need } from '#libs/commands';
import { Code, Id } from '#libs/fields';
import { derivedId, event, isBefore, type Decide } from '#libs/kernel';
import { organisationId, organisationStream, ROLES, type Role } from '#libs/organisation';
import { closeDeadline, metOn, reopenDeadline, setDeadline } from './deadline-decisions.js';
import { planFor, type DeadlineRule } from './deadline-rule.js';
import { deadlineRules, deadlineRulesId, ruleFor } from './deadline-rules.js';
import type { Deadlines } from './deadline.js';
import { DutyUnheld, type DutyEvent } from './duty.events.js';
import { vacanciesOf, type Vacancy } from './vacancies.js';

/** Who holds a role in a unit may have changed: whether anybody does is looked up anew. */
export class NoteDuty {
  @Id('The unit or board.') unit!: string;
  @Code('The role.', ROLES, 'Role') role!: Role;
}

/** The vacancies of the role, and the rule for the one that nobody is known to fill. */
export interface Vacancies {
  readonly all: readonly Vacancy[];
  readonly unfilled?: Vacancy & { readonly rule: DeadlineRule };
}

/**
 * As the register has them.
 * @throws Refusal `deadline-rule.missing` where a role is unheld and no rule says by when it must not be
 */
export const vacancies: Need<NoteDuty, Vacancies> = async (reads, { unit, role }, { tenant }) => {
  const { state: register, lastId } = await reads.fold(organisationStream, organisationId(tenant));
  const all = register.status === 'registered' ? vacanciesOf(register, unit, role) : [];
  const basis = lastId === undefined ? [] : [lastId];
  const last = all.at(-1);
  if (!last || last.end) return { value: { all }, basis };
  const { state } = await reads.fold(deadlineRules, deadlineRulesId(tenant));
  const rule = ruleFor(state, 'duty-unheld', last.from);
  return { value: { all, unfilled: { ...last, rule } }, basis: [...basis, rule.id] };
};

/**
 * A new holder is awaited from the first day without one: whoever has the duties meanwhile, as the level above, is reminded. It came on the
 * day on which somebody holds the role, or today where that day lies ahead; nothing is awaited where the unit has ended, or was never without.
 */
export const noteDuty: Decide<NoteDuty, Deadlines, DutyEvent, { vacancies: Vacancies }> = (
  { unit, role },
  deadlines,
  { id, now, today, vacancies: { all, unfilled } },
) => {
  const over = Object.values(deadlines).flatMap((wait): readonly DutyEvent[] => {
    if (wait.status === 'met' || wait.status === 'closed') return [];
    const { startOn } = wait.plan;
    const vacancy = all.find(({ from }) => from === startOn);
    if (!vacancy) return closeDeadline(wait, startOn, 'never-unheld', now);
    if (!vacancy.end) return [];
    const { on, how } = vacancy.end;
    return how === 'held' ? metOn(wait, isBefore(on, today) ? on : today, now) : closeDeadline(wait, on, 'unit-ended', now);
  });
  if (!unfilled) return over;
  const { from: unheldFrom, rule } = unfilled;
  const deadline = derivedId(id, unheldFrom);
  const known = deadlines[deadline];
  if (known?.status === 'open' || known?.status === 'missed') return over;
  const plan = planFor(rule, unheldFrom, { deadline, unit, responsible: role });
  return [
    ...over,
    event(DutyUnheld, { deadline, unit, role, unheldFrom }),
    ...(known ? reopenDeadline(known, plan, 'unheld-after-all', now) : setDeadline(plan, now)),
  ];
};
