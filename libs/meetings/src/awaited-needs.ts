import type { Context, Need, Reads } from '#libs/commands';
import { isAfter, stockholmDay, type Day } from '#libs/kernel';
import { organisationId, organisationStream, registerOf } from '#libs/organisation';
import { deadlineRules, deadlineRulesId, ruleFor } from '#libs/timers';
import type { RuleOn } from './awaited.js';
import { calendar, calendarId } from './calendar.js';
import { meeting, type Meeting } from './meeting.js';

/** The municipality's rules. Which of them are used only the decision knows; each deadline names its own. */
export const ruleOn: Need<object, RuleOn> = async (reads, _command, { tenant }) => {
  const { state } = await reads.fold(deadlineRules, deadlineRulesId(tenant));
  return { value: (type, startOn) => ruleFor(state, type, startOn) };
};

/** The first meeting after the day in the calendar of the board, or else of the one that holds its things today; where that calendar stands is the basis. */
const nextMeeting = async (reads: Reads, { tenant, now }: Pick<Context, 'tenant' | 'now'>, board: string, after: Day) => {
  const { state: register } = await reads.fold(organisationStream, organisationId(tenant));
  for (const of of new Set([board, registerOf(register).holderOn(board, stockholmDay(now))])) {
    const { state, lastId } = await reads.fold(calendar, calendarId(tenant, of));
    const next = state.status === 'kept' ? state.meetings.find(({ on, cancelled }) => !cancelled && isAfter(on, after)) : undefined;
    if (next) return { value: next.on, basis: lastId === undefined ? [] : [lastId] };
  }
  return { value: undefined };
};

/** The board's next meeting after an urgent decision that is about to be recorded. */
export const nextMeetingAfter: Need<{ readonly board: string; readonly on: Day }, Day | undefined> = (reads, { board, on }, context) =>
  nextMeeting(reads, context, board, on);

/** The board's next meeting after the urgent decision that the command names; undefined for a meeting, which awaits no report. */
export const nextMeetingOn: Need<{ readonly meeting: string }, Day | undefined> = async (reads, { meeting: id }, context) => {
  const { state } = await reads.fold(meeting, id);
  return isUrgent(state) ? nextMeeting(reads, context, state.board, state.on) : { value: undefined };
};

/** The same, where its day is corrected: after the day that it was. */
export const nextMeetingAfterCorrection: Need<{ readonly meeting: string; readonly fact: string; readonly to: Day }, Day | undefined> = async (
  reads,
  { meeting: id, fact, to },
  context,
) => {
  const { state } = await reads.fold(meeting, id);
  return isUrgent(state) ? nextMeeting(reads, context, state.board, fact === 'urgent-decided' ? to : state.on) : { value: undefined };
};

const isUrgent = (state: Meeting): state is Extract<Meeting, { status: 'open' }> => state.status === 'open' && state.kind === 'urgent';

/** A meeting in its own stream, as the command names it; its last event is the basis. */
export const meetingNamed =
  <C>(pick: (command: C) => string): Need<C, Meeting> =>
  async (reads, command) => {
    const { state, lastId } = await reads.fold(meeting, pick(command));
    return { value: state, basis: lastId === undefined ? [] : [lastId] };
  };
