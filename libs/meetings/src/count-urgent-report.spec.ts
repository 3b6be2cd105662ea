import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { countUrgentReport } from './count-urgent-report.js';
import { awaited, decidedUrgently, given, held, ids, needs, on, reported, urgentReport } from './meetings.given.js';

const count = { meeting: ids.urgent };
const asked = on('2022-07-10', { id: ids.urgent });

test('the day follows the board’s next meeting when that is moved', () => {
  given(decidedUrgently())
    .when(countUrgentReport, count, asked, { ...needs, nextMeetingOn: day('2022-08-30') })
    .then(awaited('urgent-report', '2022-07-05', { of: ids.urgent, until: '2022-08-30' }).moved('meeting-moved', 2));
});

test('the same meeting, or none that the calendar knows, says nothing new', () => {
  given(decidedUrgently())
    .when(countUrgentReport, count, asked, { ...needs, nextMeetingOn: day('2022-08-23') })
    .thenNothing();
  given(decidedUrgently()).when(countUrgentReport, count, asked, needs).thenNothing();
});

test('what has been reported, a meeting and what is not there are none of its business', () => {
  const other = { ...needs, nextMeetingOn: day('2022-08-30') };
  given(decidedUrgently(), reported('2022-08-23'), urgentReport.met('2022-08-23')).when(countUrgentReport, count, asked, other).thenNothing();
  given(held()).when(countUrgentReport, count, asked, other).thenNothing();
  given().when(countUrgentReport, count, asked, other).thenNothing();
});
