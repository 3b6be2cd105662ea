import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SYSTEM_ROLE } from '#libs/commands';
import { day } from '#libs/kernel';
import { RegisterUnit, SucceedBoards } from '#libs/organisation';
import { AwaitedPlans } from './awaited-plans.query.js';
import { id, smallCity, who, type SmallCity } from './city.given.js';
import { NoteContact } from './note-contact.js';
import { OrderById } from './order-by-id.query.js';
import { OrderHistory } from './order-history.query.js';
import { sends } from './story.given.js';

// On 1 July 2023 Norra innerstaden succeeds two boards. The unit of the one is succeeded by a unit, that of the other by the board alone.

const OF_ÖSTERMALM = id('of Östermalm');
const OF_NORRMALM = id('of Norrmalm');
const system = who(SYSTEM_ROLE, 'Norra innerstaden');
const before = who('case-officer', 'Östermalms LSS');
const after = who('case-officer', 'Norra innerstadens LSS');
const neighbour = who('case-officer', 'Norrmalms LSS');

let city: SmallCity;
const shown = async (by: typeof before, said: object = {}) =>
  (await city.ask<{ readonly items: readonly { readonly orderId: string }[] }>(new AwaitedPlans(), said, by)).items.map(({ orderId }) => orderId);
const seen = (query: OrderById | OrderHistory, by: typeof before, orderId = OF_ÖSTERMALM) => city.ask<object>(query, { orderId }, by);
const note = (by: typeof before, orderId = OF_ÖSTERMALM) =>
  city.send(new NoteContact(), { orderId, contactedOn: day('2023-06-29'), contact: 'provider', note: 'Ringde utföraren.' }, by);

beforeAll(async () => {
  city = await smallCity();
  city.at('2023-06-28T08:00:00.000Z');
  for (const board of ['Östermalms nämnd', 'Norrmalms nämnd', 'Norra innerstadens nämnd'])
    await city.send(new RegisterUnit(), { unit: id(board), name: board, kind: 'district-board' }, system);
  for (const [unit, board] of [
    ['Östermalms LSS', 'Östermalms nämnd'],
    ['Norrmalms LSS', 'Norrmalms nämnd'],
    ['Norra innerstadens LSS', 'Norra innerstadens nämnd'],
  ] as const)
    await city.send(new RegisterUnit(), { unit: id(unit), name: unit, kind: 'unit', partOf: id(board) }, system);
  await sends(city, OF_ÖSTERMALM, '2023-06-28', 'Fritids', before);
  await sends(city, OF_NORRMALM, '2023-06-28', 'Fritids', neighbour);
  const succession = {
    from: [id('Östermalms nämnd'), id('Norrmalms nämnd')],
    to: [id('Norra innerstadens nämnd')],
    on: day('2023-07-01'),
    decision: 'Kommunfullmäktige (exempel)',
    units: [{ from: id('Östermalms LSS'), to: id('Norra innerstadens LSS') }],
  };
  await city.send(new SucceedBoards(), succession, system);
});
afterAll(() => city.close());

test('until the day the old unit handles its orders, and the new one none of them', async () => {
  city.at('2023-06-30T21:59:59.999Z'); // a moment before midnight in Stockholm
  expect([await shown(before), await shown(after), await shown(neighbour)]).toEqual([[OF_ÖSTERMALM], [], [OF_NORRMALM]]);
  await note(before);
  await expect(note(after)).rejects.toMatchObject({ code: 'order.unknown' });
});

test('from the day the successor’s unit handles what the old unit ordered, in lists, pages and commands', async () => {
  city.at('2023-06-30T22:00:00.000Z');
  expect(await shown(after)).toEqual([OF_ÖSTERMALM]);
  expect(await shown(after, { unit: id('Norra innerstadens LSS') })).toEqual([OF_ÖSTERMALM]);
  expect(await seen(new OrderById(), after)).toMatchObject({ orderId: OF_ÖSTERMALM, unit: { name: 'Östermalms LSS' } });
  expect(await seen(new OrderHistory(), after)).toMatchObject({ more: false });
  await note(after);
});

test('the old unit’s people reach nothing of it any more, and begin nothing new', async () => {
  city.at('2023-07-01T08:00:00.000Z');
  expect(await shown(before)).toEqual([]);
  for (const query of [new OrderById(), new OrderHistory()]) await expect(seen(query, before)).rejects.toMatchObject({ code: 'order.unknown' });
  await expect(note(before)).rejects.toMatchObject({ code: 'unit.succeeded' });
  await expect(sends(city, id('too late'), '2023-06-30', 'Fritids', before)).rejects.toMatchObject({ code: 'unit.succeeded' });
});

test('orders of a unit that no unit succeeds are the board’s, and of no other unit in it', async () => {
  city.at('2023-07-01T08:00:00.000Z');
  expect(await shown(neighbour)).toEqual([]);
  await expect(note(after, OF_NORRMALM)).rejects.toMatchObject({ code: 'order.unknown' });
  expect(await shown(who('case-officer', 'Norra innerstadens nämnd'))).toEqual([OF_NORRMALM]);
  expect(await shown(who('process-owner', 'Norra innerstadens nämnd'))).toHaveLength(2);
});
