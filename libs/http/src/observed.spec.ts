import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spansOf, type TestSpan } from '#libs/testing';
import { serveSample, type Served } from './served.samples.js';

let served: Served;
beforeAll(async () => {
  served = await serveSample();
});
afterAll(() => served.close());

/** What is traced of some requests. Each ends only after its answer, which is waited for. */
const traced = (count: number, ask: () => Promise<unknown>): Promise<readonly TestSpan[]> =>
  spansOf(async () => {
    const before = await numbers();
    await ask();
    while ((await numbers()).requests < before.requests + count) await new Promise(setImmediate);
  });
const numbers = async () => {
  const { text } = await served.ask('/metrics');
  const counted = [...text.matchAll(/^(uppsikt_requests_total\{.*\}) (\d+)$/gm)].map(([, labels = '', value]) => [labels, Number(value)] as const);
  return { requests: counted.reduce((sum, [, value]) => sum + value, 0), counted: new Map(counted), text };
};

test('a request with a body is the first span of its chain, what it does lies under it, and its entries carry the chain', async () => {
  let id = '';
  const spans = await traced(1, async () => (id = await served.sendOrder()));
  expect(spans.map(({ path }) => path)).toEqual(['command SendOrder > append', 'POST /api/v1/orders > command SendOrder', 'POST /api/v1/orders']);
  const [first] = await served.log.readStream(String(spans[1]?.attributes['uppsikt.tenant']), `order-${id}`);
  expect(new Set(spans.map(({ corr }) => corr))).toEqual(new Set([first?.entry.corr]));
  expect(spans.at(-1)?.attributes).toEqual({
    'http.request.method': 'POST',
    'http.route': '/api/v1/orders',
    'http.response.status_code': 201,
  });
});

test('a caller’s trace goes on: its span is the parent of the request', async () => {
  const [trace, span] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  const spans = await traced(1, () => served.ask('/api/v1/orders', { headers: { traceparent: `00-${trace}-${span}-01` } }));
  expect(spans.map(({ corr, parentId }) => [corr, parentId])).toEqual([[trace, span]]);
});

test('a refusal is no fault of the request, and no fault of the command', async () => {
  const spans = await traced(1, () => served.endOrder('0b5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e'));
  expect(spans.map(({ isFault }) => isFault)).toEqual([false, false]);
  expect(spans[0]?.attributes).toMatchObject({ 'error.type': 'Refusal' });
});

test('requests are counted by route as it was declared, never by what somebody wrote', async () => {
  const before = await numbers();
  const spans = await traced(3, async () => {
    await served.endOrder(await served.sendOrder());
    await served.ask('/api/v1/Elsa%20Andersson?name=Elsa');
    await served.ask('/health/live');
  });
  expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(['POST /api/v1/orders/:orderId/genomforande', 'GET none']));
  const { counted, text } = await numbers();
  const more = (labels: string) => (counted.get(`uppsikt_requests_total{${labels}}`) ?? 0) - (before.counted.get(`uppsikt_requests_total{${labels}}`) ?? 0);
  expect(more('method="POST",route="/api/v1/orders/:orderId/genomforande",status="200"')).toBe(1);
  expect(more('method="GET",route="none",status="404"')).toBe(1);
  expect(text).not.toMatch(/Elsa|health\/live/);
  expect(text).toMatch(/^uppsikt_request_seconds_count\{method="POST",route="\/api\/v1\/orders"\} /m);
});
