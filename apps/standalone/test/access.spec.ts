import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { sampleId } from '#libs/samples';
import { cleanUp, newFolder } from './app-process.ts';
import { call, type Answer } from './call.ts';
import { asked, routesOf, type Route } from './routes.ts';
import { query, serving } from './uppsikt.ts';
import { documents, ofNorrmalm, people, reaches, THINGS, WHO_MAY, type Person, type Row, type Thing } from './who-may.ts';

// Every route of the running app, asked by nobody and by everybody of both municipalities, about everybody's things.
jest.setTimeout(120_000);

let address: string;
/** Those for which one signs in, with their row of the table. */
let governed: readonly (Route & { readonly row: Row })[];
let allRoutes: readonly Route[];
/** What was recorded of each municipality: ids, and which orders are whose. */
let idsOf: ReadonlyMap<string, ReadonlySet<string>>;
let orders: readonly Required<Thing>[];

beforeAll(async () => {
  const data = await newFolder();
  address = await (await serving(data)).address;
  allRoutes = await routesOf(address);
  governed = allRoutes.flatMap((route) => {
    const row = WHO_MAY[route.operationId];
    return row === undefined || row === 'anyone' ? [] : [{ ...route, row }];
  });
  await sendOrderOfNorrmalm();
  await storeDocuments();
  const entries = await query<{ tenant: string; entry: string }>(data, `select tenant, convert_from(entry, 'UTF8') as entry from log.events`);
  idsOf = new Map([...Map.groupBy(entries, ({ tenant }) => tenant)].map(([tenant, own]) => [tenant, new Set(own.flatMap(({ entry }) => idsIn(entry)))]));
  orders = entries.flatMap(({ tenant, entry }) => {
    const { type, data: said } = JSON.parse(entry) as { type: string; data: { orderId: string; unit: string } };
    return type === 'ServiceOrderSent' ? [{ tenant, id: said.orderId, unit: said.unit }] : [];
  });
});
afterAll(() => cleanUp());

test('every route is in the table of who may, and no other', () => {
  expect(allRoutes.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(WHO_MAY).toSorted());
});

test('nobody gets past a route that is governed, and what else there is tells nothing of anybody', async () => {
  for (const route of governed) {
    const { status, headers, body } = await ask(route, { id: randomUUID() });
    expect([route.operationId, status, headers.get('www-authenticate'), body]).toEqual([
      route.operationId,
      401,
      'Uppsikt-Person',
      expect.objectContaining({ status: 401, code: 'identity.required' }),
    ]);
  }
  const open = ['/metrics', '/health/live', '/health/ready', '/api/docs', '/api/v1/openapi.json', '/api/v1/api-info', '/nowhere', '/api/v1/nowhere'];
  const recorded = new Set([...idsOf.values()].flatMap((ids) => [...ids]));
  for (const path of open) {
    const { text } = await call(address, `GET ${path}`);
    expect([path, idsIn(text).filter((id) => recorded.has(id))]).toEqual([path, []]);
  }
});

test.each([
  ['a person that there is not', () => ({ 'uppsikt-person': randomUUID() })],
  ['no id', () => ({ 'uppsikt-person': 'ostermalm-officer' })],
  ['a role that the person does not hold', () => ({ 'uppsikt-person': `${OFFICER}; role=administrator` })],
  ['the role of the system', () => ({ 'uppsikt-person': `${OFFICER}; role=system` })],
  ['another unit', () => ({ 'uppsikt-person': `${OFFICER}; unit=${ofNorrmalm.unit}` })],
  ['the other municipality', () => ({ 'uppsikt-person': `${OFFICER}; tenant=tyreso` })],
  ['two persons', () => ({ 'uppsikt-person': `${OFFICER}, ${sampleId('person', 'tyreso-officer')}` })],
  ['a request that was handed on', () => ({ 'uppsikt-person': OFFICER, 'x-forwarded-for': '192.0.2.1' })],
])('who signs in as %s is nobody', async (_what, headers) => {
  expect((await call(address, 'GET /api/v1/awaited-plans', { as: 'ostermalm-officer' })).status).toBe(200);
  expect((await call(address, 'GET /api/v1/awaited-plans', { headers: headers() })).status).toBe(401);
});

