import { DayField, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { metOn, moveDeadline } from '#libs/timers';
import { assertExtends, assertNotAfterReply } from './extension.refusals.js';
import { counted, type Planning } from './planning.js';
import { ExtensionGranted, type ReplyEvent } from './reply.events.js';
import { answerDeadline, of, replyDeadline, standing, type Known, type Reply } from './reply.js';
import { assertAwaited, assertNotBeforeReferral, assertNotFuture } from './reply.refusals.js';
import { replyPlanUntil, type RuleOn } from './reply-rule.js';

/** The auditors grant an extension (anstånd), asked for or of their own accord: the deadline moves, and the plan is counted again. */
export class GrantExtension {
  @Id('The reply.') reply!: string;
  @DayField('The new last day.') until!: Day;
  @DayField('The day it was granted.') on!: Day;
}

export interface GrantNeeds {
  readonly ruleOn: RuleOn;
  readonly planning: Planning;
}

export const grantExtension: Decide<GrantExtension, Reply, ReplyEvent, GrantNeeds> = ({ until, on }, state, { today, now, ruleOn, planning }) => {
  assertAwaited(state);
  if (state.extension.status === 'granted' && state.extension.until === until && state.extension.on === on) return [];
  assertNotFuture(on, today, '/on');
  assertNotBeforeReferral(on, state, '/on');
  assertNotAfterReply(on, state);
  assertExtends(until, state.firstDueOn);
  const after: Known = { ...state, extension: { status: 'granted', until, on }, dueOn: until };
  const deadline = replyDeadline(state);
  return [
    event(ExtensionGranted, { ...of(state), stands: standing(after), until, on }),
    ...metOn(state.extension.status === 'requested' ? answerDeadline(state) : undefined, on, now),
    ...(deadline ? moveDeadline(deadline, replyPlanUntil(state, until, ruleOn, today), 'extension-granted', now) : []),
    ...counted(after, planning, today, 'extension-granted'),
  ];
};
