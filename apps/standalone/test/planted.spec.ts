import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { eventTypes } from '#libs/catalogue';
import { derivedId } from '#libs/kernel';
import { sampleId } from '#libs/samples';
import { cleanUp, newFolder, stopped } from './app-process.ts';
import { call, type Answer } from './call.ts';
import { startCollector, type Collector } from './collector.ts';
import { findings, planted, type Planted } from './needles.ts';
import { query, serving, type Uppsikt } from './uppsikt.ts';

// What is known of a person must lie nowhere but sealed. A word that stands nowhere else is written into every field that takes such a thing,
// with the log of the process as talkative as it can be, and then looked for, in every way it could have been written down, in all that is kept.
jest.setTimeout(600_000);

/** Of service users: nothing may hold it. */
const secret = planted();
/** Of a member of staff: the mails that are sent to the person may be addressed with it, nothing else may hold it. */
const colleague = planted();
/** What may be known. It must be found, or nothing here is proven. */
const open = planted();

const OFFICER = 'ostermalm-officer';
const NEWCOMER = sampleId('person', 'newcomer');
const PROVIDER = sampleId('provider', 'planted');

let data: string;
let app: Uppsikt;
/** Takes what is traced, and what is counted. */
let collector: Collector;
let numbers = '';
/** Everything that was answered but the pages that open what is sealed. */
const answers: string[] = [];

