import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { cleanUp, newFolder } from './app-process.ts';
import { call, type Answer, type Call } from './call.ts';
import { asked, routesOf, type Route } from './routes.ts';
import { query, serving } from './uppsikt.ts';
import { people, WHO_MAY } from './who-may.ts';

// Every route of the running app is sent what nobody should send, by somebody who may use it: the empty, the huge, the broken, the hostile.
// Each time there is a clear answer and never a fault of ours, and nothing is recorded that should not be.
jest.setTimeout(600_000);

let data: string;
let address: string;
let routes: readonly (Route & { readonly as: string })[];

beforeAll(async () => {
  data = await newFolder();
  address = await (await serving(data)).address;
  routes = (await routesOf(address)).flatMap((route) => {
    const row = WHO_MAY[route.operationId];
    const person = row === undefined || row === 'anyone' ? undefined : people.find(({ role }) => row[role] !== undefined);
    return person ? [{ ...route, as: person.key }] : [];
  });
});
afterAll(() => cleanUp());

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** Bodies that are no command, whatever the route: their answer must be one of these. */
const NO_COMMANDS: readonly (readonly [what: string, body: string, statuses: readonly number[]])[] = [
  ['nothing', '', [400]],
  ['a null', 'null', [400]],
  ['a list', '[]', [400]],
  ['a text', '"text"', [400]],
  ['half an object', '{"a": ', [400]],
  ['a name twice', '{"a": 1, "a": 2}', [400]],
  ['what is nested deeply', `{"a": ${deep(10_000)}}`, [400]],
  ['a prototype', '{"__proto__": {"role": "auditor"}}', [400]],
  ['a constructor', '{"constructor": {"prototype": {"role": "auditor"}}}', [400]],
  ['more than a megabyte', JSON.stringify({ a: 'å'.repeat(1_000_000) }), [413]],
  ['a byte that is no UTF-8', 'latin1', [400]],
];

test('a body that is no command is refused in one place, for every route alike, and nothing is recorded', async () => {
  const before = await recorded();
  const faults: string[] = [];
  for (const route of commandsOf(routes)) {
    for (const [what, body, statuses] of NO_COMMANDS) {
      const answer = await send(route, what.includes('UTF-8') ? Buffer.from('{"a": "\xe5"}', 'latin1') : body);
      // Where everything may be left out, nothing is a command: about a thing that is not there.
      const expected = what === 'nothing' && route.mayBeEmpty ? [400, 404] : statuses;
      faults.push(...wrongIn(`${route.operationId}, ${what}`, answer, expected));
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      faults.push(...wrongIn(`${route.operationId} as ${type}`, await send(route, JSON.stringify(route.example), { 'content-type': type }), [400, 415]));
    }
  }
  expect(faults).toEqual([]);
  expect(await recorded()).toBe(before);
});

/** What stands where something else should. None of them is right anywhere, but a text where a text may be long. */
const VALUES: readonly unknown[] = [
  null,
  '',
  '\u0000',
  '\ud800',
  {},
  [],
  [null],
  -1,
  1.5,
  1e300,
  true,
  'x'.repeat(100_000),
  "'; drop table log.events; --",
  '2020-02-30',
  '${jndi:ldap://127.0.0.1}',
];

test('a part of a command that is not what it should be is told with its place', async () => {
  const faults: string[] = [];
  for (const route of commandsOf(routes)) {
    for (const name of Object.keys(route.example)) {
      for (const value of VALUES) {
        const answer = await send(route, JSON.stringify({ ...route.example, [name]: value }));
        faults.push(...wrongIn(`${route.operationId} with ${name}: ${JSON.stringify(value).slice(0, 40)}`, answer, [200, 201, 400, 403, 404, 409, 422]));
      }
      const { [name]: _left, ...rest } = route.example;
      faults.push(...wrongIn(`${route.operationId} without ${name}`, await send(route, JSON.stringify(rest)), [200, 201, 400, 403, 404, 409, 422]));
    }
    const more = await send(route, JSON.stringify({ ...route.example, tenant: 'tyreso' }));
    faults.push(...wrongIn(`${route.operationId} with a tenant of its own`, more, [400]));
    const { errors } = more.body as { readonly errors?: readonly { readonly pointer: string }[] };
    if (!errors?.some(({ pointer }) => pointer === '/tenant'))
      faults.push(`${route.operationId} does not say that /tenant is too much: ${more.text.slice(0, 200)}`);
  }
  expect(faults).toEqual([]);
});

