import { expect, test } from '@jest/globals';
import type { CitedDecision } from '#libs/meetings';
import { decideStatusReport } from './decide-status-report.js';
import { id } from './recorded.given.js';
import { CITED, decidedOn, decision, drafted, givenReport, owner, register, REPORT, SHOWN } from './status-report.given.js';

const decide = { report: REPORT, decision: CITED };
const needs = (cited: CitedDecision | undefined = decision('2021-09-20')) => ({ decision: cited, organisation: register, shown: SHOWN });

test('the board’s decision freezes what the report shows', () => {
  givenReport(drafted()).when(decideStatusReport, decide, owner('2021-09-22'), needs()).then(decidedOn('2021-09-20'));
});

test('the same decision once more says nothing new', () => {
  givenReport(drafted(), decidedOn('2021-09-20')).when(decideStatusReport, decide, owner('2021-10-01'), needs()).thenNothing();
});

test('another decision on a decided report is refused', () => {
  givenReport(drafted(), decidedOn('2021-09-20'))
    .when(decideStatusReport, { ...decide, decision: { ...CITED, point: id('another') } }, owner('2021-10-01'), needs())
    .thenRefused('status-report.decided');
});

test('of a board taken over from, the successor decides', () => {
  givenReport(drafted())
    .when(decideStatusReport, decide, owner('2023-09-01', 'Norra innerstaden'), needs(decision('2023-08-30', { board: id('Norra innerstaden') })))
    .then(decidedOn('2023-08-30', 'Norra innerstaden'));
});

test.each<[string, CitedDecision | undefined, string]>([
  ['no decision', undefined, 'decision.unknown'],
  ['one whose minutes are not approved', { ...decision('2021-09-20'), counts: false, countsFrom: undefined as never }, 'decision.not-counting'],
  ['one by another board', decision('2021-09-20', { board: id('Norrmalm') }), 'decision.other-board'],
  ['one that refers it back', decision('2021-09-20', { outcome: 'referred-back' }), 'decision.not-approved'],
  ['one on another report', decision('2021-09-20', { object: { kind: 'status-report', id: id('another') } }), 'decision.about-another'],
  ['one made before the day that it tells of', decision('2021-08-30'), 'status-report.decided-before-its-day'],
])('%s is refused', (_what, cited, code) => {
  givenReport(drafted())
    .when(decideStatusReport, decide, owner('2021-09-22'), { ...needs(), decision: cited })
    .thenRefused(code);
});

test('one that nobody drafted is unknown', () => {
  givenReport()
    .when(decideStatusReport, decide, owner('2021-09-22'), { ...needs(), shown: undefined })
    .thenRefused('status-report.unknown');
});

test('that what it shows was not read is a fault of ours', () => {
  const outcome = givenReport(drafted()).when(decideStatusReport, decide, owner('2021-09-22'), { ...needs(), shown: undefined });
  expect(() => outcome.events).toThrow(TypeError);
});
