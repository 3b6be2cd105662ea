import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { done, evidence, given, ids, on, paper, promised, proposed } from './action.given.js';
import { ProgressReported } from './action.events.js';
import { reportProgress } from './report-progress.js';

const report = { action: ids.action, note: 'Tolv av trettio planer är granskade.' };
const reported = (date: string, documents: string[] = []) => event(ProgressReported, { ...report, on: day(date), documents });

test('how far it has come is reported, with what shows it', () => {
  given(promised()).when(reportProgress, report, on('2020-11-02'), { evidence }).then(reported('2020-11-02'));
  given(promised())
    .when(reportProgress, { ...report, on: day('2020-10-30'), documents: [paper('list')] }, on('2020-11-02'), { evidence })
    .then(reported('2020-10-30', [paper('list')]));
});

test('also of what is only proposed', () => {
  given(proposed()).when(reportProgress, report, on('2020-09-10'), { evidence }).then(reported('2020-09-10'));
});

test('a day to come, a document that is not stored, an action that is over or not there is refused', () => {
  given(promised())
    .when(reportProgress, { ...report, on: day('2020-11-03') }, on('2020-11-02'), { evidence })
    .thenRefused('day.in-the-future');
  given(promised())
    .when(reportProgress, { ...report, documents: [paper('lost')] }, on('2020-11-02'), { evidence })
    .thenRefused('document.unknown');
  given(promised(), done('2020-11-01')).when(reportProgress, report, on('2020-11-02'), { evidence }).thenRefused('action.over');
  given().when(reportProgress, report, on('2020-11-02'), { evidence }).thenRefused('action.unknown');
});
