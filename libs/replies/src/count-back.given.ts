import { day, derivedId } from '#libs/kernel';
import type { CalendarMeeting } from './count-back.js';

/** A meeting of a board, its stop day and papers before it as they are said. */
export const meetingOn = (on: string, { stopOn = on, papersOn = on, board = 'board', cancelled = false, name = on } = {}): CalendarMeeting => ({
  meeting: derivedId('meeting', board, name),
  board: derivedId('board', board),
  on: day(on),
  stopOn: day(stopOn),
  papersOn: day(papersOn),
  cancelled,
});
