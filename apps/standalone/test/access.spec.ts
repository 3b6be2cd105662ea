import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { randomBytes, randomUUID } from 'node:crypto';
import { sampleId } from '#libs/samples';
import { cleanUp, newFolder } from './app-process.ts';
import { call, type Answer, type Call } from './call.ts';
import { asked, routesOf, type Route } from './routes.ts';
import { query, serving } from './uppsikt.ts';
import {
  agreements,
  delegated,
  documents,
  drafts,
  formerPeople,
  made,
  obligations,
  ofHässelby,
  ownedThings,
  people,
  reaches,
  thingsCalled,
  thingsOf,
  WHO_MAY,
  type Person,
  type Row,
  type Thing,
} from './who-may.ts';

// Every route of the running app, asked by nobody and by everybody of both municipalities, about everybody's things.
jest.setTimeout(600_000);

let address: string;
/** Those for which one signs in, with their row of the table. */
let governed: readonly (Route & { readonly row: Row })[];
let allRoutes: readonly Route[];
/** What was recorded of each municipality: its ids. */
let idsOf: ReadonlyMap<string, ReadonlySet<string>>;

beforeAll(async () => {
  const data = await newFolder();
  address = await (await serving(data)).address;
  allRoutes = await routesOf(address);
  governed = allRoutes.flatMap((route) => {
    const row = WHO_MAY[route.operationId];
    return row === undefined || row === 'anyone' ? [] : [{ ...route, row }];
  });
  await sendOrderOfHässelby();
  await storeDocuments();
  await makeReports();
  for (const { by, sent } of agreements) await post(by, 'agreements', sent);
  await judgeAndAskForDocuments();
  await makeWhatAllHave();
  const entries = await query<{ tenant: string; stream: string; id: string; entry: string }>(
    data,
    `select tenant, stream, id, convert_from(entry, 'UTF8') as entry from log.events order by position`,
  );
  idsOf = new Map([...Map.groupBy(entries, ({ tenant }) => tenant)].map(([tenant, own]) => [tenant, new Set(own.flatMap(({ entry }) => idsIn(entry)))]));
  for (const { tenant, stream, id, entry } of entries) {
    const { type, data: said } = JSON.parse(entry) as { type: string; data: Readonly<Record<string, string>> };
    if (stream.startsWith('delegated-decision-') && said['board'] !== undefined) delegated.set(said['board'], stream.slice('delegated-decision-'.length));
    if (type === 'BoardSucceeded' && said['on'] === FAR_DAY) made.succession.set(tenant, id);
    if (type === 'ResponsibilityRuleSet') made.rule.set(tenant, said['rule'] ?? '');
    if (type === 'ResponsibilityDisputed') made.dispute.set(tenant, said['dispute'] ?? '');
    if (type === 'ResponsibilityCircumstanceNoted') made.circumstance.set(tenant, said['circumstance'] ?? '');
  }
});
afterAll(() => cleanUp());

test('every route is in the table of who may, and no other', () => {
  expect(allRoutes.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(WHO_MAY).toSorted());
});

