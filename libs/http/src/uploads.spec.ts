import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { hash } from 'node:crypto';
import { connect } from 'node:net';
import { once } from 'node:events';
import { ANNA, BO, CAJSA } from './http.samples.js';
import { serveSample, without, type Asked, type Served } from './served.samples.js';

let served: Served;
beforeAll(async () => {
  served = await serveSample();
});
afterAll(() => served.close());
beforeEach(() => {
  served.kept.isAway = false;
});

const sha = (text: string | Uint8Array): string => hash('sha256', text, 'hex');
const NAME = 'name=m%C3%B6te.txt';
let texts = 0;
const newText = (): string => `Protokoll ${texts++}, närvarande: ordföranden`;
const upload = (text: Asked['text'], { headers = {}, ...asked }: Asked = {}, query = NAME) =>
  served.ask(`/api/v1/files?${query}`, {
    method: 'POST',
    ...(text !== undefined && { text }),
    headers: { 'content-type': 'text/plain', ...headers },
    ...asked,
  });
/** Where the log ends: it has grown by nothing where this is the same. */
const end = () => served.log.head();

test('a file is kept, then recorded, and told by its hash', async () => {
  const text = newText();
  const { status, json, headers } = await upload(text);
  const { id, position, ...told } = json;
  expect([status, told]).toEqual([201, { revision: 0, sha256: sha(text), size: Buffer.byteLength(text), mediaType: 'text/plain', name: 'möte.txt' }]);
  expect([typeof id, typeof position]).toEqual(['string', 'string']);
  expect([headers.get('location'), headers.get('etag')]).toEqual([`/api/v1/files/${sha(text)}`, '"0"']);
  expect(Buffer.from(served.kept.files.get(`stad ${sha(text)}`)!).toString()).toBe(text);
});

test('what is uploaded in one municipality is kept for that one', async () => {
  const text = newText();
  expect((await upload(text, { as: CAJSA })).status).toBe(201);
  expect([...served.kept.files.keys()].filter((key) => key.endsWith(sha(text)))).toEqual([`annan ${sha(text)}`]);
});

test.each([
  ["attachment; filename*=UTF-8''m%C3%B6te.txt", 'möte.txt'],
  ['attachment; filename="mote.txt"', 'mote.txt'],
])('its name may stand in the header %s', async (disposition, name) => {
  expect((await upload(newText(), { headers: { 'content-disposition': disposition } }, '')).json.name).toBe(name);
});

test('the same bytes again are the same file, and nothing new is recorded', async () => {
  const text = newText();
  const first = await upload(text);
  const before = await end();
  const second = await upload(text, {}, 'name=annat.txt');
  expect([second.status, second.json.id, second.json.sha256]).toEqual([201, first.json.id, first.json.sha256]);
  expect(await end()).toBe(before);
});

test('the same request again is carried out once and told the same', async () => {
  const text = newText();
  const first = await upload(text, { key: 'once' });
  const again = await upload(text, { key: 'once' });
  expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([201, first.text, 'true']);
  const other = await upload(newText(), { key: 'once' });
  expect([other.status, other.json.code]).toEqual([422, 'idempotency-key.reused']);
});

test('a refusal of the command is told as any other, and told again', async () => {
  const asked = [newText(), { key: 'refused' }, 'name=a%2Fb.txt'] as const;
  const first = await upload(...asked);
  expect([first.status, first.json.code, first.json.errors?.[0]?.pointer]).toEqual([409, 'file.is-a-path', '/name']);
  expect((await upload(...asked)).headers.get('idempotent-replayed')).toBe('true');
});

test('while the store is away nothing is recorded, and the same request later is carried out', async () => {
  const text = newText();
  const before = await end();
  served.kept.isAway = true;
  const { status, headers } = await upload(text, { key: 'away' });
  expect([status, headers.get('retry-after'), await end()]).toEqual([503, '2', before]);
  served.kept.isAway = false;
  expect((await upload(text, { key: 'away' })).status).toBe(201);
});

