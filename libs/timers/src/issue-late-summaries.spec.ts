import { expect, test } from '@jest/globals';
import { addMilliseconds, instant, MAX_EVENTS, type Instant } from '#libs/kernel';
import { given, stateAfter } from '#libs/testing';
import { IssueLateSummaries, issueLateSummaries } from './issue-late-summaries.js';
import type { LateSummaryEvent } from './late-summary.events.js';
import { lateSummaries } from './late-summary.js';
import { id, issued, MORNING, noted, owner } from './late-summary.samples.js';

const by = { actor: 'timers', role: 'system', unit: id('Östermalm') };
/** The school unit lies in Östermalm; Älvsjö’s things are Hägersten-Älvsjö’s now; the auditors’ office is in no board. */
const boards = new Map([
  [id('skolenheten'), id('Östermalm')],
  [id('Östermalm'), id('Östermalm')],
  [id('Hägersten-Älvsjö'), id('Hägersten-Älvsjö')],
]);
const register = { boardOf: (unit: string) => boards.get(unit), holderOn: (unit: string) => (unit === id('Älvsjö') ? id('Hägersten-Älvsjö') : unit) };
const issuing = (generation: number, now: Instant, ...facts: LateSummaryEvent[]) =>
  given(lateSummaries, ...facts).when(
    issueLateSummaries,
    Object.assign(new IssueLateSummaries(), { owner, deadline: owner, generation, rung: 'late-summary', occurrence: 0 }),
    { now, by, id: owner },
    { register },
  );

test('when the morning has come one summary is issued, however much was recorded late', () => {
  issuing(1, MORNING, noted('a', 'Östermalm'), noted('b', 'Östermalm'), noted('c', 'Östermalm')).then(issued('Östermalm', ['Östermalm']));
});

test('each board gets its own, with what its units and the boards before it wait for; what lies in no board goes to the unit itself', () => {
  issuing(1, MORNING, noted('a', 'skolenheten'), noted('b', 'Älvsjö'), noted('c', 'Östermalm'), noted('d', 'revisionskontoret')).then(
    issued('Östermalm', ['skolenheten', 'Östermalm']),
    issued('Hägersten-Älvsjö', ['Älvsjö']),
    issued('revisionskontoret', ['revisionskontoret']),
  );
});

test('a knock too early says nothing', () => {
  issuing(1, addMilliseconds(MORNING, -1), noted('a', 'Östermalm')).thenNothing();
});

test('a knock of another time says nothing', () => {
  issuing(2, MORNING, noted('a', 'Östermalm')).thenNothing();
  issuing(1, MORNING, noted('a', 'Östermalm'), issued('Östermalm', ['Östermalm']), noted('b', 'Östermalm')).thenNothing();
});

test('where nothing new has been noted nothing is issued', () => {
  issuing(1, MORNING).thenNothing();
  issuing(1, MORNING, noted('a', 'Östermalm'), issued('Östermalm', ['Östermalm'])).thenNothing();
});

test('more boards than fit into one go get theirs a minute later', () => {
  const many = Array.from({ length: MAX_EVENTS + 2 }, (_, n) => noted(`thing ${n}`, `board ${n}`));
  const { events } = issuing(1, MORNING, ...many);
  const soon = addMilliseconds(MORNING, 60_000);
  expect([events.length, events.every(({ data }) => 'restAt' in data && data.restAt === soon)]).toEqual([MAX_EVENTS, true]);
  const left = stateAfter(lateSummaries, [...many, ...events], { now: MORNING, by });
  expect(left).toEqual({ status: 'gathering', generation: 1, issueAt: soon, units: [id('board 15'), id('board 16')] });
  issuing(2, MORNING, ...many, ...events).thenNothing();
  issuing(2, soon, ...many, ...events).thenTypes('LateSummaryIssued', 'LateSummaryIssued');
});

test('the same summary always has the same id, its mail’s Message-ID', () => {
  const late = instant('2020-10-09T12:00:00+02:00');
  expect(issuing(1, late, noted('a', 'Östermalm')).events).toEqual(issuing(1, MORNING, noted('a', 'Östermalm')).events);
});
