import { expect, test } from '@jest/globals';
import { Type } from 'typebox';
import { event, eventType, forbidden, instant, type EventOf, type Stream } from '#libs/kernel';
import { handles } from './handles.js';
import { ofTenant } from './may.js';
import { Rehearsal } from './rehearsal.js';
import type { Folded, Reads } from './use-case.js';

const Counted = eventType('RehearsalCounted', { name: { sv: 'Räknat', en: 'Counted' }, schema: 1, data: { to: Type.Integer() } });
type Counting = EventOf<typeof Counted>;
const counter: Stream<number, Counting> = { name: 'counter', events: [Counted], initial: 0, evolve: (_, { data }) => data.to };
class Count {
  id = 'one';
}
class Unhandled {
  id = 'one';
}
handles(Count, {
  of: counter,
  id: ({ id }) => id,
  may: [ofTenant('registrar')],
  needs: { other: async (reads: Reads) => ({ value: (await reads.fold(counter, 'one')).state }) },
  decide: (_, count, { other }) => {
    if (count >= 2) throw forbidden('counter.full', { sv: 'Räknaren är full.', en: 'The counter is full.' });
    return [event(Counted, { to: Math.max(count, other) + 1 })];
  },
});

const nothing = (state: unknown): Folded<unknown> => ({ state, revision: -1, etag: -1, lastId: undefined });
const reads: Reads = { fold: (stream) => Promise.resolve(nothing(stream.initial)) as never };
const rehearsal = (role = 'registrar') => {
  const by = { actor: 'somebody', role, unit: '0b5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e' };
  return new Rehearsal(reads, { tenant: 'stockholm', by, commandId: 'c', corr: 'c', now: instant('2026-01-02T08:00:00Z') });
};
const counted = (to: number) => [{ type: 'RehearsalCounted', data: { to } }];

test('each is decided on what the ones before it would have recorded, whatever it needs of other streams too', async () => {
  const played = rehearsal();
  expect(await played.send(new Count())).toEqual(counted(1));
  expect(await played.send(Object.assign(new Count(), { id: 'two' }))).toEqual(counted(2));
  expect(await played.send(new Count())).toEqual(counted(2));
});

test('what would be refused is refused', async () => {
  const played = rehearsal();
  await played.send(new Count());
  await played.send(new Count());
  await expect(played.send(new Count())).rejects.toMatchObject({ code: 'counter.full' });
});

test('so is a role that may not, and a command that nobody handles', async () => {
  await expect(rehearsal('auditor').send(new Count())).rejects.toMatchObject({ code: 'role.not-allowed' });
  await expect(rehearsal().send(new Unhandled())).rejects.toThrow(TypeError);
});

test('nothing is recorded: another rehearsal begins where the log is', async () => {
  await rehearsal().send(new Count());
  expect(await rehearsal().send(new Count())).toEqual(counted(1));
});
