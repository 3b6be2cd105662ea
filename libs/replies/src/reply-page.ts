import type { Audit, Recommendation } from '#libs/audits';
import { daysBetween, explain, isBefore, type Day, type Text } from '#libs/kernel';
import type { Register, Role } from '#libs/organisation';
import { isLate, nextReminder } from '#libs/timers';
import { explainPassed, explainPlan, summaryOf } from './explain-plan.js';
import type { ReplyEvent } from './reply.events.js';
import { replyDeadline, type Known } from './reply.js';
import { isThere, type MeetingOfPlan, type ReplyPlan } from './reply-plan.js';

/** An event of the reply, with the moment at which it was recorded. */
export type Recorded = ReplyEvent & { readonly at: string };

interface Named {
  readonly id: string;
  readonly name: string;
}

/** From the highest rank: how a chain of sign-offs is read, whatever order they were made in. */
const RANK: readonly Role[] = ['head-of-administration', 'department-head', 'unit-manager', 'process-owner', 'case-officer'];
const rankOf = (role: string): number => {
  const rank = (RANK as readonly string[]).indexOf(role);
  return rank === -1 ? RANK.length : rank;
};

/** What the page of a reply holds, from its own facts, the audit's recommendations and the register. */
export const replyPage = (state: Known, events: readonly Recorded[], audit: Audit, register: Register, today: Day) => {
  const named = (id: string): Named => ({ id, name: register.unit(id)?.name ?? id });
  const { report, recommendations } = audit.status === 'registered' ? audit : { report: undefined, recommendations: {} };
  return {
    reply: state.reply,
    status: state.status,
    kind: state.kind,
    audit: { id: state.audit, title: report?.title ?? state.audit, numbers: report?.numbers ?? [] },
    board: named(state.board),
    holder: named(register.holderOn(state.board, today)),
    ...(state.referredOn !== undefined && { referredOn: state.referredOn }),
    lastDay: lastDayOf(state, today),
    extension: { ...state.extension, requests: state.requests },
    ...(state.officerReport && { officerReport: state.officerReport }),
    consultations: state.consultations.toSorted((a, b) => (a.on < b.on ? -1 : 1)),
    signOffs: state.signOffs
      .toSorted((a, b) => rankOf(b.role) - rankOf(a.role) || (a.on < b.on ? -1 : 1))
      .map(({ unit, ...rest }) => ({ ...rest, unit: named(unit) })),
    ...outOfRank(state),
    chain: {
      ...(state.chain.preparingBoard !== undefined && { preparing: named(state.chain.preparingBoard) }),
      deciding: named(state.chain.decidingBoard),
      minutes: state.chain.minutes,
    },
    ...(state.plan && wayOnPage(state.plan, named)),
    ...(state.status === 'awaited' && state.plan && passed(state.plan, today)),
    planHistory: planHistory(events),
    recommendations: answered(state, recommendations),
    ...('approval' in state && { approval: { ...state.approval, decidedBy: named(state.approval.decidedBy) } }),
    ...(state.status === 'given' && { givenOn: state.givenOn, dispatchedTo: dispatchedTo(events, named) }),
  };
};

const UNKNOWN: Text = {
  sv: 'Den sista dagen är okänd, så yttrandet kan inte vara försenat.',
  en: 'The last day is unknown, so the reply cannot be late.',
};
const NOT_ASKED: Text = {
  sv: 'Rapporten är överlämnad för kännedom och eventuellt yttrande; det finns ingen sista dag.',
  en: 'The report was referred for information and possible reply; there is no last day.',
};

/** The last day and why that day; what is unknown is said to be unknown, and never late. */
const lastDayOf = (state: Known, today: Day) => {
  const { dueOn, firstDueOn, extension, kind } = state;
  if (dueOn === undefined) return { known: false, late: false, why: kind === 'for-reply' ? UNKNOWN : NOT_ASKED };
  const deadline = replyDeadline(state);
  const waits = state.status === 'awaited' || state.status === 'approved';
  const late = (deadline !== undefined && isLate(deadline)) || (waits && isBefore(dueOn, today));
  const next = deadline && waits ? nextReminder(deadline) : undefined;
  const until = state.status === 'given' ? state.givenOn : today;
  return {
    known: true,
    dueOn,
    ...(firstDueOn !== undefined && firstDueOn !== dueOn && { firstDueOn }),
    late,
    daysLate: late ? Math.max(0, daysBetween(dueOn, until)) : 0,
    ...(next && { nextReminderAt: next.at }),
    why: whyLastDay(dueOn, extension.status === 'granted' ? extension.on : undefined, deadline?.plan.steps),
  };
};