test('nobody gets past a route that is governed, and what else there is tells nothing of anybody', async () => {
  for (const route of governed) {
    const { status, headers, body } = await ask(route, { its: { id: randomUUID() } });
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
  ['no id', () => ({ 'uppsikt-person': 'norra-innerstaden-officer' })],
  ['a role that the person does not hold', () => ({ 'uppsikt-person': `${OFFICER}; role=administrator` })],
  ['the role of the system', () => ({ 'uppsikt-person': `${OFFICER}; role=system` })],
  ['another unit', () => ({ 'uppsikt-person': `${OFFICER}; unit=${sampleId('unit', 'hasselby-vallingby-lss')}` })],
  ['the other municipality', () => ({ 'uppsikt-person': `${OFFICER}; tenant=tyreso` })],
  ['two persons', () => ({ 'uppsikt-person': `${OFFICER}, ${sampleId('person', 'tyreso-officer')}` })],
  ['a request that was handed on', () => ({ 'uppsikt-person': OFFICER, 'x-forwarded-for': '192.0.2.1' })],
])('who signs in as %s is nobody', async (_what, headers) => {
  expect((await call(address, 'GET /api/v1/awaited-plans', { as: 'norra-innerstaden-officer' })).status).toBe(200);
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

test('whoever may see a list of orders sees those in reach, a predecessor’s included', async () => {
  expect(await awaitedBy('hasselby-vallingby-officer')).toEqual([ofHässelby.id]);
  expect(await awaitedBy('tyreso-officer')).toEqual([sampleId('order', 'tyresö')]);
  expect(await awaitedBy('norra-innerstaden-manager')).toContain(sampleId('order', 'aldrig'));
  expect(await awaitedBy('norra-innerstaden-manager')).not.toContain(ofHässelby.id);
  expect(await awaitedBy('norra-innerstaden-owner')).toEqual(expect.arrayContaining([ofHässelby.id, sampleId('order', 'aldrig')]));
});

test('a board sees the obligations that it holds, and whoever examines them sees all', async () => {
  const [ostermalm, hässelby, aso] = obligations.map(({ id }) => id) as [string, string, string];
  const own = await obligationsSeenBy('norra-innerstaden-owner');
  expect([own.length, own.includes(ostermalm), own.includes(hässelby)]).toEqual([2, true, false]);
  expect(await obligationsSeenBy('hasselby-vallingby-officer')).toEqual([hässelby]);
  expect(await obligationsSeenBy('stockholm-overseer')).toHaveLength(7);
  const tyresös = await obligationsSeenBy('tyreso-auditor');
  expect([tyresös.length, tyresös.includes(aso)]).toEqual([9, true]);
});

test('a filter by what is out of reach finds nothing', async () => {
  const deviations: string[] = [];
  for (const route of listsOf(governed).filter(({ operationId }) => !NO_FILTERS.has(operationId))) {
    for (const { name } of route.parameters.filter((parameter) => parameter.in === 'query' && parameter.schema?.format === 'uuid')) {
      await all(people, async (person) => {
        // What is several boards’ is each one’s to see: that it is also another’s hides nothing.
        const shared = TO_SEVERAL.has(route.operationId) && ['board', 'audit'].includes(name);
        const hidden = thingsCalled(name).filter((its) => !(shared && its.tenant === person.tenant));
        for (const { id } of hidden.filter((its) => reaches(route.row, person, its) === false)) {
          const { status, body } = await call(address, `GET ${route.path}?${name}=${id}`, { as: person.id });
          const { total, items } = body as { total: number; items: unknown[] };
          if (status !== 200 || total !== 0 || items.length > 0) deviations.push(`${person.key} GET ${route.path}?${name}=${id}: ${status} ${total}`);
        }
      });
    }
  }
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
    ['norra-innerstaden-officer', 'POST /api/v1/orders', order, 'provider', [sampleId('provider', 'ang')]],
    ['norra-innerstaden-officer', 'POST /api/v1/orders', order, 'replaces', [ofHässelby.id, sampleId('order', 'tyresö')]],
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

test('every route lets in whom the table names; what is out of reach answers as what does not exist', async () => {
  const deviations: string[] = [];
  let [tried, refused] = [0, 0];
  await all(people, async (person) => {
    for (const route of governed) {
      for (const its of thingsOfRoute(route, person)) {
        const inReach = reaches(route.row, person, its);
        const answer = await ask(route, { as: person.id, its });
        const absent = inReach === true ? answer : await ask(route, { as: person.id, its: absentLike(its) });
        const wrong = deviation(route, person, its, inReach, answer, absent);
        if (wrong !== undefined) deviations.push(`${person.key}: ${route.operationId} ${its.id} ${wrong}: ${answer.text.slice(0, 300)}`);
        tried++;
        if (inReach !== true) refused++;
      }
    }
  });
  expect(deviations).toEqual([]);
  expect([tried > 10_000, refused > 5_000]).toEqual([true, true]);
});

test('people of a board that has ended reach nothing, whatever their role reached', async () => {
  const deviations: string[] = [];
  await all(formerPeople, async (person) => {
    for (const route of governed) {
      const scope = route.row[person.role];
      for (const its of thingsOfRoute(route, person).slice(0, 1)) {
        const answer = await ask(route, { as: person.id, its });
        const got = `${statusOf(answer)} ${codeOf(answer)}`;
        const empty = route.isList && answer.status === 200 && (answer.body as { total: number }).total === 0;
        // What keeps to a unit or a board holds nothing more; everything else says why.
        const isNothing = scope !== undefined && scope !== 'tenant' && route.method === 'GET' && (empty || answer.status === 404);
        if (got !== `403 ${scope === undefined ? 'role.not-allowed' : 'unit.succeeded'}` && !isNothing)
          deviations.push(`${person.key}: ${route.operationId} ${its.id} answered ${got}`);
      }
    }
  });
  expect(deviations).toEqual([]);
});

/** Lists of what may be several boards’ at once: addressed to each of them, prepared by one and decided by another. */
const TO_SEVERAL: ReadonlySet<string> = new Set(['listAudits', 'listRecommendations', 'listReplies']);
/** What is asked about there is no filter: a rule that names no board answers for any. */
const NO_FILTERS: ReadonlySet<string> = new Set(['responsibilityHistory']);

const OFFICER = sampleId('person', 'norra-innerstaden-officer');

/** Lists of the whole municipality, or of as much of it as the asker's role reaches. */
const listsOf = <R extends Route>(some: readonly R[]): readonly R[] => some.filter(({ isList, path }) => isList && !path.includes('{'));

const idsIn = (text: string): readonly string[] => text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];

/** Ids that the person must not see: those of the other municipality alone, and what other units and boards have where the role keeps to its own. */
function foreignTo(person: Person, row: Row): ReadonlySet<string> {
  const own = idsOf.get(person.tenant);
  const others = [...idsOf].flatMap(([other, ids]) => (other === person.tenant ? [] : [...ids].filter((id) => !own?.has(id))));
  return new Set([...others, ...ownedThings().flatMap((its) => (its.tenant === person.tenant && reaches(row, person, its) === false ? [its.id] : []))]);
}

/** The things that a route is asked about; where it is about nothing, it is asked about the person's own municipality. */
function thingsOfRoute({ operationId, parameters }: Route, { tenant }: Person): readonly Thing[] {
  const [named] = parameters.filter((parameter) => parameter.in === 'path');
  return thingsOf(operationId, named?.name) ?? [{ tenant, id: '' }];
}

/** The same with ids of nothing, wherever it has some. */
const absentLike = ({ tenant, id, and, body }: Thing): Thing => ({
  tenant,
  id: nothingFor(id),
  ...(and && { and: mapped(and, nothingFor) }),
  ...(body && { body: mapped(body, (value) => (typeof value === 'string' ? nothingFor(value) : value)) }),
});
const nothingFor = (id: string): string => (id.length === 64 ? randomBytes(32).toString('hex') : id.length === 36 ? randomUUID() : id);
const mapped = <T, R>(of: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value)]));

async function obligationsSeenBy(as: string): Promise<readonly string[]> {
  const { body } = await call(address, 'GET /api/v1/obligations?limit=200', { as });
  return (body as { items: { obligation: string }[] }).items.map(({ obligation }) => obligation);
}

async function awaitedBy(as: string): Promise<readonly string[]> {
  const { body } = await call(address, 'GET /api/v1/awaited-plans?limit=200', { as });
  return (body as { items: { orderId: string }[] }).items.map(({ orderId }) => orderId);
}

/** What is registered under an id of one's own choice: an id is only another municipality's there. */
const REGISTERED: ReadonlySet<string> = new Set(['registerUnit', 'registerProvider']);

/** What is not there within a thing that is in reach. */
const WITHIN: ReadonlySet<string> = new Set([
  'statement.unknown',
  'meeting.not-planned',
  'delegation.unknown',
  'delegation.further-unknown',
  'sign-in.unknown',
]);
/** What tells whose a board or a unit is: that it is there is known to all of its municipality. */
const ANOTHERS: ReadonlySet<string> = new Set(['board.not-yours', 'action.other-boards-unit']);

/** How an answer differs from what it should be; undefined where it does not. */
function deviation({ operationId }: Route, person: Person, its: Thing, inReach: boolean | undefined, answer: Answer, absent: Answer): string | undefined {
  const [status, code] = [statusOf(answer), codeOf(answer)];
  if (inReach === undefined && status !== 403) return `answered ${status} to whom may not`;
  if (inReach === true || (inReach === false && REGISTERED.has(operationId)))
    return ([401, 403, 404].includes(status) && !WITHIN.has(code)) || status >= 500 ? `answered ${status} to whom may` : undefined;
  if (inReach === false && its.isPublic && its.tenant === person.tenant)
    return status === 404 || ANOTHERS.has(code) ? undefined : `answered ${status} about another’s`;
  if (inReach === false && status !== 404 && !(its.isPublic && status === statusOf(absent))) return `answered ${status} about what is out of reach`;
  return nameless(answer.text) === nameless(absent.text) ? undefined : `differs from ${absent.text.slice(0, 300)}`;
}

interface Problem {
  readonly status?: number;
  readonly code?: string;
}
/** Why something was refused; of many at once, the first of them. */
function problemOf({ body }: Answer): Problem | undefined {
  const [first] = (body as { readonly items?: readonly { readonly done?: boolean; readonly problem?: Problem }[] } | undefined)?.items ?? [];
  return first?.done === false ? first.problem : undefined;
}
const statusOf = (answer: Answer): number => problemOf(answer)?.status ?? answer.status;
const codeOf = (answer: Answer): string => (problemOf(answer) ?? (answer.body as Problem | undefined))?.code ?? '';

const nameless = (text: string): string => text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}/g, 'an id');