test('a list shows what is in reach and nothing of another municipality, nor of another unit to whom keeps to one', async () => {
  const deviations: string[] = [];
  let shown = 0;
  for (const route of listsOf(governed)) {
    await all(people, async (person) => {
      const foreign = foreignTo(person, route.row);
      const now = Temporal.Now.instant().subtract({ seconds: 1 }).toString();
      for (const [how, headers] of [
        ['limit=200', {}],
        ['limit=200', { accept: 'text/csv' }],
        [`limit=200&asOf=${now}`, {}],
      ] as const) {
        const { status, text } = await call(address, `GET ${route.path}?${how}`, { as: person.id, headers });
        const seen = idsIn(text).filter((id) => foreign.has(id));
        const expected = route.row[person.role] === undefined ? 403 : 200;
        if (status !== expected || seen.length > 0) deviations.push(`${person.key} GET ${route.path}?${how}: ${status} ${seen.join()}`);
        shown += idsIn(text).length;
      }
    });
  }
  expect(deviations).toEqual([]);
  expect(shown).toBeGreaterThan(500);
});

test('whoever may see a list of orders sees those in reach', async () => {
  expect(await awaitedBy('norrmalm-officer')).toEqual([ofNorrmalm.id]);
  expect(await awaitedBy('tyreso-officer')).toEqual([sampleId('order', 'tyresö')]);
  expect(await awaitedBy('ostermalm-manager')).toContain(sampleId('order', 'aldrig'));
  expect(await awaitedBy('ostermalm-manager')).not.toContain(ofNorrmalm.id);
  expect(await awaitedBy('ostermalm-owner')).toEqual(expect.arrayContaining([ofNorrmalm.id, sampleId('order', 'aldrig')]));
});

test('a filter by what is out of reach finds nothing', async () => {
  const deviations: string[] = [];
  for (const route of listsOf(governed)) {
    for (const { name } of route.parameters.filter((parameter) => parameter.in === 'query' && parameter.schema?.format === 'uuid')) {
      await all(people, async (person) => {
        for (const { id } of thingsCalled(name).filter((its) => reaches(route.row, person, its) === false)) {
          const { status, body } = await call(address, `GET ${route.path}?${name}=${id}`, { as: person.id });
          const { total, items } = body as { total: number; items: unknown[] };
          if (status !== 200 || total !== 0 || items.length > 0) deviations.push(`${person.key} GET ${route.path}?${name}=${id}: ${status} ${total}`);
        }
      });
    }
  }
  expect(deviations).toEqual([]);
});

test('every route lets in whom the table names; what is out of reach answers as what does not exist', async () => {
  const deviations: string[] = [];
  await all(people, async (person) => {
    for (const route of governed) {
      const absent = await ask(route, { as: person.id, id: nothings(route) });
      for (const { id, ...its } of thingsOf(route, person)) {
        const answer = await ask(route, { as: person.id, id });
        const wrong = deviation(route, reaches(route.row, person, { id, ...its }), answer, absent);
        if (wrong !== undefined) deviations.push(`${person.key}: ${asked(route, id)} ${wrong}: ${answer.text}`);
      }
    }
  });
  expect(deviations).toEqual([]);
});

test('what is named in a body and is out of reach is refused as what does not exist', async () => {
  const provider = sampleId('provider', 'fritids');
  const order = {
    provider,
    service: 'short-term-supervision',
    sentOn: '2020-10-01',
    overallGoals: [],
    subGoals: [{ wording: 'x' }],
    serviceUser: { name: 'x' },
  };
  const role = { person: OFFICER, role: 'auditor', unit: sampleId('unit', 'revisionskontoret'), from: '2020-01-01' };
  const foreign: [as: string, what: string, body: object, name: string, ids: readonly string[]][] = [
    ['ostermalm-officer', 'POST /api/v1/orders', order, 'provider', [sampleId('provider', 'ang')]],
    ['ostermalm-officer', 'POST /api/v1/orders', order, 'replaces', [ofNorrmalm.id, sampleId('order', 'tyresö')]],
    ['stockholm-administrator', 'POST /api/v1/role-holders', role, 'person', [sampleId('person', 'tyreso-officer')]],
    ['stockholm-administrator', 'POST /api/v1/role-holders', role, 'unit', [sampleId('unit', 'aso-lss')]],
    [
      'stockholm-administrator',
      'POST /api/v1/role-holders/endings',
      { role: 'auditor', unit: role.unit, lastDay: '2026-01-01' },
      'person',
      [sampleId('person', 'tyreso-officer')],
    ],
    ['stockholm-administrator', `PUT /api/v1/units/${randomUUID()}`, { name: 'x', kind: 'unit' }, 'partOf', [sampleId('unit', 'aso')]],
  ];
  for (const [as, what, body, name, ids] of foreign) {
    const absent = await call(address, what, { as, body: { ...body, [name]: randomUUID() } });
    expect([what, name, absent.status]).toEqual([what, name, 422]);
    for (const id of ids) expect((await call(address, what, { as, body: { ...body, [name]: id } })).text).toBe(absent.text);
  }
});

