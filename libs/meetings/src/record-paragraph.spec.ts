import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { DeadlineMoved } from '#libs/timers';
import {
  announced,
  asSaid,
  awaited,
  content,
  decidedUrgently,
  given,
  held,
  ids,
  meetingOpened,
  minuted,
  needs,
  on,
  opened,
  paragraph,
  points,
  recordedParagraph,
} from './meetings.given.js';
import { OpenedMeetingCancelled, ParagraphRecorded } from './meeting.events.js';
import { recordParagraph } from './record-paragraph.js';

const sent = (dispatchTo: object[]) => ({ ...asSaid(), dispatchTo });
const to = [{ body: ids.education }, { name: 'Länsstyrelsen' }];

test('a paragraph is recorded with its points, each with outcome and object; their ids follow from meeting, number and place', () => {
  given(opened()).when(recordParagraph, asSaid(), on('2022-06-15'), needs).then(recordedParagraph());
});

test('a sender may name paragraph and points', () => {
  const [own, first] = [derivedId('own paragraph'), derivedId('own point')];
  const said = { ...asSaid(), paragraph: own, points: [{ ...asSaid().points[0]!, point: first }] };
  given(opened())
    .when(recordParagraph, said, on('2022-06-15'), needs)
    .then(event(ParagraphRecorded, { ...content(), paragraph: own, points: [{ ...content().points[0]!, point: first }] }));
});

test('reservations and särskilda uttalanden stand beside the decision; empty lists are left out', () => {
  const beside = [
    { kind: 'reservation' as const, by: 'Vänsterpartiet', text: 'Ärendet borde ha återremitterats.' },
    { kind: 'special-statement' as const, by: 'Miljöpartiet' },
  ];
  given(opened())
    .when(recordParagraph, { ...asSaid(), reservations: beside, dispatchTo: [] }, on('2022-06-15'), needs)
    .then(event(ParagraphRecorded, { ...content(), reservations: beside }));
  given(opened())
    .when(recordParagraph, { ...asSaid(), reservations: [] }, on('2022-06-15'), needs)
    .then(recordedParagraph());
});

test.each(['§13', '13 §', '13', '§ 013'])('%s is § 13', (number) => {
  given(opened())
    .when(recordParagraph, { ...asSaid(), number }, on('2022-06-15'), needs)
    .then(recordedParagraph());
});

test('a registry number of unknown form is taken, and said to be so', () => {
  const [{ data }] = given(opened()).when(recordParagraph, { ...asSaid(), registryNumber: '181/22' }, on('2022-06-15'), needs).events as unknown as [
    { data: object },
  ];
  expect(data).toMatchObject({ registryNumber: '181/22', patternKnown: false });
});

test('without a registry number nothing is said of its form', () => {
  const { registryNumber: _, ...said } = asSaid();
  const [{ data }] = given(opened()).when(recordParagraph, said, on('2022-06-15'), needs).events as unknown as [{ data: object }];
  expect(data).not.toHaveProperty('patternKnown');
});

test('a point approved at once counts from the meeting, and that is to be announced by the second day after', () => {
  given(opened())
    .when(recordParagraph, asSaid({ atOnce: true }), on('2022-06-14'), needs)
    .then(recordedParagraph({ atOnce: true }), awaited('announcement', '2022-06-14', { nth: 1 }).set);
});

test('further points approved at once are announced together with the first', () => {
  given(opened(), recordedParagraph({ atOnce: true }), awaited('announcement', '2022-06-14', { nth: 1 }).set)
    .when(recordParagraph, asSaid({ atOnce: true, number: '§ 14' }), on('2022-06-14'), needs)
    .thenTypes('ParagraphRecorded');
});

test('what is to be dispatched is awaited from the approval on: at once, or with the minutes that were approved before it was entered', () => {
  given(opened())
    .when(recordParagraph, asSaid({ atOnce: true, dispatchTo: to }), on('2022-06-14'), needs)
    .then(
      recordedParagraph({ atOnce: true, dispatchTo: to }),
      awaited('announcement', '2022-06-14', { nth: 1 }).set,
      awaited('dispatch', '2022-06-14', { nth: 1 }).set,
    );
  given(opened())
    .when(recordParagraph, asSaid({ dispatchTo: to }), on('2022-06-14'), needs)
    .thenTypes('ParagraphRecorded');
  given(minuted({ number: '§ 1' }))
    .when(recordParagraph, asSaid({ dispatchTo: to }), on('2022-06-21'), needs)
    .then(recordedParagraph({ dispatchTo: to }), awaited('dispatch', '2022-06-20', { nth: 1 }).set);
});

