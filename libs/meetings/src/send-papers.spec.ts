import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { decidedUrgently, given, ids, on, opened, papersSent } from './meetings.given.js';
import { sendPapers } from './send-papers.js';

const send = (sentOn: string) => ({ meeting: ids.meeting, on: day(sentOn) });

test('papers are sent, and sent again where something is added', () => {
  given(opened()).when(sendPapers, send('2022-06-07'), on('2022-06-07')).then(papersSent('2022-06-07'));
  given(opened(), papersSent('2022-06-07')).when(sendPapers, send('2022-06-10'), on('2022-06-10')).then(papersSent('2022-06-10'));
});

test('entered after the meeting they are taken all the same', () => {
  given(opened()).when(sendPapers, send('2022-06-07'), on('2022-06-30')).then(papersSent('2022-06-07'));
});

test('the same day again says nothing new', () => {
  given(opened(), papersSent('2022-06-07')).when(sendPapers, send('2022-06-07'), on('2022-06-08')).thenNothing();
});

test('papers sent after the meeting are refused as papers.after-meeting', () => {
  given(opened()).when(sendPapers, send('2022-06-15'), on('2022-06-20')).thenRefused('papers.after-meeting');
});

test('papers sent tomorrow are refused as day.in-the-future', () => {
  given(opened()).when(sendPapers, send('2022-06-08'), on('2022-06-07')).thenRefused('day.in-the-future');
});

test('an urgent decision has no papers, and a meeting that nobody has opened none yet', () => {
  given(decidedUrgently()).when(sendPapers, send('2022-07-05'), on('2022-07-05')).thenRefused('meeting.urgent-decision');
  given().when(sendPapers, send('2022-06-07'), on('2022-06-07')).thenRefused('meeting.unknown');
});
