import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { instant, randomId, type Clock } from '#libs/kernel';
import { SendServiceOrder } from '#libs/orders';
import { sampleId } from '#libs/samples';
import { preparedDatabase, type PreparedDatabase } from '#libs/testing';
import { builtApps } from '../built-app.ts';
import { startCollector, type Arrived, type Collector } from '../collector.ts';
import { registerCities } from './city.js';
import { Clients } from './clients.js';
import { openPlace, type Place } from './place.js';
import { killProcesses, startProcess } from './server-process.js';

// A request is answered by one process; what follows from it others do, and it is of the same trace.
jest.setTimeout(900_000);

const OFFICER = 'ostermalm-officer';
/** When an order was sent that nobody has heard of since. */
const LONG_AGO: Clock = { real: false, now: () => instant('2020-10-01T08:00:00+02:00') };
const CHAIN_OF_LONG_AGO = randomBytes(16).toString('hex');

let database: PreparedDatabase;
let place: Place;
let collector: Collector;
/** What both processes said, a line each. */
let logged: readonly string[];
/** What follows from a request of today, which the api has answered. */
let today: readonly Arrived[];
/** What follows today from a request of long ago. */
let late: readonly Arrived[];

const order = (sentOn: string) => ({
  provider: sampleId('provider', 'fritids'),
  service: 'short-term-supervision',
  sentOn,
  overallGoals: ['participation'],
  subGoals: [{ wording: 'Han vågar vara med i leken.' }],
  serviceUser: { name: 'Elev' },
});

const chains = (spans: readonly Arrived[]) => Map.groupBy(spans, ({ traceId }) => traceId);
const has = (chain: readonly Arrived[], ...names: readonly string[]) => names.every((name) => chain.some((span) => span.name === name));
const ofToday = (spans: readonly Arrived[]) => [...chains(spans).values()].find((chain) => has(chain, 'reaction replace-order', 'POST /api/v1/orders')) ?? [];
const ofLongAgo = (spans: readonly Arrived[]) => chains(spans).get(CHAIN_OF_LONG_AGO) ?? [];

beforeAll(async () => {
  collector = await startCollector();
  database = await preparedDatabase();
  place = await openPlace(database, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, LOG_LEVEL: 'info' });
  const apps = await builtApps();
  const start = (role: 'api' | 'worker') => startProcess(`${apps}/${role}/src/main.js`, place.environment(role));
  const worker = await start('worker');
  await worker.ready();
  await registerCities(place, [OFFICER], LONG_AGO, (commands) => {
    const unit = sampleId('unit', 'ostermalm-lss');
    const by = { actor: sampleId('person', OFFICER), role: 'case-officer', unit };
    const context = { tenant: 'stockholm', by, holdings: { unit: [unit], board: [unit] }, commandId: randomId(), corr: CHAIN_OF_LONG_AGO, now: LONG_AGO.now() };
    return commands.send(Object.assign(new SendServiceOrder(), order('2020-10-01')), context);
  });
  const api = await start('api');
  await api.ready();
  const clients = new Clients(place);
  clients.addresses = [api.address];
  const sentOn = Temporal.Now.plainDateISO('Europe/Stockholm').toString();
  const ask = async (body: object) => JSON.parse((await clients.ask('POST', '/api/v1/orders', OFFICER, randomUUID(), body))?.body ?? '') as { id: string };
  const { id: replaces } = await ask(order(sentOn));
  await ask({ ...order(sentOn), replaces });
  clients.close();
  await collector.until((spans) => ofToday(spans).length > 0 && has(ofLongAgo(spans), 'knock', 'mail'));
  logged = [api, worker].map((one) => one.said().split('\n')).flat();
  await Promise.all([api.stop(), worker.stop()]); // they send what they have not sent yet
  [today, late] = [ofToday(collector.spans), ofLongAgo(collector.spans)];
});

afterAll(async () => {
  await killProcesses();
  await collector.close();
  await place.close();
  await database.drop();
});

test('what a request leads to is one trace over both processes, which begins with the request', () => {
  expect(told(today)).toEqual(
    expect.arrayContaining([
      'uppsikt-api: POST /api/v1/orders',
      'uppsikt-api: POST /api/v1/orders > command SendServiceOrder',
      'uppsikt-api: command SendServiceOrder > append',
      expect.stringMatching(/^uppsikt-worker: POST \/api\/v1\/orders > view orders_\d+$/),
      'uppsikt-worker: POST /api/v1/orders > reaction replace-order',
      'uppsikt-worker: reaction replace-order > command EndReplacedOrder',
      'uppsikt-worker: command EndReplacedOrder > append',
    ]),
  );
});

test('what falls due years later, and the mail that goes, are of the trace of long ago', () => {
  expect(told(late)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^uppsikt-worker: (?:process knocks > )?knock$/),
      'uppsikt-worker: knock > command Knock at order',
      'uppsikt-worker: command Knock at order > append',
      expect.stringMatching(/^uppsikt-worker: view outbox_\d+$/),
      'uppsikt-worker: mail',
      'uppsikt-worker: mail > command RecordMailAccepted',
    ]),
  );
});

test('the log has one line for the request, under the id of the trace, and none for those who ask whether all is well', () => {
  const lines = logged.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { req?: { id: string; path: string } });
  const requests = lines.flatMap(({ req }) => req ?? []);
  expect(requests.filter(({ id }) => id === today[0]?.traceId)).toEqual([{ id: today[0]?.traceId, method: 'POST', path: '/api/v1/orders' }]);
  expect(requests.filter(({ path }) => path.startsWith('/health'))).toEqual([]);
});

/** Spans with their service and their parent. */
const told = (chain: readonly Arrived[]): readonly string[] => {
  const names = new Map(chain.map(({ spanId, name }) => [spanId, name]));
  return chain.map(({ service, parentSpanId, name }) => `${service}: ${[names.get(parentSpanId), name].filter(Boolean).join(' > ')}`);
};
