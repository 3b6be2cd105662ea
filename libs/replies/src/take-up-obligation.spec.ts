import { test } from '@jest/globals';
import { arisen, awaited, awaitedUndated, given, ids, on, takenUp } from './reply.given.js';
import { takeUpObligation } from './take-up-obligation.js';

const asked = { reply: ids.reply, obligation: ids.obligation };

test('an obligation is taken up with the reply’s last day', () => {
  given(awaited()).when(takeUpObligation, asked, on('2020-06-01'), { arisen }).then(takenUp('2020-10-15'));
});

test('where that is unknown, without one', () => {
  given(awaitedUndated()).when(takeUpObligation, asked, on('2020-06-01'), { arisen }).then(takenUp());
});

test('twice is once, and what never arose is not taken up', () => {
  given(awaited(), takenUp('2020-10-15')).when(takeUpObligation, asked, on('2020-06-02'), { arisen }).thenNothing();
  given(awaited())
    .when(takeUpObligation, asked, on('2020-06-02'), { arisen: { status: 'none' } })
    .thenNothing();
});

test('a reply that is not there is refused as reply.unknown', () => {
  given().when(takeUpObligation, asked, on('2020-06-01'), { arisen }).thenRefused('reply.unknown');
});
