import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import { decisionsView } from './decisions.view.js';
import { ParagraphCorrected, type MeetingEvent } from './meeting.events.js';
import { annulled, approved, content, corrected, ids, paragraph, points, recordedParagraph } from './meetings.given.js';

const rowsAfter = (...facts: readonly MeetingEvent[]) => foldAll(decisionsView, happenedIn(`meeting-${ids.meeting}`, ...facts));
const current = (...facts: readonly MeetingEvent[]) => rowsAfter(...facts).filter(({ until }) => until === null);

test('each point is a row: what was decided, of what', () => {
  expect(rowsAfter(recordedParagraph({ atOnce: true }))).toMatchObject([
    {
      key: points[0],
      meeting: ids.meeting,
      paragraph,
      place: 1,
      text: 'Socialnämnden godkänner överenskommelsen.',
      outcome: 'approved',
      objectKind: 'agreement',
      object: ids.agreement,
      objectVersion: '1',
      atOnce: true,
      approvals: [],
      annulledOn: null,
      court: null,
    },
    { key: points[1], place: 2, objectKind: null, object: null, objectVersion: null, atOnce: false },
  ]);
});

test('a corrected paragraph corrects its points, which keep what became of them; a new point is a new row', () => {
  const [first, second] = content().points;
  const third = { point: ids.urgent, text: 'Paragrafen justeras omedelbart.', outcome: 'approved' as const };
  const correction = event(ParagraphCorrected, { ...content(), points: [second!, { ...first!, outcome: 'rejected' }, third], reason: 'Skäl.' });
  expect(current(recordedParagraph(), annulled('2022-11-15'), correction)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ key: points[0], place: 2, outcome: 'rejected', annulledOn: '2022-11-15' }),
      expect.objectContaining({ key: points[1], place: 1 }),
      expect.objectContaining({ key: ids.urgent, place: 3, approvals: [], annulledOn: null }),
    ]),
  );
});

test('approved for itself it keeps the number of the approval; other approvals are none of its own', () => {
  expect(current(recordedParagraph(), approved('2022-06-14', { points: [points[1]] }))).toMatchObject([{ approvals: [] }, { key: points[1], approvals: [1] }]);
  expect(rowsAfter(recordedParagraph(), approved('2022-06-20'), approved('2022-06-20', { paragraphs: [paragraph] }))).toEqual(rowsAfter(recordedParagraph()));
});

test('annulled by a court, on the day of the ruling or the corrected one', () => {
  expect(current(recordedParagraph(), annulled('2022-11-15')).at(-1)).toMatchObject({ annulledOn: '2022-11-15', court: 'Förvaltningsrätten i Stockholm' });
  const correction = corrected({ fact: 'decision-annulled', point: points[0], from: day('2022-11-15'), to: day('2022-11-16') });
  expect(current(recordedParagraph(), annulled('2022-11-15'), correction).at(-1)).toMatchObject({ annulledOn: '2022-11-16' });
});

test('other corrected days are none of its business', () => {
  const correction = { from: day('2022-06-20'), to: day('2022-06-21') };
  expect(rowsAfter(recordedParagraph(), corrected({ fact: 'minutes-approved', approval: 1, point: points[0], ...correction }))).toEqual(
    rowsAfter(recordedParagraph()),
  );
});

test('what is said of a point that was never recorded makes no row', () => {
  const correction = corrected({ fact: 'decision-annulled', point: points[0], from: day('2022-11-15'), to: day('2022-11-16') });
  expect(rowsAfter(approved('2022-06-14', { points: [points[1]] }), annulled('2022-11-15'), correction)).toEqual([]);
});

test('the same facts give the same rows as long as the version is the same', async () => {
  const facts = [
    recordedParagraph({ atOnce: true }),
    approved('2022-06-14', { points: [points[1]] }),
    annulled('2022-11-15'),
    corrected({ fact: 'decision-annulled', point: points[0], from: day('2022-11-15'), to: day('2022-11-16') }),
    event(ParagraphCorrected, { ...content(), reason: 'Skäl.' }),
  ];
  await checkGoldenRows(decisionsView, happenedIn(`meeting-${ids.meeting}`, ...facts), new URL('./decisions.golden.json', import.meta.url));
});