/** Whoever has asked too often in a minute waits as told. */
async function ask(route: Route, { as, its: { id, and, body } }: { readonly as?: string; readonly its: Pick<Thing, 'id' | 'and' | 'body'> }): Promise<Answer> {
  const said: Call = {
    ...(as !== undefined && { as }),
    ...(route.example && { body: naming(route.example, body) }),
    ...(route.file !== undefined && { body: route.file, headers: { 'content-type': 'text/plain' } }),
  };
  for (;;) {
    const answer = await call(address, asked(route, id, and), said);
    if (answer.status !== 429) return answer;
    await pause(Number(answer.headers.get('retry-after') ?? 1) * 1_000);
  }
}

/** An example about a thing: where it names several, its first is. */
const naming = (example: Readonly<Record<string, unknown>>, body: Thing['body'] = {}): object =>
  Array.isArray(example['items']) ? { items: [named(example['items'][0] as object, body)] } : named(example, body);
const named = (example: object, body: Readonly<Record<string, unknown>>): object => ({
  ...example,
  ...Object.fromEntries(Object.entries(body).filter(([name]) => name in example)),
});

/** Everybody at once, each one thing after another. */
const all = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => void (await Promise.all(items.map(work)));

async function sendOrderOfHässelby(): Promise<void> {
  const sent = { orderId: ofHässelby.id, provider: sampleId('provider', 'fritids'), service: 'short-term-supervision', sentOn: '2020-10-01' };
  const body = { ...sent, overallGoals: [], subGoals: [{ wording: 'Ett mål.' }], serviceUser: { name: 'Elev (exempel)' } };
  const { status, text } = await call(address, 'POST /api/v1/orders', { as: 'hasselby-vallingby-officer', body });
  if (status !== 201) throw new Error(text);
  await call(address, `GET /api/v1/awaited-plans?after=${(JSON.parse(text) as { position: string }).position}`, { as: 'hasselby-vallingby-officer' }); // it can be seen now
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

async function post(as: string, path: string, body: object): Promise<void> {
  const { status, text } = await call(address, `POST /api/v1/${path}`, { as, body });
  if (status >= 300) throw new Error(`${path}: ${text}`);
}

async function makeReports(): Promise<void> {
  for (const { by, body } of drafts) await post(by, 'status-reports', body);
}

async function judgeAndAskForDocuments(): Promise<void> {
  for (const { tenant, id } of obligations) {
    const decided = {
      decidedOn: '2024-04-16',
      decisionReference: 'Revisorerna 2024-04-16 § 4',
      source: { kind: 'annual-report', reference: 'Årsrapport 2023' },
    };
    await post(`${tenant}-auditor`, `obligations/${id}/judgements`, { outcome: 'met-in-part', grounds: 'Delvis.', ...decided });
    await post(`${tenant}-auditor`, `obligations/${id}/document-requests`, { what: 'Protokoll.', by: FAR_DAY });
  }
}

/** So far off that it changes nothing of who reaches what. */
const FAR_DAY = '2099-01-01';

async function makeWhatAllHave(): Promise<void> {
  for (const [tenant, from, to] of [
    ['stockholm', 'bromma', 'kungsholmen'],
    ['tyreso', 'kfn', 'bun'],
  ] as const) {
    const as = `${tenant}-administrator`;
    const [ended, board] = [sampleId('unit', from), sampleId('unit', to)];
    await post(as, 'successions', { from: [ended], to: [board], existing: [board], on: FAR_DAY, decision: 'Kommunfullmäktige (exempel)' });
    const match = { provisionForm: 'private-lov' };
    await post(as, 'responsibilities/rules', {
      kind: 'contract-follow-up',
      match,
      answer: { who: 'named', board },
      basis: 'Avtal',
      from: '2016-01-01',
      disputed: true,
    });
    const claims = ['Det ena.', 'Det andra.'].map((text) => ({ text, source: 'Exempel' }));
    await post(as, 'responsibilities/disputes', { kind: 'operational-follow-up', match: { provisionForm: 'in-house-school' }, from: '2016-01-01', claims });
    await post(as, 'responsibilities/circumstances', { match, title: 'Ett beslut', source: 'Exempel' });
  }
}
