import { expect, test } from '@jest/globals';
import { derivedId, instant } from '#libs/kernel';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import { lateSummariesView } from './late-summaries.view.js';
import type { LateSummaryEvent } from './late-summary.events.js';
import { id, issued, MORNING, noted, owner } from './late-summary.samples.js';

const rowAfter = (...facts: LateSummaryEvent[]) => foldAll(lateSummariesView, happenedIn(`late-summary-${owner}`, ...facts)).at(-1);

test('what was recorded late is a row that is to be knocked for, caused by the first of it', () => {
  expect(rowAfter(noted('a', 'Östermalm'), noted('b', 'Norrmalm'))).toMatchObject({
    key: owner,
    stream: 'late-summary',
    owner,
    unit: id('Östermalm'),
    generation: 1,
    nextAt: MORNING,
    nextRung: 'late-summary',
    nextOccurrence: 0,
    caus: derivedId('fact', 0),
  });
});

test('when all of it was told of there is nothing to knock for, until something new is noted', () => {
  const over = [noted('a', 'Östermalm'), issued('Östermalm', ['Östermalm'])];
  expect(rowAfter(...over)).toMatchObject({ generation: 2, nextAt: null, nextRung: null, nextOccurrence: null });
  const again = instant('2020-10-05T08:00:00+02:00');
  expect(rowAfter(...over, noted('b', 'Norrmalm', again))).toMatchObject({
    generation: 2,
    nextAt: again,
    unit: id('Norrmalm'),
    caus: derivedId('fact', 2),
  });
});

test('what did not fit into one go is knocked for as the next', () => {
  const soon = instant('2020-10-02T08:01:00+02:00');
  expect(rowAfter(noted('a', 'Östermalm'), noted('b', 'Norrmalm'), issued('Östermalm', ['Östermalm'], { restAt: soon }))).toMatchObject({
    generation: 2,
    nextAt: soon,
  });
});

test('the same facts give the same rows as long as the version is the same', async () => {
  const life = [noted('a', 'Östermalm'), noted('b', 'Norrmalm'), issued('Östermalm', ['Östermalm']), issued('Norrmalm', ['Norrmalm']), noted('c', 'Norrmalm')];
  await checkGoldenRows(lateSummariesView, happenedIn(`late-summary-${owner}`, ...life), new URL('./late_summaries.golden.json', import.meta.url));
});
