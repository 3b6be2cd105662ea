import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sampleId } from '#libs/samples';
import { cleanUp, newFolder, stopped } from './app-process.ts';
import { call } from './call.ts';
import { startCollector, type Arrived, type Collector } from './collector.ts';
import { query, serving, type Uppsikt } from './uppsikt.ts';

// What follows from a request is one trace: in the process that answered it, and in another one that does years later what has fallen due.
jest.setTimeout(600_000);

const ORDER = sampleId('order', 'traced');
const OFFICER = 'ostermalm-officer';
const ADMINISTRATOR = 'stockholm-administrator';

let collector: Collector;
/** The spans of the order, by the id of the chain that its entries have. */
let chain: readonly Arrived[];

beforeAll(async () => {
  collector = await startCollector();
  const [data, env] = [await newFolder(), { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }];
  const first = await serving(data, { args: ['--test-clock', '2020-10-01T08:00+02:00'], env });
  await plant(first);
  await stopped(first);
  // On the real clock, by which the plan that was awaited is years late.
  const second = await serving(data, { env });
  const recorded = await query<{ corr: string }>(data, `select convert_from(entry, 'UTF8')::json->>'corr' as corr from log.events where stream = $1`, [
    `order-${ORDER}`,
  ]);
  const [corr] = new Set(recorded.map((entry) => entry.corr));
  const ofChain = (spans: readonly Arrived[]) => spans.filter(({ traceId }) => traceId === corr);
  await collector.until((spans) => ofChain(spans).some(({ name }) => name === 'mail'));
  await stopped(second);
  chain = ofChain(collector.spans);
});
afterAll(async () => {
  await cleanUp();
  await collector.close();
});

test('a request, its command, its append and the views that it changes are one trace, which begins with the request', () => {
  const { instance } = named('POST /api/v1/orders')[0] ?? {};
  expect(told((span) => span.instance === instance)).toEqual(
    expect.arrayContaining([
      'POST /api/v1/orders',
      'POST /api/v1/orders > command SendServiceOrder',
      'command SendServiceOrder > append',
      expect.stringMatching(/^POST \/api\/v1\/orders > view orders_\d+$/),
      expect.stringMatching(/^POST \/api\/v1\/orders > view deadlines_\d+$/),
      expect.stringMatching(/^POST \/api\/v1\/orders > view trail_\d+$/),
    ]),
  );
});

test('the knock that comes years later, in another process, what it records and the mail that goes are of the same trace', () => {
  const { instance } = named('POST /api/v1/orders')[0] ?? {};
  expect(told((span) => span.instance !== instance)).toEqual(
    expect.arrayContaining([
      'POST /api/v1/orders > knock',
      'knock > command Knock at order',
      'command Knock at order > append',
      expect.stringMatching(/^POST \/api\/v1\/orders > view outbox_\d+$/),
      'POST /api/v1/orders > mail',
      'mail > command RecordMailAccepted',
      'command RecordMailAccepted > append',
    ]),
  );
});

test('every span of it but the first has its parent there', () => {
  const ids = new Set(chain.map(({ spanId }) => spanId));
  expect(ids.size).toBe(chain.length);
  expect(chain.filter(({ parentSpanId }) => !ids.has(parentSpanId)).map(({ name }) => name)).toEqual(['POST /api/v1/orders']);
});

test('what a reaction does is of the trace of what it reacts to', () => {
  const [request] = collector.spans.filter(({ name }) => name === 'POST /api/v1/role-holders');
  const names = collector.spans.filter(({ traceId }) => traceId === request?.traceId).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['command AssignRole', 'reaction note-duties', 'command NoteDuty']));
});

const named = (name: string): readonly Arrived[] => chain.filter((span) => span.name === name);

/** Spans of the order, each with its parent. */
const told = (which: (span: Arrived) => boolean): readonly string[] => {
  const names = new Map(chain.map(({ spanId, name }) => [spanId, name]));
  return chain.filter(which).map(({ parentSpanId, name }) => [names.get(parentSpanId), name].filter(Boolean).join(' > '));
};

async function plant(app: Uppsikt): Promise<void> {
  const provider = sampleId('provider', 'traced');
  await done(app, `PUT /api/v1/providers/${provider}`, ADMINISTRATOR, { name: 'Fritids' });
  await done(app, 'POST /api/v1/orders', OFFICER, {
    orderId: ORDER,
    provider,
    service: 'short-term-supervision',
    sentOn: '2020-10-01',
    overallGoals: ['participation'],
    subGoals: [{ wording: 'Han vågar vara med i leken.' }],
    serviceUser: { name: 'Elev', personalNumber: '20120101-1234' },
  });
  const unit = sampleId('unit', 'ostermalm-lss');
  const person = sampleId('person', 'newcomer');
  await done(app, 'POST /api/v1/people', ADMINISTRATOR, { person, name: 'Ny', email: 'ny@example.se', language: 'sv' });
  await done(app, 'POST /api/v1/role-holders', ADMINISTRATOR, { person, role: 'case-officer', unit, from: '2020-01-01' });
  await collector.until((spans) => spans.some(({ name }) => name === 'POST /api/v1/role-holders'));
}

async function done(app: Uppsikt, what: string, as: string, body: unknown): Promise<void> {
  const { status, text } = await call(await app.address, what, { as, body });
  if (status >= 300) throw new Error(`${what}: ${text}`);
}
