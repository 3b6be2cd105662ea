import { Code, DayField, Id } from '#libs/fields';
import { event, type Day, type Decide, type Instant } from '#libs/kernel';
import { closeDeadline, moveDeadline, planUntil, reopenDeadline, setDeadline, type DeadlineRule } from '#libs/timers';
import { counted, type Planning } from './planning.js';
import { REPLY_KINDS, type ReplyKind } from './reply.codes.js';
import { ReplyAwaited, type ReplyEvent } from './reply.events.js';
import { evolve, replyDeadline, replyDeadlineId, type Known, type Reply } from './reply.js';
import { RESPONSIBLE, startOf } from './reply-rule.js';

/**
 * A report was referred to a board, which is to reply, or may. Only a reply that is asked for has a last day; where that is unknown, none
 * is made up, and nothing is ever late (case D). Sent by a reaction to the referral, and again where the referral is corrected.
 */
export class AwaitReply {
  @Id('The audit.') audit!: string;
  @Id('The board.') board!: string;
  @Code('Whether a reply is asked for, or left to the board.', REPLY_KINDS, 'ReplyKind') kind!: ReplyKind;
  @DayField('The day the report was handed over.', { optional: true }) referredOn?: Day;
  @DayField('The last day for the reply.', { optional: true }) dueOn?: Day;
}

export interface AwaitNeeds {
  /** Of the reply's deadline; undefined where it has none. */
  readonly rule: DeadlineRule | undefined;
  readonly planning: Planning;
}

export const awaitReply: Decide<AwaitReply, Reply, ReplyEvent, AwaitNeeds> = ({ audit, board, kind, referredOn, dueOn: said }, state, given) => {
  const { id, today, now, rule, planning } = given;
  const dueOn = kind === 'for-reply' ? said : undefined;
  if (state.status !== 'none' && state.status !== 'not-awaited' && isSame(state, kind, referredOn, dueOn)) return [];
  const awaited = event(ReplyAwaited, {
    reply: id,
    audit,
    board,
    kind,
    ...(referredOn !== undefined && { referredOn }),
    ...(dueOn !== undefined && { dueOn }),
  });
  const opened = evolve(state, awaited);
  if (opened.status === 'none') return [];
  const because = state.status === 'none' ? 'reply-awaited' : 'last-day-changed';
  return [awaited, ...waits(opened, rule, today, now, state.status === 'not-awaited'), ...counted(opened, planning, today, because)];
};

const isSame = (state: Known, kind: ReplyKind, referredOn: Day | undefined, dueOn: Day | undefined): boolean =>
  state.kind === kind && state.referredOn === referredOn && state.firstDueOn === dueOn;

/** What becomes of the deadline; a reply that is given keeps what it was, on time or not. */
const waits = (opened: Known, rule: DeadlineRule | undefined, today: Day, now: Instant, again: boolean): readonly ReplyEvent[] => {
  const deadline = replyDeadline(opened);
  if (opened.dueOn === undefined) return closeDeadline(deadline, today, 'no-last-day', now);
  if (rule === undefined) return [];
  const startOn = deadline?.plan.startOn ?? startOf(opened.referredOn, opened.dueOn, today);
  const plan = planUntil(rule, startOn, opened.dueOn, { deadline: replyDeadlineId(opened.reply), unit: opened.board, responsible: RESPONSIBLE });
  if (deadline === undefined) return setDeadline(plan, now);
  return again || deadline.status === 'closed'
    ? reopenDeadline(deadline, plan, 'reply-awaited-again', now)
    : moveDeadline(deadline, plan, 'referral-corrected', now);
};
