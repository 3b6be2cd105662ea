import { derivedId, never, type Day, type Stream } from '#libs/kernel';
import { MeetingCancelled, MeetingMoved, MeetingPlanned, PreparationStepsSet, type CalendarEvent } from './calendar.events.js';

/** A meeting as the calendar has it. */
export interface PlannedMeeting {
  readonly meeting: string;
  readonly on: Day;
  /** The last day on which a matter can be handed in for it. */
  readonly stopOn: Day;
  /** The day its papers are to be sent. */
  readonly papersOn: Day;
  readonly cancelled: boolean;
}

/** A step on a matter's way to the board: so many working days before the next step, or on the days of a calendar of its own. */
export interface PreparationStep {
  readonly name: string;
  readonly workingDays?: number;
  readonly calendar?: readonly Day[];
}

/** What a calendar says, whether or not anything was ever entered in it. */
export interface BoardCalendar {
  readonly board: string;
  /** By day, cancelled ones among them. */
  readonly meetings: readonly PlannedMeeting[];
  /** In their order: the last one leads to the sending of the papers. */
  readonly steps: readonly PreparationStep[];
}

/** The calendar of one board, from nothing being entered in it on. */
export type Calendar = { readonly status: 'none' } | (BoardCalendar & { readonly status: 'kept' });

/** The one calendar of a board: its id follows from the board's. */
export const calendarId = (tenant: string, board: string): string => derivedId(tenant, 'calendar', board);

/** One stream per board: `calendar-<uuid>`. */
export const calendar: Stream<Calendar, CalendarEvent> = {
  name: 'calendar',
  events: [MeetingPlanned, MeetingMoved, MeetingCancelled, PreparationStepsSet],
  initial: { status: 'none' },
  evolve: (state, event) => {
    const kept = state.status === 'kept' ? state : { status: 'kept' as const, board: event.data.board, meetings: [], steps: [] };
    switch (event.type) {
      case 'MeetingPlanned': {
        const { meeting, on, stopOn, papersOn } = event.data;
        return withMeetings(kept, [...kept.meetings, { meeting, on, stopOn, papersOn, cancelled: false }]);
      }
      case 'MeetingMoved': {
        const { meeting, on, stopOn, papersOn } = event.data;
        return withMeetings(
          kept,
          kept.meetings.map((one) => (one.meeting === meeting ? { ...one, on, stopOn, papersOn } : one)),
        );
      }
      case 'MeetingCancelled':
        return withMeetings(
          kept,
          kept.meetings.map((one) => (one.meeting === event.data.meeting ? { ...one, cancelled: true } : one)),
        );
      case 'PreparationStepsSet':
        return { ...kept, steps: event.data.steps };
      default:
        return never(event);
    }
  },
};

const withMeetings = (kept: BoardCalendar & { readonly status: 'kept' }, meetings: readonly PlannedMeeting[]): Calendar => ({
  ...kept,
  meetings: meetings.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
});

/** The board whose calendar it is; undefined before anything was entered. */
export const boardOfCalendar = (state: Calendar): string | undefined => (state.status === 'none' ? undefined : state.board);
/** The meeting as the calendar has it. */
export const plannedIn = (state: Calendar | BoardCalendar, meeting: string): PlannedMeeting | undefined =>
  'meetings' in state ? state.meetings.find((one) => one.meeting === meeting) : undefined;
