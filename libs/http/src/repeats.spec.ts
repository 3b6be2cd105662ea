import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ANNA, BO, CAJSA, gate } from './http.samples.js';
import { serveSample, without, type Served } from './served.samples.js';

let served: Served;
beforeAll(async () => {
  served = await serveSample();
});
afterAll(() => served.close());

const ask: Served['ask'] = (path, asked) => served.ask(path, asked);
const post: Served['post'] = (path, asked) => served.post(path, asked);
const sendOrder: Served['sendOrder'] = (name) => served.sendOrder(name);
const endOrder: Served['endOrder'] = (id, asked) => served.endOrder(id, asked);

describe('a repeat', () => {
  test('is answered as the first was, and has no effect of its own', async () => {
    const [first, second] = [
      await post('/api/v1/orders', { key: 'again', body: { name: 'x' } }),
      await post('/api/v1/orders', { key: 'again', body: { name: 'x' } }),
    ];
    expect([second.status, second.text, second.headers.get('etag'), second.headers.get('location')]).toEqual([
      201,
      first.text,
      first.headers.get('etag'),
      first.headers.get('location'),
    ]);
    expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
  });

  test('of a refusal is refused alike, though it would be carried out by now', async () => {
    const id = await sendOrder();
    await endOrder(id);
    const refused = await endOrder(id, { key: 'refused' });
    expect([refused.status, refused.json.code, refused.json.errors?.[0]?.pointer]).toEqual([409, 'order.ended', '/endedOn']);
    const again = await endOrder(id, { key: 'refused', headers: { 'accept-language': 'sv' } });
    expect([again.status, again.text]).toEqual([409, refused.text]);
  });

  test('of what had nothing new to say is answered alike, though somebody has written since', async () => {
    const id = await sendOrder('Samma');
    const rename = (name: string, key: string, seen: string) =>
      ask(`/api/v1/orders/${id}/name`, { method: 'PUT', body: { name }, key, headers: { 'if-match': seen } });
    const first = await rename('Samma', 'silent', '"0"');
    await rename('Annat', 'other', '"0"');
    const second = await rename('Samma', 'silent', '"0"');
    expect([first.status, second.status, second.text]).toEqual([200, 200, first.text]);
  });

  test('with another content, or at another address, is refused', async () => {
    const [id, other] = [await sendOrder(), await sendOrder()];
    await endOrder(id, { key: 'taken' });
    const answers = [
      await endOrder(id, { key: 'taken', body: { endedOn: '2026-11-19' } }),
      await endOrder(other, { key: 'taken' }),
      await post('/api/v1/orders', { key: 'taken', body: { name: 'x' } }),
    ];
    expect(answers.map(({ status, json }) => [status, json.code])).toEqual(Array.from({ length: 3 }, () => [422, 'idempotency-key.reused']));
  });

  test('that comes while the first is under way waits for it', async () => {
    const id = await sendOrder();
    const { promise, resolve } = Promise.withResolvers<void>();
    gate.held = promise;
    const before = gate.entered;
    const both = [endOrder(id, { key: 'at-once' }), endOrder(id, { key: 'at-once' })];
    while (gate.entered === before) await new Promise((later) => setTimeout(later, 5));
    resolve();
    const [first, second] = await Promise.all(both);
    expect([first?.status, second?.text, gate.entered - before]).toEqual([200, first?.text, 1]);
  });

  test('of a body that was not understood may be mended under the same key', async () => {
    expect((await post('/api/v1/orders', { key: 'mended', body: {} })).status).toBe(400);
    expect((await post('/api/v1/orders', { key: 'mended', body: { name: 'x' } })).status).toBe(201);
  });

  test('is told by municipality and person as well: the same key of another is another request', async () => {
    const answers = await Promise.all([ANNA, CAJSA, `${BO}; role=auditor`].map((as) => post('/api/v1/orders', { key: 'same', as, body: { name: 'x' } })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(3);
  });

  test.each([
    ['no key', without('idempotency-key'), 'idempotency-key.required'],
    ['an empty key', { 'idempotency-key': '' }, 'idempotency-key.malformed'],
    ['a key with a space', { 'idempotency-key': 'a b' }, 'idempotency-key.malformed'],
    ['a key with an ö', { 'idempotency-key': 'ö' }, 'idempotency-key.malformed'],
    ['a key of 256 characters', { 'idempotency-key': 'x'.repeat(256) }, 'idempotency-key.malformed'],
  ])('cannot be told by %s', async (_sentence, headers, code) => {
    const { status, json } = await post('/api/v1/orders', { body: { name: 'x' }, headers });
    expect([status, json.code]).toEqual([400, code]);
  });
});
