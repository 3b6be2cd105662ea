import { expect, test } from '@jest/globals';
import { derivedId, event } from '#libs/kernel';
import { correctParagraph } from './correct-paragraph.js';
import { ParagraphCorrected } from './meeting.events.js';
import {
  asSaid,
  awaited,
  content,
  decidedUrgently,
  given,
  held,
  ids,
  minuted,
  needs,
  on,
  opened,
  paragraph,
  points,
  recordedParagraph,
} from './meetings.given.js';

/** As the page shows it, and sent back with a change. */
const correct = (change: object = {}) => {
  const { patternKnown: _, ...said } = content();
  return { ...said, reason: 'Fel lydelse.', ...change };
};
const to = [{ name: 'Länsstyrelsen' }];

test('a paragraph is corrected as a whole, with the reason', () => {
  given(held())
    .when(correctParagraph, correct({ title: 'Samverkansöverenskommelse avseende korttidstillsyn' }), on('2022-06-20'), needs)
    .then(event(ParagraphCorrected, { ...content(), title: 'Samverkansöverenskommelse avseende korttidstillsyn', reason: 'Fel lydelse.' }));
});

test('its number is held against the board’s pattern again', () => {
  const [{ data }] = given(held()).when(correctParagraph, correct({ registryNumber: '181' }), on('2022-06-20'), needs).events as unknown as [{ data: object }];
  expect(data).toMatchObject({ registryNumber: '181', patternKnown: false });
});

test('a point that was approved at once after all counts from the meeting', () => {
  const [first, second] = content().points;
  given(held())
    .when(correctParagraph, correct({ points: [{ ...first, atOnce: true }, second] }), on('2022-06-15'), needs)
    .thenTypes('ParagraphCorrected', 'DeadlineSet');
});

test('a point that was not approved at once after all is not to be announced', () => {
  const announcement = awaited('announcement', '2022-06-14', { nth: 1 });
  const corrected = event(ParagraphCorrected, { ...content(), reason: 'Fel lydelse.' });
  given(held({ atOnce: true }), announcement.set)
    .when(correctParagraph, correct(), on('2022-06-15'), needs)
    .then(corrected, announcement.closed('2022-06-14', 'nothing-to-announce'));
});

test('recipients may be added and taken away: their dispatch is awaited, or not any more', () => {
  const dispatch = awaited('dispatch', '2022-06-20', { nth: 1 });
  given(minuted())
    .when(correctParagraph, correct({ dispatchTo: to }), on('2022-06-21'), needs)
    .then(event(ParagraphCorrected, { ...content({ dispatchTo: to }), reason: 'Fel lydelse.' }), dispatch.set);
  given(minuted({ dispatchTo: to }), dispatch.set)
    .when(correctParagraph, correct(), on('2022-06-21'), needs)
    .then(event(ParagraphCorrected, { ...content(), reason: 'Fel lydelse.' }), dispatch.closed('2022-06-20', 'nothing-to-dispatch'));
});

test('points may be added', () => {
  const added = { text: 'Paragrafen justeras omedelbart.', outcome: 'approved' as const };
  given(held())
    .when(correctParagraph, correct({ points: [...content().points, added] }), on('2022-06-20'), needs)
    .thenTypes('ParagraphCorrected');
});

test('an urgent decision’s paragraph is corrected too', () => {
  const said = { ...asSaid({ of: ids.urgent, number: '1/2022' }), paragraph: derivedId(ids.urgent, 'paragraph', '1/2022') };
  const ofIt = content({ of: ids.urgent, number: '1/2022' }).points;
  given(decidedUrgently())
    .when(correctParagraph, { ...said, points: ofIt, title: 'Yttrande', reason: 'Fel lydelse.' }, on('2022-07-06', { id: ids.urgent }), needs)
    .thenTypes('ParagraphCorrected');
});

test('the same again says nothing new', () => {
  given(held()).when(correctParagraph, correct(), on('2022-06-20'), needs).thenNothing();
});

test('a point that is left out is refused as point.missing', () => {
  given(held())
    .when(correctParagraph, correct({ points: [content().points[0]] }), on('2022-06-20'), needs)
    .thenRefused('point.missing');
});

test('a number that another paragraph has, and a point that stands elsewhere, are refused', () => {
  const both = [...held(), recordedParagraph({ number: '§ 14' })];
  given(both)
    .when(correctParagraph, correct({ number: '§ 14' }), on('2022-06-20'), needs)
    .thenRefused('paragraph.number-twice');
  const elsewhere = { ...content().points[0]!, point: content({ number: '§ 14' }).points[0]!.point };
  given(both)
    .when(correctParagraph, correct({ points: [...content().points, elsewhere] }), on('2022-06-20'), needs)
    .thenRefused('point.twice');
});

test('a paragraph that is not there is refused as paragraph.unknown, a meeting as meeting.unknown', () => {
  given(opened()).when(correctParagraph, correct({ paragraph }), on('2022-06-20'), needs).thenRefused('paragraph.unknown');
  given()
    .when(correctParagraph, correct({ points: [{ ...content().points[0], point: points[0] }] }), on('2022-06-20'), needs)
    .thenRefused('meeting.unknown');
});
