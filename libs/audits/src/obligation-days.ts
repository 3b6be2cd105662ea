import { explain, longDate, type Day, type Text } from '#libs/kernel';
import { lastDayDeadline, openRequests, requestDeadlineId, standingJudgement, type Arisen, type Obligation } from './obligation.js';

/** A day that an obligation waits for: for what, and why that day. */
export interface AwaitedDay {
  readonly what: 'reply' | 'last-day' | 'promised-day' | 'documents';
  readonly dueOn: Day;
  readonly why: Text;
  readonly action?: string;
  readonly request?: string;
  readonly late: boolean;
}

const text = (sv: string, en: string): Text => ({ sv, en });

const whyReply = (dueOn: Day): Text =>
  text(`nämndens svar ska ha lämnats senast ${longDate(dueOn).sv}`, `the board’s reply is to be given by ${longDate(dueOn).en}`);

const whyLastDay = (state: Arisen): Text => {
  const steps = lastDayDeadline(state)?.plan.steps ?? [];
  if (steps.length > 0) return explain(steps);
  return state.lastDay?.by === 'auditors'
    ? text('dagen är satt av revisorerna', 'the day was set by the auditors')
    : text('dagen är satt av nämnden genom beslut', 'the day was set by the board’s decision');
};

/**
 * Every day that the obligation waits for, the next one first: of an open one the reply’s until the reply is given, then the one that board or
 * auditors set (domain §3.2.6); each promised action that is open; and what the auditors have asked for.
 */
export const awaitedDays = (state: Exclude<Obligation, { status: 'none' }>, today: Day): readonly AwaitedDay[] => {
  const open = state.status === 'open';
  const stands = standingJudgement(state.judgements)?.outcome;
  const settled = stands === 'met' || stands === 'no-longer-relevant';
  const replyDue = state.reply?.givenOn === undefined ? state.replyDueOn : undefined;
  const last: Omit<AwaitedDay, 'late'>[] =
    !open || settled
      ? []
      : replyDue !== undefined
        ? [{ what: 'reply', dueOn: replyDue, why: whyReply(replyDue) }]
        : state.lastDay
          ? [{ what: 'last-day', dueOn: state.lastDay.on, why: whyLastDay(state) }]
          : [];
  const promised = Object.entries(state.actions).flatMap(([action, { kind, status, promisedOn, firstPromisedOn }]) =>
    open && kind === 'promised' && status === 'promised' && promisedOn !== undefined
      ? [{ what: 'promised-day' as const, dueOn: promisedOn, action, why: whyPromised(promisedOn, firstPromisedOn) }]
      : [],
  );
  const asked = openRequests(state.requests).map(({ request, by }) => ({
    what: 'documents' as const,
    dueOn: by,
    request,
    why: text('revisorerna har begärt underlag till den dagen', 'the auditors have asked for documents by that day'),
  }));
  return [...last, ...promised, ...asked].toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1)).map((day) => ({ ...day, late: day.dueOn < today }));
};

const whyPromised = (promisedOn: Day, first: Day | undefined): Text =>
  first === undefined || first === promisedOn
    ? text('dagen är utlovad för åtgärden', 'the day was promised for the action')
    : text(
        `dagen är utlovad för åtgärden; först utlovades ${longDate(first).sv}`,
        `the day was promised for the action; first promised was ${longDate(first).en}`,
      );

/** A request for documents with what came of it, and whether it is or was late. */
export const requestsShown = (state: Arisen, today: Day) =>
  state.requests.map((asked) => {
    const deadline = state.deadlines[requestDeadlineId(asked.request)];
    const late = asked.delivered ? asked.delivered.on > asked.by : deadline?.status !== 'closed' && asked.by < today;
    return { ...asked, late };
  });
