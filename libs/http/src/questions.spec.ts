import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { LogUnavailable } from '#libs/event-log';
import { gate, UNIT } from './http.samples.js';
import { XLSX } from './routes/file-form.js';
import { serveSample, without, type Served } from './served.samples.js';

let served: Served;
beforeAll(async () => {
  served = await serveSample();
});
afterAll(() => served.close());

const ask: Served['ask'] = (path, asked) => served.ask(path, asked);
const post: Served['post'] = (path, asked) => served.post(path, asked);
const sendOrder: Served['sendOrder'] = (name) => served.sendOrder(name);
const endOrder: Served['endOrder'] = (id, asked) => served.endOrder(id, asked);

/** A moment to the second: a spreadsheet keeps it as a fraction of a day. */
const readable = (cell: unknown): unknown =>
  typeof cell === 'object' && cell !== null ? Temporal.Instant.fromEpochMilliseconds(Number(cell)).round('second').toString() : cell;

describe('a question', () => {
  test('for an object is answered with its ETag, and kept by nobody', async () => {
    const { status, json, headers } = await ask(`/api/v1/orders/${await sendOrder('Ledsagning')}`);
    expect([status, json, headers.get('etag'), headers.get('cache-control')]).toEqual([200, { name: 'Ledsagning', etag: 0 }, '"0"', 'no-store']);
  });

  test('for an object that is not there is told so', async () => {
    const { status, json } = await ask(`/api/v1/orders/${UNIT}`);
    expect([status, json.code]).toEqual([404, 'order.unknown']);
  });

  test('for a list is answered a page of it and how many there are', async () => {
    const { json } = await ask('/api/v1/orders?limit=2&offset=204');
    expect(json).toEqual({
      total: 205,
      limit: 2,
      offset: 204,
      items: [{ name: 'Order 204; "ö"', late: true, dueOn: '2020-10-16', count: 204, sentAt: '2020-10-01T06:30:00.000Z' }],
    });
    expect((await ask('/api/v1/orders')).json).toMatchObject({ limit: 20, offset: 0 });
  });

  test.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['page=2', '/page'],
    ['asOf=yesterday', '/asOf'],
    ['__proto__=x', '/__proto__'],
  ])('with %s is refused', async (parameters, pointer) => {
    const { status, json } = await ask(`/api/v1/orders?${parameters}`);
    expect([status, json.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });

  test('as of a moment to come is refused', async () => {
    const { status, json } = await ask('/api/v1/orders?asOf=2026-11-22T08:00:00.001Z');
    expect([status, json.code]).toEqual([422, 'as-of.future']);
  });

  test('for a list as a file is answered the whole of it, for a spreadsheet, without formulas', async () => {
    const { headers, text } = await ask('/api/v1/orders', { headers: { accept: 'text/csv', 'accept-language': 'sv' } });
    const lines = text.split('\r\n');
    expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual(['text/csv; charset=utf-8', 'attachment; filename="ListOrders.csv"']);
    expect([lines[0], lines[1], lines[6]]).toEqual([
      'Namn;Försenad;Sista dag;Antal;Skickad',
      "'=1+1;ja;2020-10-16;0;2020-10-01T06:30:00.000Z",
      '"Order 5; ""ö""";nej;2020-10-16;5;2020-10-01T06:30:00.000Z',
    ]);
    expect(lines).toHaveLength(207);
  });

  test('for a list too long for a file is refused rather than cut', async () => {
    const { status, json } = await ask('/api/v1/orders?name=all', { headers: { accept: 'text/csv' } });
    expect([status, json.code]).toEqual([422, 'list.too-long']);
    expect((await ask('/api/v1/orders?name=all', { headers: { accept: XLSX } })).json.code).toBe('list.too-long');
  });

  test('for a list as a spreadsheet is answered its rows: days as days, text as text', async () => {
    const { headers, bytes } = await ask('/api/v1/orders', { headers: { accept: XLSX, 'accept-language': 'sv' } });
    expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([XLSX, 'attachment; filename="ListOrders.xlsx"']);
    const rows = await readSheet(bytes);
    expect(rows).toHaveLength(206);
    expect(rows.slice(0, 6).map((cells) => cells.map(readable))).toEqual([
      ['Namn', 'Försenad', 'Sista dag', 'Antal', 'Skickad'],
      ['=1+1', 'ja', '2020-10-16T00:00:00Z', 0, '2020-10-01T08:30:00Z'],
      ['@SUM(A1)', 'nej', null, null, '2020-10-01T08:30:00Z'],
      ['-2', 'ja', '1900-02-28', 2, '2020-10-01T08:30:00Z'],
      ['+46 8 508', 'nej', '2020-10-16T00:00:00Z', 3, '2020-10-01T08:30:00Z'],
      ['Klar', 'ja', null, null, '2020-10-01T08:30:00Z'],
    ]);
  });

  test('for a page of a list as a spreadsheet is answered the page, its headings in the language asked for', async () => {
    const { bytes } = await ask('/api/v1/orders?limit=2&offset=10', { headers: { accept: `text/html, ${XLSX};q=0.9` } });
    expect((await readSheet(bytes)).map(([name]) => name)).toEqual(['Name', 'Order 10; "ö"', 'Order 11; "ö"']);
  });

  test.each([
    ['text/csv;q=0, application/json', 'application/json; charset=utf-8'],
    [`${XLSX}; q=0.0`, 'application/json; charset=utf-8'],
    [`text/csv, ${XLSX}`, 'text/csv; charset=utf-8'],
    [`${XLSX}, text/csv`, XLSX],
    ['*/*', 'application/json; charset=utf-8'],
  ])('that accepts %s is answered as %s', async (accept, type) => {
    expect((await ask('/api/v1/orders?limit=1', { headers: { accept } })).headers.get('content-type')).toBe(type);
  });

  test('for a file with any name is answered to be saved under it, with its ETag', async () => {
    const sha256 = 'ab'.repeat(32);
    const { status, headers, text } = await ask(`/api/v1/files/${sha256}`);
    expect([status, text]).toEqual([200, 'möte']);
    expect(['content-disposition', 'content-length', 'etag', 'x-content-type-options'].map((name) => headers.get(name))).toEqual([
      `attachment; filename="mote.txt"; filename*=UTF-8''m%C3%B6te.txt`,
      '5',
      `"${sha256}"`,
      'nosniff',
    ]);
    const again = await ask(`/api/v1/files/${sha256}`, { headers: { 'if-none-match': `"${sha256}"` } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('for a file is answered the file', async () => {
    const { headers, text } = await ask('/api/v1/orders/report');
    expect([headers.get('content-type'), headers.get('content-disposition'), text]).toEqual(['application/pdf', 'attachment; filename="report.pdf"', '%PDF']);
  });
});

const after = (position: unknown) => ask(`/api/v1/orders?after=${encodeURIComponent(String(position))}`);

describe('a question after a command', () => {
  beforeEach(() => {
    served.views.up = true;
  });
  test('is answered once the views have come as far', async () => {
    const { position } = (await post('/api/v1/orders', { body: { name: 'x' } })).json;
    expect((await after(position)).status).toBe(200);
  });

  test('is told to come again where they have not', async () => {
    served.views.up = false;
    const { status, json, headers } = await after((await post('/api/v1/orders', { body: { name: 'x' } })).json.position);
    expect([status, json.code, headers.get('retry-after')]).toEqual([503, 'views.behind', '2']);
  });

  test.each([
    ['another log’s', `${UNIT}.1`],
    ['none at all', 'x'],
    ['none', ''],
  ])('is refused a position that is %s', async (_sentence, position) => {
    const { status, json } = await after(position);
    expect([status, json.code]).toEqual([400, 'position.refused']);
  });
});

const nothing = (language?: string) =>
  ask('/api/v1/nothing?secret=1', { headers: language === undefined ? without('accept-language') : { 'accept-language': language } });

describe('a problem', () => {
  test('is problem+json in Swedish, or in English where that is read better', async () => {
    const { headers, json } = await nothing('en-GB, sv;q=0.5');
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(json).toEqual({
      type: '/problems/route.unknown',
      title: 'Not found',
      status: 404,
      detail: 'There is nothing at this address.',
      instance: '/api/v1/nothing',
      code: 'route.unknown',
    });
    const languages = await Promise.all(
      ['', 'de', '*', 'en;q=0.2, sv;q=0.3', 'sv-FI', 'en;q=0, de', 'en;q=2', 'en'].map(async (asked) => (await nothing(asked)).headers.get('content-language')),
    );
    expect(languages).toEqual(['sv', 'sv', 'sv', 'sv', 'sv', 'sv', 'sv', 'en']);
  });

  test('of a body says in the same language what to write and where', async () => {
    const { json } = await endOrder(await sendOrder(), { body: { endedOn: '2026-13-01' }, headers: { 'accept-language': 'sv' } });
    expect(json.errors).toEqual([{ pointer: '/endedOn', detail: 'Skriv en dag i kalendern som ÅÅÅÅ-MM-DD, från 1900 till 2199.' }]);
  });

  test.each([
    ['/api/v1/best%C3%A4llningar', 404, 'route.unknown'],
    ['/api/v1/orders/%C3%B6', 400, 'shape.invalid'],
    ['/api/v1/orders/not-an-id', 400, 'shape.invalid'],
    ['/%', 400, 'request.malformed'],
    ['/api/v1/%ff', 400, 'request.malformed'],
    ['/', 404, 'route.unknown'],
    [`/api/v1/orders/${'x'.repeat(5_000)}`, 414, 'address.too-long'],
  ])('is what %s gets', async (path, status, code) => {
    const told = await ask(path);
    expect([told.status, told.json.code]).toEqual([status, code]);
  });

  test('has no body where only the head was asked for', async () => {
    const { status, text } = await ask('/api/v1/nothing', { method: 'HEAD' });
    expect([status, text]).toEqual([404, '']);
  });

  test('of a method that the address does not take names those it does; OPTIONS asks for them', async () => {
    const wrong = await ask('/api/v1/orders', { method: 'DELETE' });
    expect([wrong.status, wrong.json.code, wrong.headers.get('allow')]).toEqual([405, 'method.unknown', 'GET, HEAD, OPTIONS, POST']);
    const options = await ask(`/api/v1/orders/${UNIT}/name`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'OPTIONS, PUT']);
    expect((await ask('/api/v1/nothing', { method: 'OPTIONS' })).status).toBe(404);
  });

  test('of a fault of ours says nothing but a reference', async () => {
    gate.fault = new Error('the password is hunter2');
    const { status, json, text } = await endOrder(await sendOrder()).finally(() => (gate.fault = undefined));
    expect([status, json.code]).toEqual([500, 'server.fault']);
    expect(json.detail).toMatch(/reference [0-9a-f]{32} /);
    expect(text).not.toContain('hunter2');
  });

  test('of an outcome that is not known asks for the same request again, which is then carried out', async () => {
    const id = await sendOrder();
    gate.fault = new LogUnavailable('gone');
    const first = await endOrder(id, { key: 'not-known' }).finally(() => (gate.fault = undefined));
    expect([first.status, first.json.code, first.headers.get('retry-after')]).toEqual([503, 'log.unavailable', '2']);
    expect((await endOrder(id, { key: 'not-known' })).status).toBe(200);
  });

  test('of a request that is no HTTP is one, too', async () => {
    const { status, text } = await served.askRaw('/api/v1/orders', { 'x-long': 'x'.repeat(20_000) });
    expect([status, (JSON.parse(text) as { code: string }).code]).toEqual([431, 'headers.too-large']);
  });
});
