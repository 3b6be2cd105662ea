import { test } from '@jest/globals';
import { approvedReply, arisen, awaited, commented, given, givenReply, ids, on } from './reply.given.js';
import { takePosition } from './take-position.js';

const comment = { reply: ids.reply, recommendation: ids.recommendation, comment: 'Checklistan är reviderad.' };
const needs = { obligation: arisen };

test('a comment with a position, or a comment alone', () => {
  given(awaited())
    .when(takePosition, { ...comment, position: 'agrees' as const }, on('2020-09-08'), needs)
    .then(commented('Checklistan är reviderad.', 'agrees'));
  given(awaited()).when(takePosition, comment, on('2020-09-08'), needs).then(commented('Checklistan är reviderad.'));
});

test('said otherwise it takes the place of what was said; said again it is nothing new', () => {
  const said = [...awaited(), commented('Checklistan är reviderad.', 'agrees')];
  given(said)
    .when(takePosition, { ...comment, position: 'agrees' as const }, on('2020-09-09'), needs)
    .thenNothing();
  given(said)
    .when(takePosition, { ...comment, position: 'in-part' as const }, on('2020-09-09'), needs)
    .then(commented('Checklistan är reviderad.', 'in-part'));
  given(said).when(takePosition, comment, on('2020-09-09'), needs).then(commented('Checklistan är reviderad.'));
});

test('a recommendation that is not addressed to the board, or of another audit, is refused as recommendation.not-addressed', () => {
  given(awaited())
    .when(takePosition, comment, on('2020-09-08'), { obligation: { status: 'none' } })
    .thenRefused('recommendation.not-addressed');
  const elsewhere = arisen.status === 'none' ? arisen : { ...arisen, audit: ids.meeting };
  given(awaited()).when(takePosition, comment, on('2020-09-08'), { obligation: elsewhere }).thenRefused('recommendation.not-addressed');
});

test('what the board has approved is changed by the board alone: reply.approved, and after it is given reply.given', () => {
  given(approvedReply()).when(takePosition, comment, on('2020-10-06'), needs).thenRefused('reply.approved');
  given(givenReply()).when(takePosition, comment, on('2020-10-12'), needs).thenRefused('reply.given');
});
