import { expect, test } from '@jest/globals';
import { NoteAction } from '#libs/audits';
import { day, derivedId, event, type Event } from '#libs/kernel';
import { happenedIn } from '#libs/views';
import { answers, done, ids, movedTo, occasion, promisedFact, proposed, theDay } from './action.given.js';
import { ActionTransferred } from './action.events.js';
import { AwaitNextOccasion } from './await-next-occasion.js';
import { obligationsNoteActions } from './obligations-note-actions.reaction.js';
import { occasionsGoOn } from './occasions-go-on.reaction.js';

type Reacts = typeof obligationsNoteActions;
const asOfEvent: Parameters<Reacts['targets']>[1] = () => Promise.reject(new Error('No view is asked.'));

/** What a reaction sends after a fact of the action, by target. */
const sent = async (reaction: Reacts, fact: Event, stream = `action-${ids.action}`) => {
  if (!reaction.on.has(fact.type)) return [];
  const [happened] = happenedIn(stream, fact).map((one) => ({ ...one.event, stream: one.stream, id: derivedId('fact') }));
  const seen = happened as unknown as Parameters<Reacts['react']>[0];
  const targets = await reaction.targets(seen, asOfEvent);
  return targets.map((target) => reaction.react(seen, target));
};
const note = (status: string, more: object = {}, obligation = ids.obligation) =>
  Object.assign(new NoteAction(), {
    obligation,
    action: ids.action,
    kind: 'promised',
    status,
    promisedOn: '2020-12-31',
    firstPromisedOn: '2020-12-31',
    ...more,
  });

test('each obligation is told how the action stands that answers it', async () => {
  const both = { obligations: [ids.obligation, ids.otherObligation] };
  expect(await sent(obligationsNoteActions, proposed(both))).toEqual([note('proposed'), note('proposed', {}, ids.otherObligation)]);
  expect(await sent(obligationsNoteActions, promisedFact())).toEqual([note('promised')]);
  expect(await sent(obligationsNoteActions, movedTo('2021-01-31'))).toEqual([note('promised', { promisedOn: '2021-01-31' })]);
  expect(await sent(obligationsNoteActions, done('2020-12-18'))).toEqual([note('done')]);
});

test('an action that answers none tells none', async () => {
  expect(await sent(obligationsNoteActions, proposed({ obligations: [] }))).toEqual([]);
});

test('one that it answers no more is told that it was transferred', async () => {
  const transferred = event(ActionTransferred, {
    action: ids.action,
    on: day('2020-11-02'),
    reason: 'Hör dit.',
    from: [ids.obligation],
    ...answers('promised', { obligations: [ids.otherObligation] }),
  });
  expect(await sent(obligationsNoteActions, transferred)).toEqual([note('promised', {}, ids.otherObligation), note('transferred')]);
});

test('a missed occasion has the next one awaited; another deadline, or another thing’s, has not', async () => {
  const missed = occasion('2020-10-31', '2020-09-24').missed();
  expect(await sent(occasionsGoOn, missed)).toEqual([Object.assign(new AwaitNextOccasion(), { action: ids.action, missed: '2020-10-31' })]);
  expect(await sent(occasionsGoOn, theDay().missed())).toEqual([]);
  expect(await sent(occasionsGoOn, missed, `matter-${ids.action}`)).toEqual([]);
});
