import { DayField, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { metOn, moveDeadline, planUntil, type DeadlineRule } from '#libs/timers';
import { assertExtends, assertNotAfterReply } from './extension.refusals.js';
import { counted, type Planning } from './planning.js';
import { ExtensionGranted, type ReplyEvent } from './reply.events.js';
import { answerDeadline, evolve, of, replyDeadline, replyDeadlineId, type Reply } from './reply.js';
import { assertAwaited, assertNotBeforeReferral, assertNotFuture } from './reply.refusals.js';
import { RESPONSIBLE } from './reply-rule.js';

/** The auditors grant an extension (anstånd), asked for or of their own accord: the deadline moves, and the plan is counted again. */
export class GrantExtension {
  @Id('The reply.') reply!: string;
  @DayField('The new last day.') until!: Day;
  @DayField('The day it was granted.') on!: Day;
}

export interface GrantNeeds {
  readonly rule: DeadlineRule | undefined;
  readonly planning: Planning;
}

export const grantExtension: Decide<GrantExtension, Reply, ReplyEvent, GrantNeeds> = ({ until, on }, state, { today, now, rule, planning }) => {
  assertAwaited(state);
  if (state.extension.status === 'granted' && state.extension.until === until && state.extension.on === on) return [];
  assertNotFuture(on, today, '/on');
  assertNotBeforeReferral(on, state, '/on');
  assertNotAfterReply(on, state);
  assertExtends(until, state.firstDueOn);
  const granted = event(ExtensionGranted, { ...of(state), until, on });
  const after = evolve(state, granted);
  const deadline = replyDeadline(state);
  const concerning = { deadline: replyDeadlineId(state.reply), unit: state.board, responsible: RESPONSIBLE };
  const moved = deadline && rule ? moveDeadline(deadline, planUntil(rule, deadline.plan.startOn, until, concerning), 'extension-granted', now) : [];
  return [
    granted,
    ...metOn(state.extension.status === 'requested' ? answerDeadline(state) : undefined, on, now),
    ...moved,
    ...(after.status === 'none' ? [] : counted(after, planning, today, 'extension-granted')),
  ];
};
