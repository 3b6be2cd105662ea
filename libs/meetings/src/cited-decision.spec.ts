import { expect, test } from '@jest/globals';
import type { Reads } from '#libs/commands';
import { Refusal } from '#libs/kernel';
import { assertCounts, citedDecision, decisionIn, type CitedDecision } from './cited-decision.js';
import { annulled, approved, decidedUrgently, dispatched, held, ids, meetingAfter, minuted, on, paragraph, points } from './meetings.given.js';
import type { MeetingEvent } from './meeting.events.js';

const cited = (...facts: readonly (MeetingEvent | readonly MeetingEvent[])[]): CitedDecision | undefined => decisionIn(meetingAfter(...facts), points[0]);

test('a decision is told with board, day, paragraph, outcome and object', () => {
  expect(cited(held())).toEqual({
    meeting: ids.meeting,
    point: points[0],
    board: ids.social,
    on: '2022-06-14',
    kind: 'meeting',
    paragraph,
    number: '§ 13',
    outcome: 'approved',
    object: { kind: 'agreement', id: ids.agreement, version: '1' },
    counts: false,
    dispatchedTo: [],
    dispatches: [],
  });
});

test('it counts once its minutes are approved, from the first approval that covers it', () => {
  expect(cited(minuted())).toMatchObject({ counts: true, countsFrom: '2022-06-20' });
  expect(cited(minuted(), approved('2022-06-16', { approval: 2, points: [points[0]] }))).toMatchObject({ countsFrom: '2022-06-16' });
  expect(cited(held(), approved('2022-06-16', { points: [points[1]] }))).toMatchObject({ counts: false });
});

test('approved at once it counts from the meeting, an urgent decision from its own day', () => {
  expect(cited(held({ atOnce: true }))).toMatchObject({ counts: true, countsFrom: '2022-06-14' });
  const urgent = meetingAfter(decidedUrgently());
  const point = urgent.status === 'open' ? urgent.paragraphs[0]!.points[0]!.point : '';
  expect(decisionIn(urgent, point)).toMatchObject({ kind: 'urgent', counts: true, countsFrom: '2022-07-05' });
});

test('annulled it counts no more, and one can see from when it did', () => {
  expect(cited(minuted(), annulled('2022-11-15'))).toMatchObject({ counts: false, countsFrom: '2022-06-20', annulledOn: '2022-11-15' });
});

test('the day it was first dispatched, and everybody whom it went to', () => {
  const [education, county] = [{ body: ids.education }, { name: 'Länsstyrelsen' }];
  const sent = [dispatched('2022-06-23', [county]), dispatched('2022-06-21', [education])];
  expect(cited(minuted(), sent)).toMatchObject({ dispatchedOn: '2022-06-21', dispatchedTo: [county, education] });
});

test('there is none where there is no such point or meeting', () => {
  expect(decisionIn(meetingAfter(held()), ids.agreement)).toBeUndefined();
  expect(decisionIn(meetingAfter(), points[0])).toBeUndefined();
});

const refusalOf = (decision: CitedDecision | undefined): string | undefined => {
  try {
    assertCounts(decision);
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? `${error.code} ${error.pointer}` : String(error);
  }
};

test('what rests on it is refused where it is unknown, does not count or was annulled', () => {
  expect(refusalOf(cited(minuted()))).toBeUndefined();
  expect(refusalOf(undefined)).toBe('decision.unknown /decision');
  expect(refusalOf(cited(held()))).toBe('decision.not-counting /decision');
  expect(refusalOf(cited(minuted(), annulled('2022-11-15')))).toBe('decision.annulled /decision');
});

test('a command cites it or none; what it rests on is the last event of the meeting', async () => {
  const folded = { state: meetingAfter(minuted()), revision: 3, etag: 3, lastId: ids.agreement };
  const reads = { fold: () => Promise.resolve(folded) } as unknown as Reads;
  const need = citedDecision((command: { readonly decision?: { readonly meeting: string; readonly point: string } }) => command.decision);
  const context = { ...on('2022-06-21'), tenant: 'stockholm', commandId: ids.agreement, corr: '0' };
  expect(await need(reads, {}, context)).toEqual({ value: undefined });
  expect(await need(reads, { decision: { meeting: ids.meeting, point: points[0] } }, context)).toMatchObject({
    value: { counts: true },
    basis: [ids.agreement],
  });
});
