import type { Need } from '#libs/commands';
import { calendar, calendarId, type BoardCalendar } from './calendar.js';

/** A board's calendar for a decision that counts with it; the event that it stands at is the basis. A calendar never written in is empty. */
export const boardCalendar =
  <C>(pick: (command: C) => string): Need<C, BoardCalendar> =>
  async (reads, command, { tenant }) => {
    const board = pick(command);
    const { state, lastId } = await reads.fold(calendar, calendarId(tenant, board));
    const { meetings, steps } = state.status === 'kept' ? state : { meetings: [], steps: [] };
    return { value: { board, meetings, steps }, basis: lastId === undefined ? [] : [lastId] };
  };
