import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { draftedId, draftStatusReport } from './draft-status-report.js';
import { id } from './recorded.given.js';
import { ASOF, decidedOn, drafted, givenReport, owner, register, REPORT, reworded } from './status-report.given.js';

const needs = { organisation: register };
const draft = (text?: string, board = 'Östermalm', asOf = ASOF) => ({ board: id(board), kind: 'interim' as const, asOf, ...(text !== undefined && { text }) });

test('a board begins its report of a day that has been', () => {
  givenReport().when(draftStatusReport, draft('Vi har kommit långt.'), owner('2021-09-10'), needs).then(drafted('Vi har kommit långt.'));
  givenReport().when(draftStatusReport, draft(), owner('2021-08-31'), needs).then(drafted());
});

test('a board has one report of each kind and day', () => {
  expect(draftedId(draft())).toBe(REPORT);
  expect(draftedId({ ...draft(), kind: 'annual' })).not.toBe(REPORT);
});

test('whoever drafts it again says nothing new, or words it anew', () => {
  givenReport(drafted('Text.')).when(draftStatusReport, draft(), owner('2021-09-10'), needs).thenNothing();
  givenReport(drafted('Text.')).when(draftStatusReport, draft('Text.'), owner('2021-09-10'), needs).thenNothing();
  givenReport(drafted('Text.')).when(draftStatusReport, draft('Annan text.'), owner('2021-09-10'), needs).then(reworded('Annan text.'));
});

test('a report that the board has decided on is not drafted again', () => {
  givenReport(drafted(), decidedOn('2021-09-20')).when(draftStatusReport, draft(), owner('2021-10-01'), needs).thenRefused('status-report.decided');
});

test('a day that has not been is refused', () => {
  givenReport().when(draftStatusReport, draft(), owner('2021-08-30'), needs).thenRefused('day.in-the-future');
});

test('a day on which the board was not there is refused', () => {
  givenReport()
    .when(draftStatusReport, draft(undefined, 'Norra innerstaden', day('2023-06-30')), owner('2023-09-01', 'Norra innerstaden'), needs)
    .thenRefused('status-report.board-not-there');
});

test('another board’s report is refused, that of a board taken over from is not', () => {
  givenReport().when(draftStatusReport, draft(), owner('2021-09-10', 'Norrmalm'), needs).thenRefused('board.not-yours');
  givenReport().when(draftStatusReport, draft(), owner('2023-09-01', 'Norra innerstaden'), needs).then(drafted());
});

test('what is no board has no report', () => {
  givenReport().when(draftStatusReport, draft(undefined, 'Stadsrevisionen'), owner('2021-09-10'), needs).thenRefused('board.unknown');
});
