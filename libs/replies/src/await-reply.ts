import { audit as audits, type Audit } from '#libs/audits';
import type { Need } from '#libs/commands';
import { Id } from '#libs/fields';
import { event, type Day, type Decide, type Instant } from '#libs/kernel';
import { closeDeadline, moveDeadline, reopenDeadline, setDeadline } from '#libs/timers';
import { counted, type Planning } from './planning.js';
import type { ReplyKind } from './reply.codes.js';
import { ReplyAwaited, ReplyNoLongerAwaited, type ReplyEvent } from './reply.events.js';
import { answerDeadline, of, opensAs, replyDeadline, standing, type Known, type Reply } from './reply.js';
import { replyPlanUntil, type RuleOn } from './reply-rule.js';

/**
 * A report was referred to a board, which is to reply, or may; for information only no reply is awaited, nor any more. Only a reply that is
 * asked for has a last day; where that is unknown none is made up, and nothing is ever late (case D). Sent by a reaction to the referral, to its
 * correction, and to what becomes known of the report.
 */
export class AwaitReply {
  @Id('The audit.') audit!: string;
  @Id('The board.') board!: string;
}

/** The referral as the audit has it. */
export interface ItsReferral {
  readonly kind: ReplyKind | 'information';
  readonly referredOn?: Day;
  readonly dueOn?: Day;
}

export interface AwaitNeeds {
  /** Undefined where the report was not referred to the board. */
  readonly referral: ItsReferral | undefined;
  readonly ruleOn: RuleOn;
  readonly planning: Planning;
}

export const itsReferral: Need<AwaitReply, ItsReferral | undefined> = async (reads, { audit, board }) => {
  const { state, lastId } = await reads.fold(audits, audit);
  return { value: referralIn(state, board), basis: lastId === undefined ? [] : [lastId] };
};

const referralIn = (state: Audit, board: string): ItsReferral | undefined => {
  const referral = state.status === 'none' ? undefined : state.referrals[board];
  if (state.status === 'none' || !referral) return undefined;
  const { kind, lastReplyOn } = referral;
  const { handedOverOn } = state.report;
  return {
    kind,
    ...(handedOverOn !== undefined && { referredOn: handedOverOn }),
    ...(lastReplyOn !== undefined && kind === 'for-reply' && { dueOn: lastReplyOn }),
  };
};

export const awaitReply: Decide<AwaitReply, Reply, ReplyEvent, AwaitNeeds> = ({ audit, board }, state, given) => {
  const { id, today, now, referral, ruleOn, planning } = given;
  if (referral === undefined) return [];
  if (referral.kind === 'information') return noLonger(state, today, now);
  const { kind, referredOn, dueOn } = referral;
  if (state.status !== 'none' && state.status !== 'not-awaited' && isSame(state, referral)) return [];
  const facts = { reply: id, audit, board, kind, ...(referredOn !== undefined && { referredOn }), ...(dueOn !== undefined && { dueOn }) };
  const opened = opensAs(state, facts);
  const awaited = event(ReplyAwaited, { ...facts, stands: standing(opened) });
  const because = state.status === 'none' ? 'reply-awaited' : 'last-day-changed';
  return [awaited, ...waits(opened, state.status === 'not-awaited', ruleOn, today, now), ...counted(opened, planning, today, because)];
};

const isSame = (state: Known, { kind, referredOn, dueOn }: ItsReferral): boolean =>
  state.kind === kind && state.referredOn === referredOn && state.firstDueOn === dueOn;

/** What becomes of the deadline; a reply that is given keeps what it was, on time or not by its last day. */
const waits = (opened: Known, again: boolean, ruleOn: RuleOn, today: Day, now: Instant): readonly ReplyEvent[] => {
  const deadline = replyDeadline(opened);
  if (opened.dueOn === undefined) return closeDeadline(deadline, today, 'no-last-day', now);
  const plan = replyPlanUntil(opened, opened.dueOn, ruleOn, today);
  if (deadline === undefined) return setDeadline(plan, now);
  return again || deadline.status === 'closed'
    ? reopenDeadline(deadline, plan, 'reply-awaited-again', now)
    : moveDeadline(deadline, plan, 'referral-corrected', now);
};

/** A reply that is given stays given, asked for or not. */
const noLonger = (state: Reply, today: Day, now: Instant): readonly ReplyEvent[] => {
  if (state.status === 'none' || state.status === 'not-awaited' || state.status === 'given') return [];
  return [
    event(ReplyNoLongerAwaited, { ...of(state), stands: { state: 'not-expected' } }),
    ...closeDeadline(replyDeadline(state), today, 'not-awaited', now),
    ...closeDeadline(answerDeadline(state), today, 'not-awaited', now),
  ];
};
