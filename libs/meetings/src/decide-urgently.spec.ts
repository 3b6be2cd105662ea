import { test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { decisionIn, type CitedDecision } from './cited-decision.js';
import { decideUrgently } from './decide-urgently.js';
import { MeetingOpened } from './meeting.events.js';
import {
  annulled,
  asSaid,
  awaited,
  decidedUrgently,
  given,
  held,
  ids,
  meetingAfter,
  minuted,
  needs,
  on,
  points,
  recordedParagraph,
  urgentOpened,
  urgentReport,
} from './meetings.given.js';

const decide = (change: object = {}) => ({
  ...asSaid({ of: ids.urgent, number: '1/2022' }),
  meeting: ids.urgent,
  board: ids.social,
  on: day('2022-07-05'),
  mandate: { decider: 'chair' as const, reference: 'Delegationsordningen 1.1' },
  ...change,
});
const asked = (date: string, more: { unit?: string } = {}) => on(date, { id: ids.urgent, ...more });
const needing = (decision?: CitedDecision, nextMeetingOn: string | undefined = '2022-08-23') => ({
  ...needs,
  given: decision,
  ...(nextMeetingOn !== undefined && { nextMeetingOn: day(nextMeetingOn) }),
});
/** The mandate was given at the meeting of 14 June, which counts from the 20th. */
const mandate = { decider: 'named-member' as const, reference: '§ 13', decision: { meeting: ids.meeting, point: points[1] } };
const mandateGiven = decisionIn(meetingAfter(minuted()), points[1]);
const asking = (decision: CitedDecision | undefined) => given().when(decideUrgently, decide({ mandate }), asked('2022-07-05'), needing(decision));

test('an urgent decision is an opening of its own with its one paragraph, to be reported at the board’s next meeting', () => {
  given()
    .when(decideUrgently, decide(), asked('2022-07-05'), needing())
    .then(urgentOpened(), recordedParagraph({ of: ids.urgent, number: '1/2022' }), urgentReport.set);
});

test('where the calendar knows no next meeting, it is to be reported by the day that the rule gives', () => {
  const { ruleOn, organisation } = needs;
  given()
    .when(decideUrgently, decide(), asked('2022-07-05'), { ruleOn, organisation, given: undefined })
    .then(urgentOpened(), recordedParagraph({ of: ids.urgent, number: '1/2022' }), awaited('urgent-report', '2022-07-05', { of: ids.urgent }).set);
});

test('what is to be dispatched is awaited at once', () => {
  given()
    .when(decideUrgently, decide({ dispatchTo: [{ body: ids.auditors }] }), asked('2022-07-05'), needing())
    .thenTypes('MeetingOpened', 'ParagraphRecorded', 'DeadlineSet', 'DeadlineSet');
});

test('the decision by which the board gave the mandate is cited', () => {
  const { data } = urgentOpened();
  given()
    .when(decideUrgently, decide({ mandate }), asked('2022-07-05'), needing(mandateGiven))
    .then(event(MeetingOpened, { ...data, mandate }), recordedParagraph({ of: ids.urgent, number: '1/2022' }), urgentReport.set);
});

test('entered after the next meeting it is overdue at once', () => {
  given().when(decideUrgently, decide(), asked('2022-09-01'), needing()).thenTypes('MeetingOpened', 'ParagraphRecorded', 'DeadlineSet', 'DeadlineMissed');
});

test('the same again says nothing new', () => {
  given(decidedUrgently()).when(decideUrgently, decide(), asked('2022-07-06'), needing()).thenNothing();
});

test('an id that is taken, by another decision or by a meeting, is refused as meeting.exists', () => {
  given(decidedUrgently())
    .when(decideUrgently, decide({ title: 'Annat' }), asked('2022-07-06'), needing())
    .thenRefused('meeting.exists');
  given(decidedUrgently())
    .when(decideUrgently, decide({ on: day('2022-07-04') }), asked('2022-07-06'), needing())
    .thenRefused('meeting.exists');
  given(held()).when(decideUrgently, decide(), asked('2022-07-06'), needing()).thenRefused('meeting.exists');
});

test('a mandate that is in no minutes, does not count or was annulled is refused', () => {
  asking(undefined).thenRefused('decision.unknown');
  asking(decisionIn(meetingAfter(held()), points[1])).thenRefused('decision.not-counting');
  asking(decisionIn(meetingAfter(minuted(), annulled('2022-07-01', points[1])), points[1])).thenRefused('decision.annulled');
});

test('another board’s mandate is refused as mandate.other-board, one given afterwards as mandate.later', () => {
  given()
    .when(decideUrgently, decide({ mandate, board: ids.education }), asked('2022-07-05', { unit: ids.education }), needing(mandateGiven))
    .thenRefused('mandate.other-board');
  given()
    .when(decideUrgently, decide({ mandate, on: day('2022-06-19') }), asked('2022-07-05'), needing(mandateGiven))
    .thenRefused('mandate.later');
});

test('tomorrow, for another board, for what is no board or a board that had ended it is refused', () => {
  given()
    .when(decideUrgently, decide({ on: day('2022-07-06') }), asked('2022-07-05'), needing())
    .thenRefused('day.in-the-future');
  given()
    .when(decideUrgently, decide(), asked('2022-07-05', { unit: ids.education }), needing())
    .thenRefused('board.not-yours');
  given()
    .when(decideUrgently, decide({ board: ids.administration }), asked('2022-07-05'), needing())
    .thenRefused('board.unknown');
  given()
    .when(decideUrgently, decide({ board: ids.alvsjo }), asked('2022-07-05', { unit: ids.hagerstenAlvsjo }), needing())
    .thenRefused('decision.board-ended');
});

test('two points of one id are refused as point.twice', () => {
  const same = decide().points.map((one) => ({ ...one, point: derivedId('one') }));
  given()
    .when(decideUrgently, decide({ points: same }), asked('2022-07-05'), needing())
    .thenRefused('point.twice');
});