test.each<[string, Asked, string, number, string]>([
  ['without a key', { headers: without('idempotency-key') }, NAME, 400, 'idempotency-key.required'],
  ['without a name', {}, '', 400, 'upload.nameless'],
  ['with two names', {}, 'name=a.txt&name=b.txt', 400, 'upload.nameless'],
  ['with a name that cannot be kept', {}, 'name=%00', 400, 'shape.invalid'],
  ['with a name that is too long', {}, `name=${'x'.repeat(41)}`, 400, 'shape.invalid'],
  ['by nobody', { headers: without('uppsikt-person') }, NAME, 401, 'identity.required'],
  ['by whose role may not', { as: `${BO}; role=auditor` }, NAME, 403, 'role.not-allowed'],
  ['that is empty', { text: '' }, NAME, 422, 'upload.empty'],
  ['that is too large', { text: 'x'.repeat(100_001) }, NAME, 413, 'upload.too-large'],
  ['of a kind that is not taken', { headers: { 'content-type': 'text/html' } }, NAME, 415, 'upload.type-unknown'],
  ['whose kind is no media type', { headers: { 'content-type': 'constructor' } }, NAME, 415, 'body.unsupported'],
  ['that is JSON', { text: '{}', headers: { 'content-type': 'application/json' } }, NAME, 415, 'upload.type-unknown'],
  ['of no kind', { text: Buffer.from('x'), headers: without('content-type') }, NAME, 415, 'upload.type-unknown'],
  ['that is packed', { headers: { 'content-encoding': 'gzip' } }, NAME, 415, 'upload.type-unknown'],
  ['that is not what it says', { headers: { 'content-type': 'application/pdf' } }, NAME, 415, 'upload.type-unfit'],
  ['that arrived otherwise', { headers: { 'content-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` } }, NAME, 400, 'upload.digest-differs'],
])('a file %s is refused, and nothing of it is kept', async (_what, asked, query, expected, code) => {
  const [kept, recorded] = [served.kept.files.size, await end()];
  const { status, json, headers } = await upload(asked.text ?? newText(), asked, query);
  expect([status, json.code, headers.get('content-type')]).toEqual([expected, code, 'application/problem+json; charset=utf-8']);
  expect([served.kept.files.size, await end()]).toEqual([kept, recorded]);
});

test('a file that arrived as its digest says is taken', async () => {
  const text = newText();
  expect((await upload(text, { headers: { 'content-digest': `sha-256=:${hash('sha256', text, 'base64')}:` } })).status).toBe(201);
});

const send = (size: number) =>
  fetch(`${served.origin}/api/v1/files?${NAME}`, {
    method: 'POST',
    headers: { 'uppsikt-person': ANNA, 'idempotency-key': `streamed ${size}`.replace(' ', '-'), 'content-type': 'text/plain' },
    body: new Blob([Buffer.alloc(size, 'x')]).stream(),
    duplex: 'half',
  });

test('a file whose length is not told is taken up to the limit, and refused beyond it', async () => {
  expect((await send(100_000)).status).toBe(201);
  expect((await send(100_001)).status).toBe(413);
});

test('whoever sends too much to its end before looking for an answer is told why it is refused', async () => {
  const { hostname, port } = new URL(served.origin);
  for (const length of ['content-length: 300000', 'content-length: 300000\r\nconnection: close', 'transfer-encoding: chunked\r\nconnection: close']) {
    const socket = connect(Number(port), hostname);
    let told = '';
    await once(socket, 'connect');
    socket.write(
      `POST /api/v1/files?${NAME} HTTP/1.1\r\nhost: localhost\r\nuppsikt-person: ${ANNA}\r\nidempotency-key: too-much\r\ncontent-type: text/plain\r\n${length}\r\n\r\n`,
    );
    const part = Buffer.alloc(100_000, 'x');
    for (let sent = 0; sent < 3; sent++) {
      const piece = length.startsWith('content') ? part : Buffer.concat([Buffer.from('186a0\r\n'), part, Buffer.from('\r\n')]);
      if (!socket.write(piece)) await once(socket, 'drain');
    }
    if (!length.startsWith('content')) socket.write('0\r\n\r\n');
    socket.on('data', (text: Buffer) => (told += text.toString()));
    while (!told.includes('upload.too-large')) await once(socket, 'data');
    expect(told).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  }
});

test('a transfer that breaks off records nothing', async () => {
  const [kept, recorded] = [served.kept.files.size, await end()];
  const { hostname, port } = new URL(served.origin);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    `POST /api/v1/files?${NAME} HTTP/1.1\r\nhost: localhost\r\nuppsikt-person: ${ANNA}\r\nidempotency-key: broken\r\ncontent-type: text/plain\r\ncontent-length: 1000\r\n\r\nhalf of it`,
  );
  await new Promise((later) => setTimeout(later, 100));
  socket.destroy();
  await new Promise((later) => setTimeout(later, 100));
  expect([served.kept.files.size, await end()]).toEqual([kept, recorded]);
});

test('a route that takes no files still takes JSON alone', async () => {
  expect((await served.post('/api/v1/orders', { text: 'x', headers: { 'content-type': 'application/pdf' } })).json.code).toBe('body.unsupported');
  expect((await served.post('/api/v1/nowhere', { text: 'x', headers: { 'content-type': 'application/pdf' } })).status).toBe(404);
});

test('the API description tells what is taken, under which headers, and what is answered', async () => {
  const { json } = await served.ask('/api/v1/openapi.json');
  const { post } = (json.paths as Record<string, Record<string, Described>>)['/api/v1/files']!;
  expect(Object.keys(post!.requestBody.content)).toEqual(['text/plain', 'application/pdf']);
  expect(post!.parameters.map(({ name }) => name)).toEqual(['Idempotency-Key', 'name', 'Content-Disposition', 'Content-Digest']);
  expect(post!.responses['201']!.content['application/json']!.examples.example.value).toMatchObject({ revision: 7, name: 'möte.txt' });
});

interface Described {
  readonly parameters: readonly { readonly name: string }[];
  readonly requestBody: { readonly content: object };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly examples: { readonly example: { readonly value: unknown } } }>> }>
  >;
}