test('what had been dispatched goes on being awaited where another paragraph of the same approval is to be dispatched', () => {
  const first = [{ name: 'Länsstyrelsen' }];
  const dispatch = awaited('dispatch', '2022-06-20', { nth: 1 });
  given(minuted({ number: '§ 1', dispatchTo: first }), dispatch.set, dispatch.met('2022-06-21'))
    .when(recordParagraph, asSaid({ dispatchTo: to }), on('2022-06-22'), needs)
    .thenTypes('ParagraphRecorded', DeadlineMoved.type);
});

test('entered long after the minutes were approved and announced it counts with them, and nothing more is awaited', () => {
  const announcement = awaited('announcement', '2022-06-20', { nth: 1 });
  given(minuted({ number: '§ 1' }), announced('2022-06-21'), announcement.met('2022-06-21'))
    .when(recordParagraph, asSaid(), on('2023-01-10'), needs)
    .then(recordedParagraph());
});

test('the same paragraph again says nothing new, however its number is written', () => {
  given(held()).when(recordParagraph, asSaid(), on('2022-06-16'), needs).thenNothing();
  given(held())
    .when(recordParagraph, { ...asSaid(), number: '13 §' }, on('2022-06-16'), needs)
    .thenNothing();
});

test('another paragraph of that number, and the same with other words, are refused as paragraph.number-twice', () => {
  given(held())
    .when(recordParagraph, { ...asSaid(), title: 'Annat' }, on('2022-06-16'), needs)
    .thenRefused('paragraph.number-twice');
  given(held())
    .when(recordParagraph, { ...asSaid(), paragraph: derivedId('own') }, on('2022-06-16'), needs)
    .thenRefused('paragraph.number-twice');
  given(held())
    .when(recordParagraph, { ...asSaid({ number: '§ 14' }), paragraph }, on('2022-06-16'), needs)
    .thenRefused('paragraph.number-twice');
});

test('a point that is there already is refused as point.twice', () => {
  const again = { ...asSaid({ number: '§ 14' }), points: [{ ...asSaid().points[0]!, point: points[0] }] };
  given(held()).when(recordParagraph, again, on('2022-06-16'), needs).thenRefused('point.twice');
  const both = { ...asSaid(), points: asSaid().points.map((one) => ({ ...one, point: points[0] })) };
  given(opened()).when(recordParagraph, both, on('2022-06-16'), needs).thenRefused('point.twice');
});

test('a recipient who is neither in the register nor named, or both, is refused', () => {
  given(opened())
    .when(recordParagraph, sent([{}]), on('2022-06-15'), needs)
    .thenRefused('recipient.body-or-name');
  given(opened())
    .when(recordParagraph, sent([{ body: ids.education, name: 'UBN' }]), on('2022-06-15'), needs)
    .thenRefused('recipient.body-or-name');
  given(opened())
    .when(recordParagraph, sent([{ body: ids.agreement }]), on('2022-06-15'), needs)
    .thenRefused('recipient.unknown');
});

test('a meeting that has not been held is refused as meeting.not-held-yet', () => {
  given(opened()).when(recordParagraph, asSaid(), on('2022-06-13'), needs).thenRefused('meeting.not-held-yet');
});

test('a board that had ended by the day of the meeting is refused as decision.board-ended: the succession was recorded meanwhile', () => {
  given(meetingOpened('2020-07-02', { board: ids.alvsjo }))
    .when(recordParagraph, asSaid(), on('2020-07-03'), needs)
    .thenRefused('decision.board-ended');
});

test('no paragraph is recorded at a cancelled meeting, at an urgent decision, or where nobody has opened one', () => {
  given(opened(), event(OpenedMeetingCancelled, { meeting: ids.meeting, on: day('2022-06-14') }))
    .when(recordParagraph, asSaid(), on('2022-06-15'), needs)
    .thenRefused('meeting.cancelled');
  given(decidedUrgently()).when(recordParagraph, asSaid(), on('2022-07-06'), needs).thenRefused('meeting.urgent-decision');
  given().when(recordParagraph, asSaid(), on('2022-06-15'), needs).thenRefused('meeting.unknown');
});
