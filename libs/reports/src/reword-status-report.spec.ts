import { test } from '@jest/globals';
import { rewordStatusReport } from './reword-status-report.js';
import { decidedOn, drafted, givenReport, owner, REPORT, reworded } from './status-report.given.js';

const reword = (text: string) => ({ report: REPORT, text });

test('a draft is worded anew', () => {
  givenReport(drafted()).when(rewordStatusReport, reword('Så är läget.'), owner('2021-09-10')).then(reworded('Så är läget.'));
});

test('the same words say nothing new, also once it is decided', () => {
  givenReport(drafted('Text.')).when(rewordStatusReport, reword('Text.'), owner('2021-09-10')).thenNothing();
  givenReport(drafted(), reworded('Text.'), decidedOn('2021-09-20')).when(rewordStatusReport, reword('Text.'), owner('2021-10-01')).thenNothing();
});

test('what the board has decided on changes no more', () => {
  givenReport(drafted('Text.'), decidedOn('2021-09-20')).when(rewordStatusReport, reword('Annat.'), owner('2021-10-01')).thenRefused('status-report.decided');
});

test('one that nobody drafted is unknown', () => {
  givenReport().when(rewordStatusReport, reword('Text.'), owner('2021-09-10')).thenRefused('status-report.unknown');
});
