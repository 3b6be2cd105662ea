import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { followCalendar } from './follow-calendar.js';
import { OpenedMeetingCancelled, OpenedMeetingMoved } from './meeting.events.js';
import {
  awaited,
  calendarAfter,
  cancelled,
  decidedUrgently,
  given,
  held,
  ids,
  minuted,
  minutes,
  moved,
  needs,
  on,
  opened,
  papersSent,
  planned,
} from './meetings.given.js';

const follow = { meeting: ids.meeting, board: ids.social };
const movedTo = (to: string) => ({ ...needs, calendar: calendarAfter(planned(), moved(to)) });
const calledOff = { ...needs, calendar: calendarAfter(planned(), cancelled()) };
const followed = (to: string) => event(OpenedMeetingMoved, { meeting: ids.meeting, from: day('2022-06-14'), to: day(to) });
const calledOffOn = event(OpenedMeetingCancelled, { meeting: ids.meeting, on: day('2022-06-14') });

test('an opened meeting gets the day that the calendar gives it, and its minutes are awaited from there', () => {
  given(opened())
    .when(followCalendar, follow, on('2022-06-01'), movedTo('2022-06-16'))
    .then(followed('2022-06-16'), awaited('minutes', '2022-06-16').moved('start-corrected', 2));
});

test('where its minutes are kept, all that is counted from the day follows', () => {
  given(minuted()).when(followCalendar, follow, on('2022-06-21'), movedTo('2022-06-15')).thenTypes('OpenedMeetingMoved', 'DeadlineMoved', 'DeadlineMet');
  given(held({ atOnce: true }), awaited('announcement', '2022-06-14', { nth: 1 }).set)
    .when(followCalendar, follow, on('2022-06-15'), movedTo('2022-06-15'))
    .thenTypes('OpenedMeetingMoved', 'DeadlineMoved', 'DeadlineMoved');
});

test('a cancelled meeting awaits no minutes', () => {
  given(opened(), papersSent('2022-06-07'))
    .when(followCalendar, follow, on('2022-06-10'), calledOff)
    .then(calledOffOn, minutes.closed('2022-06-14', 'meeting-cancelled'));
});

test('the day that it has, a meeting that nobody has opened, one that is cancelled and an urgent decision say nothing new', () => {
  const same = { ...needs, calendar: calendarAfter(planned()) };
  given(opened()).when(followCalendar, follow, on('2022-06-01'), same).thenNothing();
  given().when(followCalendar, follow, on('2022-06-01'), movedTo('2022-06-16')).thenNothing();
  given(opened(), calledOffOn).when(followCalendar, follow, on('2022-06-01'), calledOff).thenNothing();
  given(decidedUrgently()).when(followCalendar, follow, on('2022-07-06'), same).thenNothing();
  given(opened())
    .when(followCalendar, follow, on('2022-06-01'), { ...needs, calendar: calendarAfter() })
    .thenNothing();
});

test('cancelled while its minutes were being kept, it is refused as meeting.held, so that somebody looks at it', () => {
  given(held()).when(followCalendar, follow, on('2022-06-15'), calledOff).thenRefused('meeting.held');
});
