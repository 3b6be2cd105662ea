import { expect, test } from '@jest/globals';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import { id } from './recorded.given.js';
import { decidedOn, drafted, REPORT, reworded, SHOWN } from './status-report.given.js';
import type { StatusReportEvent } from './status-report.events.js';
import { statusReportsView } from './status-reports.view.js';

const happened = (...facts: readonly StatusReportEvent[]) => happenedIn(`status-report-${REPORT}`, ...facts);
const rowsAfter = (...facts: readonly StatusReportEvent[]) => foldAll(statusReportsView, happened(...facts));

test('a report is one row from its drafting on', () => {
  expect(rowsAfter(drafted())).toMatchObject([{ key: REPORT, board: id('Östermalm'), kind: 'interim', asOf: '2021-08-31', status: 'draft', decidedOn: null }]);
});

test('the board’s decision is in it, with the hash of what it froze', () => {
  expect(rowsAfter(drafted(), decidedOn('2021-09-20')).at(-1)).toMatchObject({
    status: 'decided',
    decidedOn: '2021-09-20',
    sha256: SHOWN.sha256,
    obligations: 7,
  });
});

test('its words are no concern of the list', () => {
  expect(rowsAfter(drafted(), reworded('Text.'))).toEqual(rowsAfter(drafted()));
});

test('a decision on what nobody drafted puts the row into quarantine', () => {
  expect(rowsAfter(decidedOn('2021-09-20'))).toMatchObject([{ key: REPORT, broken: expect.any(String) }]);
});

test('the same facts give the same rows as long as the version is the same', async () => {
  await checkGoldenRows(
    statusReportsView,
    happened(drafted('Text.'), reworded('Annan text.'), decidedOn('2021-09-20')),
    new URL('./status_reports.golden.json', import.meta.url),
  );
});
