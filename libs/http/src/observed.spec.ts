import { randomBytes } from 'node:crypto';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { traceInto } from '#libs/telemetry';
import { serveSample, type Served } from './served.samples.js';

let served: Served;
let exporter: InMemorySpanExporter;
let end: () => Promise<void>;
beforeAll(async () => {
  served = await serveSample();
});
beforeEach(async () => {
  exporter = new InMemorySpanExporter();
  exporter.shutdown = () => Promise.resolve(); // it would forget what it was given
  end = await traceInto({ service: 'spec', exporter });
});
afterAll(() => served.close());

/** What was traced, each with its parent. A request has ended only after its answer: the app is asked again to see that it has. */
const traced = async (count: number): Promise<{ readonly told: readonly string[]; readonly spans: readonly ReadableSpan[] }> => {
  while ((await numbers()).requests < count) await new Promise(setImmediate);
  await end();
  const spans = exporter.getFinishedSpans();
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  const told = spans.map(({ name, parentSpanContext }) => [names.get(parentSpanContext?.spanId ?? ''), name].filter(Boolean).join(' > '));
  return { told, spans };
};
const numbers = async () => {
  const { text } = await served.ask('/metrics');
  const counted = [...text.matchAll(/^(uppsikt_requests_total\{.*\}) (\d+)$/gm)].map(([, labels = '', value]) => [labels, Number(value)] as const);
  return { requests: counted.reduce((sum, [, value]) => sum + value, 0), counted: new Map(counted), text };
};

test('a request with a body is the first span of its chain, what it does lies under it, and its entries carry the chain', async () => {
  const before = await numbers();
  const id = await served.sendOrder();
  const { told, spans } = await traced(before.requests + 1);
  expect(told).toEqual(['command SendOrder > append', 'POST /api/v1/orders > command SendOrder', 'POST /api/v1/orders']);
  const [first] = await served.log.readStream(String(spans[1]?.attributes['uppsikt.tenant']), `order-${id}`);
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([first?.entry.corr]));
  expect(spans.at(-1)?.attributes).toEqual({
    'http.request.method': 'POST',
    'http.route': '/api/v1/orders',
    'http.response.status_code': 201,
  });
});

test('a caller’s trace goes on: its span is the parent of the request', async () => {
  const before = await numbers();
  const [trace, span] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  await served.ask('/api/v1/orders', { headers: { traceparent: `00-${trace}-${span}-01` } });
  const { spans } = await traced(before.requests + 1);
  expect(spans.map((one) => [one.spanContext().traceId, one.parentSpanContext?.spanId])).toEqual([[trace, span]]);
});

test('a refusal is no fault of the request, and no fault of the command', async () => {
  const before = await numbers();
  await served.endOrder('0b5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e');
  const { spans } = await traced(before.requests + 1);
  expect(spans.map(({ status }) => status.code)).toEqual([0, 0]);
  expect(spans[0]?.attributes).toMatchObject({ 'error.type': 'Refusal' });
});

test('requests are counted by route as it was declared, never by what somebody wrote', async () => {
  const before = await numbers();
  const id = await served.sendOrder();
  await served.endOrder(id);
  await served.ask('/api/v1/Elsa%20Andersson?name=Elsa');
  await served.ask('/health/live');
  const { spans } = await traced(before.requests + 3);
  expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(['POST /api/v1/orders/:orderId/genomforande', 'GET none']));
  const { counted, text } = await numbers();
  const more = (labels: string) => (counted.get(`uppsikt_requests_total{${labels}}`) ?? 0) - (before.counted.get(`uppsikt_requests_total{${labels}}`) ?? 0);
  expect(more('method="POST",route="/api/v1/orders/:orderId/genomforande",status="200"')).toBe(1);
  expect(more('method="GET",route="none",status="404"')).toBe(1);
  expect(text).not.toMatch(/Elsa|health\/live/);
  expect(text).toMatch(/^uppsikt_request_seconds_count\{method="POST",route="\/api\/v1\/orders"\} /m);
});