beforeAll(async () => {
  data = await newFolder();
  collector = await startCollector();
  const env = { LOG_LEVEL: 'trace', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  app = await serving(data, { args: ['--test-clock', '2020-10-01T08:00+02:00'], env });
  await plant();
  numbers = (await call(await app.address, 'GET /metrics')).text;
  await query(data, 'checkpoint');
  await stopped(app);
});
afterAll(async () => {
  await cleanUp();
  await collector.close();
});

test('every personal part that the product knows was sealed in what was planted', async () => {
  expect(sealedTypes.toSorted()).toEqual(eventTypes.flatMap(({ type, personal }) => Object.keys(personal).map((part) => `${type} ${part}`)).toSorted());
});

test('what may be known is found in the files of the database, in the answers and in the index of the trail', async () => {
  const found = await searched(open);
  expect(found).toEqual(expect.arrayContaining([expect.stringMatching(/^postgres\/base\/.*: .*as it is/)]));
  expect(findings(open, Buffer.from(answers.join('\n')))).toContain('as it is');
});

test('what was done is told in traces and in numbers', () => {
  const names = new Set(collector.spans.map(({ name }) => name));
  expect([...names]).toEqual(expect.arrayContaining(['POST /api/v1/orders/:orderId/contact-notes', 'command NoteContact', 'knock', 'mail', 'GET none']));
  expect(numbers).toMatch(/^uppsikt_requests_total\{method="POST",route="\/api\/v1\/orders\/:orderId\/returns",status="409"\} 1$/m);
});

test('what is known of service users lies nowhere: not in the database, its log, the outbox, the process’s log, traces or numbers, nor in what else was answered', async () => {
  expect(await searched(secret)).toEqual([]);
  expect(findings(secret, Buffer.from(answers.join('\n')))).toEqual([]);
});

test('a member of staff is known nowhere but in the address of mails to the person', async () => {
  const outside = (await searched(colleague)).filter((where) => !where.startsWith('outbox/'));
  expect(outside).toEqual([]);
  const mails = await Promise.all((await readdir(join(data, 'outbox'))).map((name) => readFile(join(data, 'outbox', name))));
  const addressed = mails.filter((mail) => findings(colleague, mail).length > 0);
  expect(addressed.length).toBeGreaterThan(0);
  for (const mail of addressed) {
    const text = mail.toString('latin1');
    const [head = '', ...body] = text.split('\r\n\r\n');
    const rest = head.replaceAll(/^To:.*(?:\r\n[ \t].*)*/gim, '');
    expect(findings(colleague, Buffer.from([rest, ...body].join('\r\n\r\n'), 'latin1'))).toEqual([]);
  }
});

let sealedTypes: readonly string[] = [];

/** Writes the words into every field there is, and asks for everything that could show them. */
async function plant(): Promise<void> {
  const word = (field: string): string => `${field} ${secret.word}`;
  await done('PUT', `providers/${PROVIDER}`, { name: `Fritids ${open.word}` }, 'stockholm-administrator');
  await done(
    'POST',
    'people',
    { person: NEWCOMER, name: `Ny ${colleague.word}`, email: `${colleague.word.replace('å', '.')}@example.se`, language: 'sv' },
    'stockholm-administrator',
  );
  const unit = sampleId('unit', 'ostermalm-lss');
  await done('POST', 'role-holders', { person: NEWCOMER, role: 'case-officer', unit, from: '2020-01-01' }, 'stockholm-administrator');

  const send = (name: string, more: object = {}) =>
    done('POST', 'orders', {
      orderId: sampleId('order', name),
      provider: PROVIDER,
      service: 'short-term-supervision',
      sentOn: '2020-10-01',
      overallGoals: ['participation'],
      subGoals: [{ wording: word('mål ett') }, { wording: word('mål två') }],
      serviceUser: { name: word('Elev'), personalNumber: secret.word.slice(0, 20) },
      ...more,
    });
  for (const name of ['planted', 'cancelled', 'never']) await send(name);
  const [order, cancelled] = ['planted', 'cancelled'].map((name) => `orders/${sampleId('order', name)}`);
  const goals = ['overall', 'sub', 'sub'].map((kind, nth) => derivedId(sampleId('order', 'planted'), kind, kind === 'sub' ? nth - 1 : 0));
  await done('POST', `${cancelled}/cancellations`, { cancelledOn: '2020-10-01', reason: 'moved', note: word('återkallad') });
  await step('2020-10-09T09:00:00+02:00');
  const document = (nth: number) => ({ sha256: String(nth).repeat(64), reference: word('journal') });
  await done('POST', `${order}/genomforandeplan`, { arrivedOn: '2020-10-08', arrival: 'reached-office', document: document(1) });
  const reviewed = goals.map((goal) => ({ goal, outcome: 'unclear' }));
  await done('POST', `${order}/reviews`, { version: 1, goals: reviewed, canBeFollowedUp: false, note: word('granskning') });
  await done('POST', `${order}/contact-notes`, { contact: 'guardian', contactedOn: '2020-10-09', note: word('samtal') });
  await done('POST', `${order}/returns`, { version: 1, returnedOn: '2020-10-09', awaitedOn: '2020-10-20', note: word('förtydliga') });
  const mended = { reason: 'mistyped', note: word('rättelse') };
  await done('POST', `${order}/corrections/awaited-day`, { awaitedOn: '2020-10-21', ...mended });
  await done('POST', `${order}/corrections/received-day`, { version: 1, arrivedOn: '2020-10-09', arrival: 'reached-office', ...mended });
  await done('POST', `${order}/corrections/sent-day`, { sentOn: '2020-09-30', ...mended });
  await done('POST', `${order}/corrections/provider`, { provider: sampleId('provider', 'skola'), ...mended });
  await done('POST', `${order}/corrections/goals`, { goal: goals[1], wording: word('mål'), ...mended });
  await done('POST', `${order}/endings`, { endedOn: '2020-10-09', reason: 'service-ended', note: word('avslut') });
  await done('POST', `${order}/corrections/ended-day`, { endedOn: '2020-10-08', ...mended });
  await step('2020-10-22T09:00:00+02:00'); // reminders go, and mail with them

  // What is refused, broken or asked for is not kept either.
  const contact = { contact: 'guardian', contactedOn: '2020-10-09' };
  await refused(400, 'POST', `${order}/contact-notes`, { ...contact, note: word('fel'), [secret.word]: 1 });
  await refused(400, 'POST', `${order}/contact-notes`, `{"note": "${secret.word}`);
  await refused(404, 'POST', `orders/${derivedId('nowhere')}/contact-notes`, { ...contact, note: word('fel') });
  await refused(409, 'POST', `${order}/returns`, { version: 1, returnedOn: '2020-10-09', awaitedOn: '2020-10-20', note: word('avslutad') });
  await refused(422, 'POST', `${cancelled}/corrections/sent-day`, { sentOn: '2030-01-01', ...mended });
  await refused(404, 'GET', encodeURIComponent(secret.word));
  for (const text of [secret.word, open.word])
    keep(await call(await app.address, `GET /api/v1/trail?text=${encodeURIComponent(text)}`, { as: 'stockholm-auditor' }));

  const readers = ['stockholm-auditor', OFFICER, 'ostermalm-owner'];
  const lists = [
    'trail?limit=200',
    'awaited-plans?limit=200',
    'awaited-plans?status=ended',
    'reminders?limit=200',
    'providers',
    'units',
    'deadline-rules',
    `${order}/history?limit=200`,
  ];
  for (const as of readers) {
    for (const list of lists) {
      for (const accept of ['application/json', 'text/csv']) keep(await call(await app.address, `GET /api/v1/${list}`, { as, headers: { accept } }));
    }
  }
  const entries = await query<{ type: string; parts: readonly { readonly part: string }[] | null }>(
    data,
    `select type, convert_from(entry, 'UTF8')::json->'personal' as parts from log.events`,
  );
  sealedTypes = [...new Set(entries.flatMap(({ type, parts }) => (parts ?? []).map(({ part }) => `${type} ${part}`)))];
}

/** An answer may repeat to its own asker what was asked for, but not what others wrote. */
const keep = ({ text }: Answer): void => void answers.push(text);

async function done(method: string, path: string, body: unknown, as = OFFICER): Promise<void> {
  const answer = await call(await app.address, `${method} /api/v1/${path}`, { as, body });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  keep(answer);
}

async function refused(status: number, method: string, path: string, body?: unknown): Promise<void> {
  const answer = await call(await app.address, `${method} /api/v1/${path}`, { as: OFFICER, ...(body !== undefined && { body }) });
  expect([`${method} ${path}`, answer.status]).toEqual([`${method} ${path}`, status]);
}

async function step(now: string): Promise<void> {
  const { status, text } = await call(await app.address, 'POST /dev/clock', { body: { now } });
  if (status !== 200) throw new Error(text);
}

/** Where a word stands: in which file under the data folder, or in what the process said, and how it is written there. */
async function searched(word: Planted): Promise<readonly string[]> {
  const found: string[] = [];
  const look = (where: string, bytes: Buffer): void => {
    const ways = findings(word, bytes);
    if (ways.length > 0) found.push(`${where}: ${ways.join(', ')}`);
  };
  for (const entry of await readdir(data, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) look(relative(data, file), await readFile(file));
  }
  look('stdout', Buffer.from(app.said()));
  look('stderr', Buffer.from(app.complained()));
  look('traces', collector.bytes());
  look('numbers', Buffer.from(numbers));
  return found;
}