const whyLastDay = (dueOn: Day, grantedOn: Day | undefined, steps: Parameters<typeof explain>[0] = []): Text => {
  if (grantedOn !== undefined) {
    return { sv: `revisorerna beviljade den ${grantedOn} anstånd till ${dueOn}`, en: `on ${grantedOn} the auditors granted an extension to ${dueOn}` };
  }
  return steps.length > 0
    ? explain(steps)
    : { sv: 'den dag revisorerna angav vid överlämnandet', en: 'the day the auditors stated when they handed the report over' };
};

/** Whether somebody of higher rank signed before somebody of lower: shown, not refused. */
const outOfRank = ({ signOffs }: Known) => {
  const early = signOffs.some((high) => signOffs.some((low) => rankOf(high.role) < rankOf(low.role) && isBefore(high.on, low.on)));
  return early ? { signedOutOfRank: true as const } : {};
};

/** The plan, each day with its reason; or why there is none, and what to do. */
const wayOnPage = (plan: ReplyPlan, named: (id: string) => Named) => {
  const summary = summaryOf(plan);
  if (!isThere(plan)) {
    const { none: reason, countedOn, next } = plan;
    const found = next && { meeting: next.meeting.meeting, meetingOn: next.meeting.on, board: named(next.meeting.board), extensionTo: next.extensionTo };
    return { problem: { reason, text: summary, countedOn, ...(found && { next: found }) } };
  }
  const { meeting, preparing, lastOn, countedOn, dispatchOn, minutesOn, atOnce } = plan;
  return {
    plan: {
      summary,
      countedOn,
      lastOn,
      dispatchOn,
      minutesOn,
      ...(atOnce && { atOnce }),
      ...meetingOnPage(meeting, named),
      ...(preparing && { preparing: meetingOnPage(preparing, named) }),
      days: explainPlan(plan),
    },
  };
};

const passed = (plan: ReplyPlan, today: Day) =>
  isThere(plan) && isBefore(plan.minutesOn, today)
    ? { problem: { reason: 'meeting-passed', text: explainPassed(plan.meeting.on), countedOn: plan.countedOn } }
    : {};

const meetingOnPage = ({ meeting, board, on, stopOn, papersOn }: MeetingOfPlan, named: (id: string) => Named) => ({
  meeting,
  meetingBoard: named(board),
  meetingOn: on,
  stopOn,
  papersOn,
});

/** Every plan that was counted, the newest first, with why it was. */
const planHistory = (events: readonly Recorded[]) =>
  events
    .flatMap((event) => (event.type === 'ReplyPlanned' ? [{ at: event.at, because: event.data.because, summary: summaryOf(event.data.plan) }] : []))
    .toReversed();

/** The audit's recommendations that the reply is to answer, with what it says of them; what is not answered is said so. */
const answered = ({ board, comments, obligations }: Known, recommendations: Readonly<Record<string, Recommendation>>) => {
  const its = Object.values(recommendations).filter(
    (one) => one.recommendation in obligations || one.recommendation in comments || one.addressees.includes(board),
  );
  return its.map(({ recommendation, number, wording, withdrawn }) => ({
    recommendation,
    number,
    wording,
    ...(withdrawn && { withdrawn: true as const }),
    answered: recommendation in comments,
    ...comments[recommendation],
  }));
};

const dispatchedTo = (events: readonly Recorded[], named: (id: string) => Named) => {
  const given = events.findLast((event) => event.type === 'ReplyGiven');
  return given?.type === 'ReplyGiven' ? given.data.dispatchedTo.map(({ body, name }) => (body === undefined ? { name: name ?? '' } : named(body))) : [];
};
