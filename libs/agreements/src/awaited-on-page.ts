import { daysBetween, explain, type Day } from '#libs/kernel';
import { DEADLINE_TYPES, isLate, type Deadline } from '#libs/timers';

/** How something awaited stands on a day, as a page shows it. */
export const awaitedOn = (deadline: Deadline, today: Day) => {
  const { plan, status } = deadline;
  const late = isLate(deadline) || (status === 'open' && today > plan.dueOn);
  const over = deadline.status === 'met' ? deadline.metOn : deadline.status === 'closed' ? deadline.closedOn : undefined;
  return {
    deadline: plan.deadline,
    type: plan.type,
    name: DEADLINE_TYPES.get(plan.type)?.name ?? { sv: plan.type, en: plan.type },
    startOn: plan.startOn,
    dueOn: plan.dueOn,
    ...(plan.steps.length > 0 && { why: explain(plan.steps) }),
    status,
    late,
    daysLate: late ? Math.max(0, daysBetween(plan.dueOn, over ?? today)) : 0,
    ...(over !== undefined && { overOn: over }),
  };
};
