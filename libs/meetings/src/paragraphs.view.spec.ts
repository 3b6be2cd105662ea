import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import { ParagraphCorrected, type MeetingEvent } from './meeting.events.js';
import { approved, content, corrected, dispatched, ids, paragraph, points, recordedParagraph, served } from './meetings.given.js';
import { paragraphsView, registryKey } from './paragraphs.view.js';

const rowsAfter = (...facts: readonly MeetingEvent[]) => foldAll(paragraphsView, happenedIn(`meeting-${ids.meeting}`, ...facts));
const rowAfter = (...facts: readonly MeetingEvent[]) => rowsAfter(...facts).at(-1);
const education = [{ body: ids.education }];

test('a paragraph is a row, with the number of its matter as it is written and as it is searched', () => {
  expect(rowsAfter(recordedParagraph({ dispatchTo: education }))).toEqual([
    {
      tenant: 'stockholm',
      key: paragraph,
      since: 1,
      until: null,
      broken: null,
      meeting: ids.meeting,
      number: '§ 13',
      title: 'Samverkansöverenskommelse',
      registryNumber: '2.3.4-181/2022',
      registryKey: '2.3.4-181/2022',
      patternKnown: true,
      reservations: 0,
      approvals: [],
      dispatchTo: education,
      dispatches: [],
      undispatched: 1,
      dispatchedOn: null,
      served: [],
    },
  ]);
});

test('a registry number is found however its dash and spaces are written', () => {
  expect(registryKey('STK 2.3.4 – 181/2022')).toBe(registryKey('stk2.3.4-181/2022'));
});

test('a corrected paragraph keeps what became of it; a number that it does not have is searched by nobody', () => {
  const { registryNumber: _, patternKnown: __, ...rest } = content();
  const bare = event(ParagraphCorrected, { ...rest, title: 'Annat', reservations: [{ kind: 'reservation', by: 'Vänsterpartiet' }], reason: 'Skäl.' });
  expect(rowAfter(recordedParagraph(), dispatched('2022-06-21', education), bare)).toMatchObject({
    title: 'Annat',
    registryNumber: null,
    registryKey: null,
    patternKnown: null,
    reservations: 1,
    dispatches: [{ to: education, on: '2022-06-21' }],
  });
});

test('approved for itself it keeps the number of the approval; approvals of the whole or of points are none of its own', () => {
  expect(rowAfter(recordedParagraph(), approved('2022-06-16', { paragraphs: [paragraph] }))).toMatchObject({ approvals: [1] });
  expect(rowsAfter(recordedParagraph(), approved('2022-06-20'), approved('2022-06-16', { points: [points[0]] }))).toEqual(rowsAfter(recordedParagraph()));
});

test('whom it went to and when, a corrected day included', () => {
  const sent = [recordedParagraph(), dispatched('2022-06-21', education), dispatched('2022-06-23', education), served('2022-06-22')];
  expect(rowAfter(...sent)).toMatchObject({ served: [{ to: ids.education, on: '2022-06-22' }], dispatchedOn: '2022-06-21', undispatched: 0 });
  expect(rowAfter(recordedParagraph({ dispatchTo: [...education, { name: 'Länsstyrelsen' }] }), ...sent.slice(1))).toMatchObject({ undispatched: 1 });
  const about = { paragraph, to: day('2022-06-24') };
  expect(rowAfter(...sent, corrected({ fact: 'decision-dispatched', from: day('2022-06-21'), ...about }))).toMatchObject({
    dispatches: [
      { to: education, on: '2022-06-24' },
      { to: education, on: '2022-06-23' },
    ],
  });
  expect(rowAfter(...sent, corrected({ fact: 'decision-served', from: day('2022-06-22'), ...about }))).toMatchObject({
    served: [{ to: ids.education, on: '2022-06-24' }],
  });
});

test('other corrected days are none of its business', () => {
  const correction = { from: day('2022-06-20'), to: day('2022-06-21') };
  expect(rowsAfter(recordedParagraph(), corrected({ fact: 'minutes-approved', approval: 1, ...correction }))).toEqual(rowsAfter(recordedParagraph()));
  expect(rowsAfter(recordedParagraph(), corrected({ fact: 'minutes-approved', paragraph, ...correction }))).toEqual(rowsAfter(recordedParagraph()));
});

test('what is said of a paragraph that was never recorded makes no row', () => {
  const nothing = [approved('2022-06-16', { paragraphs: [paragraph] }), dispatched('2022-06-21', education), served('2022-06-22')];
  const correction = { paragraph, from: day('2022-06-21'), to: day('2022-06-22') };
  expect(rowsAfter(...nothing, corrected({ fact: 'decision-dispatched', ...correction }), corrected({ fact: 'decision-served', ...correction }))).toEqual([]);
});

test('the same facts give the same rows as long as the version is the same', async () => {
  const facts = [
    recordedParagraph({ dispatchTo: education }),
    approved('2022-06-16', { paragraphs: [paragraph] }),
    dispatched('2022-06-21', education),
    served('2022-06-22'),
    corrected({ fact: 'decision-dispatched', paragraph, from: day('2022-06-21'), to: day('2022-06-22') }),
    event(ParagraphCorrected, { ...content(), title: 'Annat', reason: 'Skäl.' }),
  ];
  await checkGoldenRows(paragraphsView, happenedIn(`meeting-${ids.meeting}`, ...facts), new URL('./paragraphs.golden.json', import.meta.url));
});
