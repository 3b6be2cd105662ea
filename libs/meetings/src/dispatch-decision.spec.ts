import { test } from '@jest/globals';
import { day, derivedId } from '#libs/kernel';
import { dispatchDecision } from './dispatch-decision.js';
import { approved, awaited, decidedUrgently, dispatched, given, held, ids, minuted, needs, on, paragraph, points } from './meetings.given.js';

const education = { body: ids.education };
const county = { name: 'Länsstyrelsen' };
const dispatch = (sentOn: string, to: object[] = [education]) => ({ meeting: ids.meeting, paragraph, to, on: day(sentOn) });
const wait = awaited('dispatch', '2022-06-20', { nth: 1 });
/** Approved on the 20th: to be dispatched to both by the 28th, five working days after (Midsummer's Eve is Friday 24). */
const toBoth = [...minuted({ dispatchTo: [education, county] }), wait.set];

test('a decision is dispatched to whom and when', () => {
  given(minuted())
    .when(dispatchDecision, dispatch('2022-06-21'), on('2022-06-21'), needs)
    .then(dispatched('2022-06-21', [education]));
});

test('what is awaited is met when everybody has it, on the day the last one got it', () => {
  given(toBoth).when(dispatchDecision, dispatch('2022-06-21'), on('2022-06-21'), needs).thenTypes('DecisionDispatched');
  given(toBoth, dispatched('2022-06-23', [education]))
    .when(dispatchDecision, dispatch('2022-06-21', [county]), on('2022-06-23'), needs)
    .then(dispatched('2022-06-21', [county]), wait.met('2022-06-23'));
});

test('dispatched in time and entered after it was called late: the lateness is withdrawn', () => {
  given(toBoth, wait.missed())
    .when(dispatchDecision, dispatch('2022-06-28', [education, county]), on('2022-07-04'), needs)
    .then(dispatched('2022-06-28', [education, county]), wait.withdrawn(), wait.met('2022-06-28', 3));
});

test('an urgent decision is dispatched on its own day', () => {
  const urgent = { meeting: ids.urgent, paragraph: derivedId(ids.urgent, 'paragraph', '1/2022'), to: [education], on: day('2022-07-05') };
  given(decidedUrgently())
    .when(dispatchDecision, urgent, on('2022-07-05', { id: ids.urgent }), { ...needs, nextMeetingOn: day('2022-08-23') })
    .then(dispatched('2022-07-05', [education], ids.urgent, '1/2022'));
});

test('the same dispatch again says nothing new; another day or another recipient is another dispatch', () => {
  given(minuted(), dispatched('2022-06-21', [education, county]))
    .when(dispatchDecision, dispatch('2022-06-21', [county]), on('2022-06-22'), needs)
    .thenNothing();
  given(minuted(), dispatched('2022-06-21', [education]))
    .when(dispatchDecision, dispatch('2022-06-22'), on('2022-06-22'), needs)
    .thenTypes('DecisionDispatched');
  given(minuted(), dispatched('2022-06-21', [education]))
    .when(dispatchDecision, dispatch('2022-06-21', [county]), on('2022-06-22'), needs)
    .thenTypes('DecisionDispatched');
});

test('before the minutes are approved it is refused as dispatch.before-approval', () => {
  given(held()).when(dispatchDecision, dispatch('2022-06-16'), on('2022-06-16'), needs).thenRefused('dispatch.before-approval');
  given(minuted()).when(dispatchDecision, dispatch('2022-06-19'), on('2022-06-21'), needs).thenRefused('dispatch.before-approval');
});

test('where a point was approved at once, or the paragraph before the rest, it may go out before the minutes', () => {
  given(held({ atOnce: true }), awaited('announcement', '2022-06-14', { nth: 1 }).set)
    .when(dispatchDecision, dispatch('2022-06-14'), on('2022-06-14'), needs)
    .then(dispatched('2022-06-14', [education]));
  for (const only of [{ points: [points[0]] }, { paragraphs: [paragraph] }]) {
    given(held(), approved('2022-06-15', only), awaited('announcement', '2022-06-15', { nth: 1 }).set)
      .when(dispatchDecision, dispatch('2022-06-15'), on('2022-06-15'), needs)
      .then(dispatched('2022-06-15', [education]));
  }
});

test('tomorrow, to nobody known, of no paragraph and at no meeting it is refused', () => {
  given(minuted()).when(dispatchDecision, dispatch('2022-06-22'), on('2022-06-21'), needs).thenRefused('day.in-the-future');
  given(minuted())
    .when(dispatchDecision, dispatch('2022-06-21', [{ body: ids.agreement }]), on('2022-06-21'), needs)
    .thenRefused('recipient.unknown');
  given(minuted())
    .when(dispatchDecision, dispatch('2022-06-21', [{}]), on('2022-06-21'), needs)
    .thenRefused('recipient.body-or-name');
  given(minuted())
    .when(dispatchDecision, { ...dispatch('2022-06-21'), paragraph: ids.agreement }, on('2022-06-21'), needs)
    .thenRefused('paragraph.unknown');
  given().when(dispatchDecision, dispatch('2022-06-21'), on('2022-06-21'), needs).thenRefused('meeting.unknown');
});
