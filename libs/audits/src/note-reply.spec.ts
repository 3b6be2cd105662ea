import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { arisen, givenObligation, ids, promised, system, theObligation } from './audits.given.js';
import { noteAction } from './note-action.js';
import { noteReplyDay } from './note-reply-day.js';
import { noteReply } from './note-reply.js';
import { ReplyDayNoted, ReplyNoted } from './obligation.events.js';
import { obligation as stream } from './obligation.js';

const now = system('2020-10-01');
const due = (dueOn?: string) => event(ReplyDayNoted, { obligation: theObligation, ...(dueOn !== undefined && { dueOn: day(dueOn) }) });
const said = { obligation: theObligation, reply: ids.reply, givenOn: day('2020-10-01'), position: 'agrees' as const };
const replied = event(ReplyNoted, said);

test('the last day for the reply is noted, moved, and unknown again', () => {
  givenObligation(arisen())
    .when(noteReplyDay, { obligation: theObligation, dueOn: day('2020-10-15') }, now)
    .then(due('2020-10-15'));
  givenObligation(arisen(), due('2020-10-15'))
    .when(noteReplyDay, { obligation: theObligation, dueOn: day('2020-11-15') }, now)
    .then(due('2020-11-15'));
  givenObligation(arisen(), due('2020-10-15')).when(noteReplyDay, { obligation: theObligation }, now).then(due());
  expect([arisen(), due('2020-10-15'), due()].reduce((state, fact) => stream.evolve(state, fact, {} as never), stream.initial)).not.toHaveProperty(
    'replyDueOn',
  );
});

test('the same day again says nothing new', () => {
  givenObligation(arisen(), due('2020-10-15'))
    .when(noteReplyDay, { obligation: theObligation, dueOn: day('2020-10-15') }, now)
    .thenNothing();
  givenObligation(arisen()).when(noteReplyDay, { obligation: theObligation }, now).thenNothing();
});

test('what the reply says of the recommendation is noted, first as proposed, then as given', () => {
  const proposed = event(ReplyNoted, { obligation: theObligation, reply: ids.reply, proposed: true });
  givenObligation(arisen()).when(noteReply, { obligation: theObligation, reply: ids.reply, proposed: true }, now).then(proposed);
  givenObligation(arisen(), proposed).when(noteReply, said, now).then(replied);
  givenObligation(arisen(), replied)
    .when(noteReply, { ...said, position: 'in-part' }, now)
    .then(event(ReplyNoted, { ...said, position: 'in-part' }));
});

test('the same again says nothing new', () => {
  givenObligation(arisen(), replied).when(noteReply, said, now).thenNothing();
  givenObligation(arisen(), replied)
    .when(noteReply, { ...said, proposed: false }, now)
    .thenNothing();
});

const action = { obligation: theObligation, action: ids.action, kind: 'promised' as const };

test('how an action stands is noted, and each change of it', () => {
  const first = { ...action, status: 'promised' as const, promisedOn: day('2020-12-31'), firstPromisedOn: day('2020-12-31') };
  givenObligation(arisen()).when(noteAction, first, now).then(promised());
  givenObligation(arisen(), promised())
    .when(noteAction, { ...first, promisedOn: day('2021-03-31') }, now)
    .then(promised('promised', '2021-03-31', '2020-12-31'));
  givenObligation(arisen(), promised()).when(noteAction, first, now).thenNothing();
});

test('of what is not there each is refused as obligation.unknown', () => {
  givenObligation().when(noteReplyDay, { obligation: theObligation }, now).thenRefused('obligation.unknown');
  givenObligation().when(noteReply, said, now).thenRefused('obligation.unknown');
  givenObligation()
    .when(noteAction, { ...action, status: 'promised' }, now)
    .thenRefused('obligation.unknown');
});