test('each of many commands is told by itself what is wrong with it, and none of them is a fault of ours', async () => {
  const faults: string[] = [];
  const bulk = commandsOf(routes).flatMap((route) => {
    const [item] = Array.isArray(route.example['items']) ? (route.example['items'] as Readonly<Record<string, unknown>>[]) : [];
    return item ? [{ route, item }] : [];
  });
  expect(bulk.length).toBeGreaterThan(1);
  for (const { route, item } of bulk) {
    const bodies = [
      ...Object.keys(item).flatMap((name) => VALUES.map((value) => [{ ...item, [name]: value }])),
      ...Object.keys(item).map((name) => [Object.fromEntries(Object.entries(item).filter(([one]) => one !== name))]),
      ...VALUES.map((value) => [value]),
      [],
      [item, item],
      Array.from({ length: 100_000 }, () => ({})),
      Array.from(
        { length: 40 },
        () => JSON.parse(JSON.stringify(item).replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, () => randomUUID())) as object,
      ),
    ];
    for (const items of bodies) {
      const answer = await send(route, JSON.stringify({ items }));
      const what = `${route.operationId} with ${JSON.stringify(items).slice(0, 80)}`;
      faults.push(...wrongIn(what, answer, [200, 400, 413]));
      const { items: outcomes = [] } = answer.body as { readonly items?: readonly { readonly problem?: { readonly status: number; readonly code: string } }[] };
      faults.push(...outcomes.flatMap(({ problem }) => (problem && problem.status >= 500 ? [`${what}: ${problem.status} ${problem.code}`] : [])));
    }
  }
  expect(faults).toEqual([]);
});

test('a file that is not what it says, has no name or none that can be, or is too much, is refused, and nothing of it is kept', async () => {
  const before = await recorded();
  const faults: string[] = [];
  const uploads = routes.filter(({ file }) => file !== undefined);
  expect(uploads.length).toBeGreaterThan(0);
  const text = Buffer.from('Protokoll.');
  const files: readonly (readonly [what: string, query: string, type: string, body: Buffer | string, statuses: readonly number[]])[] = [
    ['nothing', 'name=a.txt', 'text/plain', '', [400, 422]],
    ['text as PDF', 'name=a.pdf', 'application/pdf', text, [400, 415, 422]],
    ['text as PNG', 'name=a.png', 'image/png', text, [400, 415, 422]],
    ['half a ZIP as a workbook', 'name=a.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK\u0003\u0004', [400, 415, 422]],
    ['a programme', 'name=a.exe', 'application/x-msdownload', Buffer.from('MZ'), [400, 415]],
    ['a page', 'name=a.html', 'text/html', '<script>1</script>', [400, 415]],
    ['no type', 'name=a.txt', '', text, [400, 415]],
    ['a type that is none', 'name=a.txt', '/;;=', text, [400, 415]],
    ['no name', '', 'text/plain', text, [400, 422]],
    ['an empty name', 'name=', 'text/plain', text, [400, 422]],
    ['a name of half a letter', 'name=%ff', 'text/plain', text, [400, 422]],
    ['a name with a zero', 'name=%00', 'text/plain', text, [400, 422]],
    ['a name that is long', `name=${'x'.repeat(5_000)}`, 'text/plain', text, [400, 414, 422]],
    ['two names', 'name=a&name=b', 'text/plain', text, [400, 422]],
    ['bytes that are no text', 'name=a.txt', 'text/plain', Buffer.from([0, 255, 254, 0, 1]), [400, 415, 422]],
    ['more than a file may be', 'name=a.txt', 'text/plain', Buffer.alloc(60_000_000, 'x'), [413]],
  ];
  for (const route of uploads) {
    for (const [what, named, type, body, statuses] of files) {
      const answer = await send(route, body, { 'content-type': type }, `${route.method} ${route.path}${named && '?'}${named}`);
      faults.push(...wrongIn(`${route.operationId} of ${what}`, answer, statuses));
    }
    const form = ['--x', 'content-disposition: form-data; name="file"; filename="a.txt"', 'content-type: text/plain', '', 'x'].join('\r\n');
    for (const body of ['', '--x', form, `${form}\r\n--x--\r\n${form}`])
      faults.push(
        ...wrongIn(
          `${route.operationId} of a form ${JSON.stringify(body).slice(0, 40)}`,
          await send(route, body, { 'content-type': 'multipart/form-data; boundary=x' }, `${route.method} ${route.path}?name=a.txt`),
          [400, 413, 415, 422],
        ),
      );
  }
  expect(faults).toEqual([]);
  expect(await recorded()).toBe(before);
});

