import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { sampleId } from '#libs/samples';
import { cleanUp, newFolder, stopped } from './app-process.ts';
import { call } from './call.ts';
import { startCollector, type Arrived, type Collector } from './collector.ts';
import { askedBy, exposed, type Exposed } from './numbers.ts';
import { query, serving, type Uppsikt } from './uppsikt.ts';

// What the product tells of itself: what follows from a request is one trace, also where another process does years later what has fallen due;
// and dashboard, alerts and their guide speak of numbers that there are.
jest.setTimeout(600_000);

const ORDER = sampleId('order', 'traced');
const OFFICER = 'ostermalm-officer';
const ADMINISTRATOR = 'stockholm-administrator';

let collector: Collector;
/** The spans of the order, by the id of the chain that its entries have. */
let chain: readonly Arrived[];
let numbers: Exposed;

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
  numbers = exposed((await call(await second.address, 'GET /metrics')).text);
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

describe('dashboard and alerts', () => {
  test('ask for numbers that a process gives, by labels that they have', async () => {
    const queries = [...(await dashboardQueries()), ...(await alerts()).map(({ expr }) => expr)];
    expect(queries.length).toBeGreaterThan(50);
    const unknown = queries.flatMap((expression) => {
      const { metrics, labels } = askedBy(expression);
      const families = metrics.filter((name) => name !== 'up').map((name) => [name, familyOf(name)] as const);
      const absent = families.filter(([, family]) => !family).map(([name]) => name);
      const known = new Set([...PROMETHEUS_OWN, ...families.flatMap(([, family]) => [...(family?.labels ?? [])])]);
      // Of what has not happened there are no samples, and so no labels.
      const isSeen = families.every(([name, family]) => (family?.labels.size ?? 0) > 0 || BARE.has(name));
      return [...absent, ...labels.filter((label) => isSeen && !known.has(label))].map((what) => `${what} in ${expression}`);
    });
    expect(unknown).toEqual([]);
  });

  test('are told of in the guide, number by number and alert by alert', async () => {
    const guide = await readFile(join(ROOT, 'docs/observability.md'), 'utf8');
    const told = [...guide.matchAll(/^\| `(uppsikt_\w+)` /gm)].map(([, name = '']) => name);
    expect(told.toSorted()).toEqual([...numbers.families.keys()].filter((name) => name.startsWith('uppsikt_')).toSorted());
    const toldOf = [...guide.matchAll(/^### (Uppsikt\w+)$/gm)].map(([, name = '']) => name);
    expect(toldOf).toEqual((await alerts()).map(({ alert }) => alert));
  });

  test('are files that can be read, and expressions whose brackets close', async () => {
    for (const file of ['prometheus/prometheus.yml', 'grafana/provisioning/datasources/uppsikt.yml', 'grafana/provisioning/dashboards/uppsikt.yml'])
      expect(parse(await readFile(join(ROOT, 'ops', file), 'utf8'))).toBeInstanceOf(Object);
    for (const expression of [...(await dashboardQueries()), ...(await alerts()).map(({ expr }) => expr)])
      expect([expression, bracketsLeft(expression)]).toEqual([expression, '']);
  });

  test('say whom to wake, and in a sentence what is wrong', async () => {
    for (const { alert, labels, annotations } of await alerts()) {
      expect([alert, labels.severity]).toEqual([alert, expect.stringMatching(/^(?:page|ticket)$/)]);
      expect([alert, annotations.summary]).toEqual([alert, expect.stringMatching(/^.*\.$/)]);
    }
  });
});

test('queries are read as Prometheus reads them', () => {
  expect(askedBy('sum by (le, route) (rate(a_seconds_bucket{x="b{c}", y=~"d"}[5m:1m])) / max(e_total offset 1h) > 1e3 or vector(0)')).toEqual({
    metrics: ['a_seconds_bucket', 'e_total'],
    labels: ['x', 'y', 'le', 'route'],
  });
});

const ROOT = join(import.meta.dirname, '../../..');
const PROMETHEUS_OWN = ['instance', 'job', 'le'];
/** Numbers without labels of their own. */
const BARE = new Set(['process_cpu_seconds_total', 'process_resident_memory_bytes']);

const familyOf = (name: string) => numbers.families.get(name) ?? numbers.families.get(name.replace(/_(?:bucket|sum|count)$/, ''));

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity?: string };
  readonly annotations: { readonly summary?: string };
}

async function alerts(): Promise<readonly Alert[]> {
  const { groups } = parse(await readFile(join(ROOT, 'ops/prometheus/alerts.yml'), 'utf8')) as { groups: readonly { rules: readonly Alert[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

/** What is left of its brackets when each that closes is taken out together with the one that it closes. */
function bracketsLeft(expression: string): string {
  let left = expression.replaceAll(/"[^"]*"/g, '').replaceAll(/[^()[\]{}]/g, '');
  for (let before = ''; before !== left;) [before, left] = [left, left.replaceAll(/\(\)|\[\]|\{\}/g, '')];
  return left;
}

async function dashboardQueries(): Promise<readonly string[]> {
  const { panels } = JSON.parse(await readFile(join(ROOT, 'ops/grafana/uppsikt.json'), 'utf8')) as {
    panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
  };
  return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}

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
