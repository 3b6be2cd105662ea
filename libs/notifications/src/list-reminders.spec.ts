import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MailTransport } from './mail-transport.js';
import { id, smallMunicipality, type SmallMunicipality } from './mailer.samples.js';

let city: SmallMunicipality;
const reminders: Record<string, string> = {};
/** When nothing had been sent yet. */
let before: string;

const refusing: MailTransport = { send: () => Promise.resolve({ outcome: 'failed', reason: 'refused', code: 550 }) };
const taking: MailTransport = { send: ({ to }) => Promise.resolve({ outcome: 'accepted', code: 250, addressed: to.length, refused: 0 }) };

beforeAll(async () => {
  city = await smallMunicipality();
  await city.unit('Grannenheten');
  await city.colleague('Bo', 'Grannenheten');
  await city.colleague('Pia', 'Grannenheten', { role: 'process-owner' });
  await city.colleague('Rut', 'Grannenheten', { role: 'registrar' });
  for (const order of ['A', 'B']) reminders[order] = await city.issue(order, 'Enheten');
  before = city.clock.now();
  city.clock.pass(60_000);
  await city.deliver(taking);
  reminders.C = await city.issue('C', 'Grannenheten');
  await city.deliver(refusing);
});
afterAll(() => city.close());

const ask = async (path: string, as = 'Pia', headers: Record<string, string> = {}) => {
  const answer = await city.app.inject({
    method: 'GET',
    url: `/api/v1/reminders${path}`,
    headers: { 'uppsikt-person': id(as), host: 'localhost', ...headers },
  });
  return { status: answer.statusCode, text: answer.body, list: answer.json<{ total: number; items: Record<string, unknown>[]; code?: string }>() };
};
const shown = async (path: string, as?: string) =>
  (await ask(path, as)).list.items.map(({ reminder }) => Object.keys(reminders).find((name) => reminders[name] === reminder) ?? 'another');

test('the list tells what was issued, to whom, and what came of its mail', async () => {
  const { status, list } = await ask(`?order=${id('A')}`);
  expect(status).toBe(200);
  expect(list).toMatchObject({ total: 1, limit: 20, offset: 0 });
  expect(list.items).toEqual([
    {
      reminder: reminders.A,
      stream: `order-${id('A')}`,
      type: 'genomforandeplan',
      rung: expect.stringContaining('before'),
      occurrence: 0,
      role: 'case-officer',
      unit: id('Enheten'),
      unitName: 'Enheten',
      dueOn: '2020-10-16',
      dueAt: '2020-10-09T06:00:00.000Z',
      issuedAt: before,
      status: 'accepted',
      attempts: 1,
      code: 250,
      refused: 0,
      settledAt: city.clock.now(),
    },
  ]);
});

test('a mail that failed says why', async () => {
  expect((await ask('?status=failed')).list).toMatchObject({ total: 1, items: [{ reminder: reminders.C, status: 'failed', reason: 'refused', code: 550 }] });
});

test('the list can be narrowed by unit, order and how the mail stands', async () => {
  expect(await shown(`?unit=${id('Grannenheten')}`)).toEqual(['C']);
  expect((await shown('?status=accepted')).toSorted()).toEqual(['A', 'B']);
  expect(await shown(`?order=${id('nothing')}`)).toEqual([]);
  expect(await shown(`?stream=order-${id('A')}`)).toEqual(await shown(`?order=${id('A')}`));
  expect(await shown(`?stream=reply-${id('A')}`)).toEqual([]);
});

test('it has pages, and either end first', async () => {
  const forwards = await shown('?sort=oldest-first');
  const backwards = await shown('');
  expect(backwards).toEqual(forwards.toReversed());
  expect([...(await shown('?limit=2')), ...(await shown('?limit=2&offset=2'))]).toEqual(backwards);
  expect((await ask('?limit=1&offset=1')).list.total).toBe(3);
});

test('who is case officer of a unit sees those of the unit alone', async () => {
  expect((await shown('', 'Åsa')).toSorted()).toEqual(['A', 'B']);
  expect(await shown(`?unit=${id('Grannenheten')}`, 'Åsa')).toEqual([]);
  expect(await shown(`?order=${id('C')}`, 'Åsa')).toEqual([]);
});

test('whose role may not ask is told so', async () => {
  expect(await ask('', 'Rut')).toMatchObject({ status: 403, list: { code: 'role.not-allowed' } });
});

test('as it was recorded before the mail went, it waits', async () => {
  const { list } = await ask(`?asOf=${before}`);
  expect(list.total).toBe(2);
  expect(list.items.map(({ status, attempts }) => ({ status, attempts }))).toEqual([
    { status: 'waiting', attempts: 0 },
    { status: 'waiting', attempts: 0 },
  ]);
});

test('it comes as a file too', async () => {
  const { text } = await city.app
    .inject({
      method: 'GET',
      url: '/api/v1/reminders',
      headers: { 'uppsikt-person': id('Pia'), host: 'localhost', accept: 'text/csv', 'accept-language': 'sv' },
    })
    .then(({ body }) => ({ text: body }));
  expect(text.split('\r\n')[0]).toContain('Skulle utfärdas;Utfärdad;Frist');
  expect(text).toContain('failed');
});
