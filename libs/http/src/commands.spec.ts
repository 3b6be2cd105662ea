import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ANNA, BO, CAJSA, DAG, OTHER_UNIT, UNIT } from './http.samples.js';
import { clock, serveSample, without, type Asked, type Served } from './served.samples.js';

let served: Served;
beforeAll(async () => {
  served = await serveSample();
});
afterAll(() => served.close());

const ask: Served['ask'] = (path, asked) => served.ask(path, asked);
const post: Served['post'] = (path, asked) => served.post(path, asked);
const sendOrder: Served['sendOrder'] = (name) => served.sendOrder(name);
const endOrder: Served['endOrder'] = (id, asked) => served.endOrder(id, asked);

describe('a command', () => {
  test('that makes something is answered 201 with its id, revision, position, ETag and place', async () => {
    const { status, headers, json } = await post('/api/v1/orders', { body: { name: 'Kontaktperson' } });
    expect(status).toBe(201);
    expect(json).toEqual({ id: expect.any(String), revision: 0, position: expect.stringMatching(new RegExp(`^${served.log.id}\\.\\d+$`)) });
    expect(headers.get('etag')).toBe('"0"');
    expect(headers.get('location')).toBe(`/api/v1/orders/${String(json.id)}`);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  test('on something is answered 200, and its place is in the path', async () => {
    const id = await sendOrder();
    const { status, json, headers } = await endOrder(id);
    expect([status, json.id, json.revision, headers.get('etag'), headers.get('location')]).toEqual([200, id, 1, '"1"', null]);
  });

  test('takes an id in capitals, and the id of the path once more in the body', async () => {
    const id = await sendOrder();
    const { status, json } = await endOrder(id.toUpperCase(), { body: { endedOn: '2026-11-20', orderId: id } });
    expect([status, json.id]).toEqual([200, id]);
  });

  test('whose body names another id than its path is refused', async () => {
    const { status, json } = await endOrder(await sendOrder(), { body: { endedOn: '2026-11-20', orderId: UNIT } });
    expect([status, json.errors?.[0]?.pointer]).toEqual([400, '/orderId']);
  });

  test('is recorded with the trace id of its caller, its actor and the command id that follows from the key', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { json } = await post('/api/v1/orders', { body: { name: 'x' }, headers: { traceparent } });
    const [stored] = await served.log.readStream('stad', `order-${String(json.id)}`);
    expect(stored?.entry).toMatchObject({ corr: '4bf92f3577b34da6a3ce929d0e0e4736', by: { actor: ANNA, role: 'case-officer', unit: UNIT }, at: clock.now() });
  });

  test.each(['ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, 'x'])(
    'with the traceparent %s gets a trace id of its own',
    async (traceparent) => {
      const { json } = await post('/api/v1/orders', { body: { name: 'x' }, headers: { traceparent } });
      const [stored] = await served.log.readStream('stad', `order-${String(json.id)}`);
      expect(stored?.entry.corr).toMatch(/^(?!4bf9)(?!0{32})[0-9a-f]{32}$/);
    },
  );
});

const bytes = (...codes: number[]) => new Uint8Array(codes);

describe('a body that is none', () => {
  test.each<[string, Asked, string]>([
    ['null', { text: 'null' }, ''],
    ['a list', { text: '[]' }, ''],
    ['a text', { text: '"x"' }, ''],
    ['no body at all', { body: undefined }, '/name'],
    ['an empty body of JSON', { text: '', headers: { 'content-type': 'application/json' } }, '/name'],
    ['__proto__', { text: '{"name":"x","__proto__":{"a":1}}' }, '/__proto__'],
    ['constructor', { text: '{"name":"x","constructor":{"prototype":{"a":1}}}' }, '/constructor'],
    ['half a surrogate pair', { text: '{"name":"\\ud800"}' }, '/name'],
    ['U+0000', { text: '{"name":"a\\u0000b"}' }, '/name'],
    ['an unknown field', { body: { name: 'x', nmae: 'y' } }, '/nmae'],
    ['a text that is too long', { body: { name: 'x'.repeat(21) } }, '/name'],
  ])('%s is told so, and where', async (_sentence, asked, pointer) => {
    const { status, json } = await post('/api/v1/orders', asked);
    expect([status, json.code, json.errors?.map((fault) => fault.pointer)]).toEqual([400, 'shape.invalid', [pointer]]);
  });

  test.each<[string, Asked, number, string]>([
    ['broken JSON', { text: '{"name":' }, 400, 'body.not-json'],
    ['text around JSON', { text: '{"name":"x"} y' }, 400, 'body.not-json'],
    ['the same name twice', { text: '{"name":"x","name":"y"}' }, 400, 'body.name-twice'],
    ['the same name twice, once escaped', { text: '{"name":"x","n\\u0061me":"y"}' }, 400, 'body.name-twice'],
    ['the same name twice deep inside', { text: '{"name":"x","a":[{"b":":","b":1}]}' }, 400, 'body.name-twice'],
    ['too deep', { text: `{"name":${'['.repeat(30)}${']'.repeat(30)}}` }, 400, 'body.too-deep'],
    ['very deep', { text: '['.repeat(500_000) }, 400, 'body.not-json'],
    ['bytes that are no UTF-8', { text: bytes(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d) }, 400, 'body.not-utf8'],
    ['1.2 MB', { body: { name: 'x'.repeat(1_200_000) } }, 413, 'body.too-large'],
    ['text/plain', { text: '{"name":"x"}', headers: { 'content-type': 'text/plain' } }, 415, 'body.unsupported'],
    ['a form', { text: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'body.unsupported'],
    ['an unknown media type', { text: '{"name":"x"}', headers: { 'content-type': 'x' } }, 415, 'body.unsupported'],
  ])('%s is told so', async (_sentence, asked, status, code) => {
    const told = await post('/api/v1/orders', asked);
    expect([told.status, told.json.code]).toEqual([status, code]);
  });

  test('colons and escaped quotation marks in texts are no names', async () => {
    expect((await post('/api/v1/orders', { text: '{"name":"a:\\":b\\\\"}' })).status).toBe(201);
  });
});

let names = 0;
const rename = (id: string, ifMatch?: string) =>
  ask(`/api/v1/orders/${id}/name`, { method: 'PUT', body: { name: `Ny ${names++}` }, headers: { 'if-match': ifMatch } });

describe('If-Match', () => {
  test('holds where it names what was read last, and fails where somebody has written since', async () => {
    const id = await sendOrder();
    const seen = (await ask(`/api/v1/orders/${id}`)).headers.get('etag') ?? '';
    expect((await rename(id, seen)).status).toBe(200);
    const stale = await rename(id, seen);
    expect([stale.status, stale.json.code]).toEqual([412, 'object.changed']);
  });

  test('is required where the route says so', async () => {
    const { status, json } = await rename(await sendOrder());
    expect([status, json.code]).toEqual([428, 'if-match.required']);
  });

  test.each(['*', 'W/"0"', '"0", "1"', '0', '""', '"x"', '"-1"', '"00000000000000000"'])('%s is refused with a sentence', async (ifMatch) => {
    const { status, json } = await rename(await sendOrder(), ifMatch);
    expect([status, json.code]).toEqual([400, 'if-match.malformed']);
  });
});

describe('who asks', () => {
  test.each([
    ['nobody', without('uppsikt-person'), 'Say who you are with the header Uppsikt-Person'],
    ['nobody known', { 'uppsikt-person': UNIT }, 'There is no person of that id'],
    ['no id', { 'uppsikt-person': 'Anna' }, 'There is no person of that id'],
    ['somebody in a role not held', { 'uppsikt-person': `${ANNA};role=auditor` }, `role=case-officer; unit=${UNIT}`],
    ['somebody with several roles, not saying which', { 'uppsikt-person': BO }, `role=auditor; unit=${UNIT}`],
    ['somebody who held a role once', { 'uppsikt-person': DAG }, 'holds no role today'],
    ['somebody by way of a proxy', { 'uppsikt-person': ANNA, 'x-forwarded-for': '192.0.2.1' }, 'only on the machine itself'],
  ])('%s is told how to say it', async (_sentence, headers, sentence) => {
    const { status, json, headers: told } = await ask('/api/v1/orders', { headers });
    expect([status, json.code, told.get('www-authenticate')]).toEqual([401, 'identity.required', 'Uppsikt-Person']);
    expect(json.detail).toContain(sentence);
  });

  test('a page elsewhere that a browser takes for this machine is not heard', async () => {
    const { status } = await served.askRaw('/api/v1/orders', { host: 'evil.example', 'uppsikt-person': ANNA });
    expect(status).toBe(401);
  });

  test('an order of another unit, or of another municipality, is not there', async () => {
    const id = await sendOrder();
    const answers = await Promise.all([`${BO}; role=case-officer; unit=${OTHER_UNIT}`, CAJSA].map((as) => endOrder(id, { as })));
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  test('a role that may not do it is told which may', async () => {
    const { status, json } = await endOrder(await sendOrder(), { as: `${BO}; role=auditor` });
    expect([status, json.code]).toEqual([403, 'role.not-allowed']);
  });
});