test('what is written into an address is a value and nothing else', async () => {
  const before = await recorded();
  const faults: string[] = [];
  const ids = ['0', '%00', '%ff', '..%2f..%2fetc%2fpasswd', "'%20or%201=1--", 'å'.repeat(300), '%F0%9F%92%A9', 'x'.repeat(2_000)];
  for (const route of routes.filter(({ path }) => path.includes('{'))) {
    for (const id of ids) {
      const answer = await send(route, route.example && JSON.stringify(route.example), {}, asked(route, encoded(id)));
      faults.push(...wrongIn(`${route.operationId} of ${id.slice(0, 40)}`, answer, [400, 404, 414]));
    }
  }
  const parameters = [
    'limit=0',
    'limit=-1',
    'limit=1e9',
    'limit=200&limit=1',
    'offset=1.5',
    'offset=99999999999',
    'asOf=yesterday',
    'asOf=9999-12-31T23:59:60Z',
    'asOf=',
    'after=0',
    'after=x.y',
    `after=${'9'.repeat(400)}`,
    'nothing=1',
    '__proto__=1',
    'constructor=1',
    '%00=%00',
    'unit=%27',
  ];
  for (const route of routes.filter(({ method }) => method === 'GET')) {
    for (const parameter of parameters) {
      const answer = await send(route, undefined, {}, withQuery(asked(route, randomUUID()), parameter));
      faults.push(...wrongIn(`${route.operationId}?${parameter.slice(0, 40)}`, answer, [400, 404, 422]));
    }
  }
  expect(faults).toEqual([]);
  expect(await recorded()).toBe(before);
});

test('headers that cannot be are told so', async () => {
  const before = await recorded();
  const faults: string[] = [];
  for (const route of commandsOf(routes)) {
    const body = JSON.stringify(route.example);
    const headers: readonly (readonly [Readonly<Record<string, string>>, readonly number[]])[] = [
      [{ 'idempotency-key': '' }, [400]],
      [{ 'idempotency-key': 'x'.repeat(300) }, [400]],
      [{ 'if-match': 'W/"1"' }, [400, 412]],
      [{ 'if-match': '"-1"' }, [400, 412]],
      [{ 'if-match': '*'.repeat(100) }, [400, 412]],
    ];
    for (const [header, statuses] of headers)
      faults.push(...wrongIn(`${route.operationId} with ${JSON.stringify(header)}`, await send(route, body, header), statuses));
  }
  expect(faults).toEqual([]);
  expect(await recorded()).toBe(before);
});

test('and after all of it the app serves as before', async () => {
  const [ready, list] = [await call(address, 'GET /health/ready'), await call(address, 'GET /api/v1/awaited-plans', { as: 'norra-innerstaden-officer' })];
  expect([ready.status, list.status]).toEqual([200, 200]);
});

type Commanding = Route & { readonly as: string; readonly example: Readonly<Record<string, unknown>> };
const commandsOf = (all: typeof routes): readonly Commanding[] => all.filter((route): route is Commanding => route.example !== undefined);

/** What no URL could hold is encoded; what is encoded already stays as it is. */
const encoded = (id: string): string => (id.includes('%') ? id.replaceAll(' ', '%20') : encodeURIComponent(id));

/** As somebody who may; whoever has asked too often in a minute waits as told. */
async function send(
  route: Route & { readonly as: string },
  body?: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
  what = asked(route, randomUUID()),
): Promise<Answer> {
  const said: Call = { as: route.as, ...(body !== undefined && { body }), headers };
  for (;;) {
    const answer = await call(address, what, said);
    if (answer.status !== 429) return answer;
    await pause(Number(answer.headers.get('retry-after') ?? 1) * 1_000);
  }
}

/** What is wrong with an answer: its status, or a refusal that does not say what, where and how. */
function wrongIn(what: string, { status, headers, body, text }: Answer, statuses: readonly number[]): string[] {
  if (!statuses.includes(status)) return [`${what}: ${status} ${text.slice(0, 200)}`];
  if (status < 300) return [];
  const { code, detail, title, status: said } = body as Readonly<Record<string, unknown>>;
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') === true;
  return isProblem && typeof code === 'string' && typeof title === 'string' && typeof detail === 'string' && said === status
    ? []
    : [`${what}: ${status} is no problem that says what to do: ${text.slice(0, 200)}`];
}

/** How many entries there are. */
async function recorded(): Promise<string> {
  const [row] = await query<{ n: string }>(data, `select count(*)::text as n from log.events`);
  return row?.n ?? '';
}

const withQuery = (what: string, added: string): string => `${what}${what.includes('?') ? '&' : '?'}${added}`;
