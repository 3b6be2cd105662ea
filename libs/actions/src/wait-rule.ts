import type { Need } from '#libs/commands';
import { stockholmDay, type Day } from '#libs/kernel';
import { deadlineRule, type DeadlineRule } from '#libs/timers';
import { action as actions, type Known } from './action.js';
import type { WaitType } from './waits.js';

/** Which rule is asked for: that of a type, for what starts on a day. */
export interface RuleAsked {
  readonly type: WaitType;
  readonly startOn: Day;
}

/**
 * The rule for what an action waits for after a command, where it waits for anything; the event that set it is the decision's basis.
 * @param wait which rule, as the action stands before the command
 */
export const waitRule =
  <C extends { readonly action: string }>(wait: (action: Known, command: C, today: Day) => RuleAsked | undefined): Need<C, DeadlineRule | undefined> =>
  async (reads, command, context) => {
    const { state } = await reads.fold(actions, command.action);
    const asked = state.status === 'none' ? undefined : wait(state, command, stockholmDay(context.now));
    return asked === undefined ? { value: undefined } : deadlineRule(asked.type, () => asked.startOn)(reads, command, context);
  };
