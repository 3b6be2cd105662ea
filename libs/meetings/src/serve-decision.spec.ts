import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { given, held, ids, minuted, needs, on, paragraph, served } from './meetings.given.js';
import { serveDecision } from './serve-decision.js';

const serve = (servedOn: string, to = ids.education) => ({ meeting: ids.meeting, paragraph, to, on: day(servedOn) });

test('another board is served the decision', () => {
  given(minuted()).when(serveDecision, serve('2022-06-23'), on('2022-06-23'), needs).then(served('2022-06-23'));
});

test('the same again says nothing new', () => {
  given(minuted(), served('2022-06-23')).when(serveDecision, serve('2022-06-23'), on('2022-06-24'), needs).thenNothing();
});

test('before it counts it is refused as serving.before-approval', () => {
  given(held()).when(serveDecision, serve('2022-06-16'), on('2022-06-16'), needs).thenRefused('serving.before-approval');
  given(minuted()).when(serveDecision, serve('2022-06-19'), on('2022-06-24'), needs).thenRefused('serving.before-approval');
});

test('tomorrow, to what is not in the register, of no paragraph and at no meeting it is refused', () => {
  given(minuted()).when(serveDecision, serve('2022-06-24'), on('2022-06-23'), needs).thenRefused('day.in-the-future');
  given(minuted()).when(serveDecision, serve('2022-06-23', ids.agreement), on('2022-06-23'), needs).thenRefused('recipient.unknown');
  given(minuted())
    .when(serveDecision, { ...serve('2022-06-23'), paragraph: ids.agreement }, on('2022-06-23'), needs)
    .thenRefused('paragraph.unknown');
  given().when(serveDecision, serve('2022-06-23'), on('2022-06-23'), needs).thenRefused('meeting.unknown');
});
