import { expect, test } from '@jest/globals';
import { system, useCaseOf } from '#libs/commands';
import { waits } from './deadline.samples.js';
import { assertKnocks, Knock, knockClass, knocks } from './knocks.js';

const rooms = { ...waits, name: 'room' };

test('one line in a module lets timers, and timers alone, knock at a kind of streams', () => {
  expect(knockClass('wait')).toBeUndefined();
  knocks(waits, (deadlines) => deadlines);
  const OwnKnock = knockClass('wait');
  expect(OwnKnock && new OwnKnock()).toBeInstanceOf(Knock);
  expect(OwnKnock && useCaseOf(OwnKnock)).toMatchObject({ of: { name: 'wait' }, may: [system] });
});

test('two such lines for one kind of streams stop the start', () => {
  expect(() => knocks(waits, (deadlines) => deadlines)).toThrow('Two lines let timers knock at wait.');
});

test('a kind of streams with deadlines and without such a line stops the start', () => {
  expect(() => assertKnocks([waits])).not.toThrow();
  expect(() => assertKnocks([{ ...rooms, events: [] }])).not.toThrow();
  expect(() => assertKnocks([waits, rooms])).toThrow('The stream room has deadlines, but no module lets timers knock at it');
});