const OFFICER = sampleId('person', 'ostermalm-officer');

/** Lists of the whole municipality, or of as much of it as the asker's role reaches. */
const listsOf = <R extends Route>(some: readonly R[]): readonly R[] => some.filter(({ isList, path }) => isList && !path.includes('{'));

const idsIn = (text: string): readonly string[] => text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];

/** Ids that the person must not see: those of the other municipality alone, and orders of other units and boards where the role keeps to its own. */
function foreignTo(person: Person, row: Row): ReadonlySet<string> {
  const own = idsOf.get(person.tenant);
  const others = [...idsOf].flatMap(([other, ids]) => (other === person.tenant ? [] : [...ids].filter((id) => !own?.has(id))));
  return new Set([...others, ...orders.filter((order) => reaches(row, person, order) === false).map(({ id }) => id)]);
}

/** The things that a route with an id in its address is asked about; for another one nothing but the person's own municipality. */
function thingsOf({ path, parameters }: Route, { tenant }: Person): readonly Thing[] {
  const [named, ...others] = parameters.filter((parameter) => parameter.in === 'path');
  if (others.length > 0) throw new RangeError(`The test names one thing of ${path}, not two.`);
  return named ? thingsCalled(named.name) : [{ tenant, id: '' }];
}

function thingsCalled(name: string): readonly Thing[] {
  const known = THINGS[name];
  if (!known) throw new RangeError(`The test has nothing called ${name}: say in who-may.ts what it names.`);
  return known;
}

async function awaitedBy(as: string): Promise<readonly string[]> {
  const { body } = await call(address, 'GET /api/v1/awaited-plans?limit=200', { as });
  return (body as { items: { orderId: string }[] }).items.map(({ orderId }) => orderId);
}

/** How an answer differs from what it should be; undefined where it does not. */
function deviation({ method }: Route, inReach: boolean | undefined, { status, text }: Answer, absent: Answer): string | undefined {
  const mayNot = [401, 403, 404].includes(status);
  if (inReach === undefined && status !== 403) return `answered ${status} to whom may not`;
  // An id is only another municipality's there: to register something under it here is nothing special.
  if (inReach === true || (inReach === false && method === 'PUT')) return mayNot || status >= 500 ? `answered ${status} to whom may` : undefined;
  if (inReach === false && status !== 404) return `answered ${status} about what is out of reach`;
  return nameless(text) === nameless(absent.text) ? undefined : `differs from ${absent.text}`;
}

const nameless = (text: string): string => text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}/g, 'an id');

/** The id of something that there is not. */
const nothings = ({ path }: Route): string => (path.includes('{sha256}') ? randomBytes(32).toString('hex') : randomUUID());

const ask = (route: Route, { as, id }: { readonly as?: string; readonly id: string }): Promise<Answer> =>
  call(address, asked(route, id), {
    ...(as !== undefined && { as }),
    ...(route.example && { body: route.example }),
    ...(route.file !== undefined && { body: route.file, headers: { 'content-type': 'text/plain' } }),
  });

/** Everybody at once, each one thing after another. */
const all = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => void (await Promise.all(items.map(work)));

async function sendOrderOfNorrmalm(): Promise<void> {
  const sent = { orderId: ofNorrmalm.id, provider: sampleId('provider', 'fritids'), service: 'short-term-supervision', sentOn: '2020-10-01' };
  const body = { ...sent, overallGoals: [], subGoals: [{ wording: 'Ett mål.' }], serviceUser: { name: 'Elev (exempel)' } };
  const { status, text } = await call(address, 'POST /api/v1/orders', { as: 'norrmalm-officer', body });
  if (status !== 201) throw new Error(text);
  await call(address, `GET /api/v1/awaited-plans?after=${(JSON.parse(text) as { position: string }).position}`, { as: 'norrmalm-officer' }); // it can be seen now
}

async function storeDocuments(): Promise<void> {
  for (const { by: as, text } of documents) {
    const { status, text: told } = await call(address, 'POST /api/v1/documents?name=protokoll.txt', {
      as,
      body: text,
      headers: { 'content-type': 'text/plain' },
    });
    if (status !== 201) throw new Error(told);
  }
}
