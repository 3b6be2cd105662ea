import { derivedId, type Stream } from '#libs/kernel';
import { deadlineEvents, evolveDeadlines, type Deadlines, type DeadlineEvent } from '#libs/timers';

/** Whether something answers for what a rule held for once it has ended, and who is reminded where nothing does. */
export type CoverageWatch = { readonly status: 'none' } | { readonly status: 'watched'; readonly deadlines: Deadlines };

export const deadlinesOf = (state: CoverageWatch): Deadlines => (state.status === 'none' ? {} : state.deadlines);

/** The wait for something to answer for what a rule held for. */
export const uncoveredDeadlineId = (rule: string): string => derivedId(rule, 'responsibility-uncovered');

/** One stream per rule that has ended, with the rule's id: `responsibility-watch-<uuid>`. Apart from the rules, so that timers keep none of them waiting. */
export const coverageWatch: Stream<CoverageWatch, DeadlineEvent> = {
  name: 'responsibility-watch',
  events: deadlineEvents,
  initial: { status: 'none' },
  evolve: (state, event) => ({ status: 'watched', deadlines: evolveDeadlines(deadlinesOf(state), event) }),
};
