import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { withClient } from '#libs/database';
import { randomId } from '#libs/kernel';
import { preparedDatabase, type PreparedDatabase } from '#libs/testing';
import type { Ready } from '../problem/told.js';
import { requestsMigration } from './requests.migration.js';
import { Requests } from './requests.js';

let database: PreparedDatabase;
const opened: Requests[] = [];

beforeAll(async () => {
  database = await preparedDatabase([requestsMigration]);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((requests) => requests.close()));
});
afterAll(() => database.drop());

/** The requests of one process. */
const aProcess = async (leaseMs?: number): Promise<Requests> => {
  const requests = await Requests.open(database.api, leaseMs === undefined ? {} : { leaseMs });
  opened.push(requests);
  return requests;
};

const asked = ['POST /orders', { name: 'Anna Andersson' }] as const;
const answer = (body: string, status = 200): Ready => ({ status, headers: { etag: '"1"' }, body });
const says = (body: string, status?: number) => () => Promise.resolve(answer(body, status));
const never = () => Promise.reject(new Error('This must not be carried out.'));

const superuser = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
  let rows: readonly Record<string, unknown>[] = [];
  await withClient(database.superuserUrl, 'spec', async (client) => {
    ({ rows } = await client.query<Record<string, unknown>>(sql));
  });
  return rows;
};

test('a repeat gets the answer given then, from this process or another, refusals and empty answers too', async () => {
  const [one, other] = [await aProcess(), await aProcess()];
  const [id, refused] = [randomId(), randomId()];
  expect(await one.once(id, asked, says('done'))).toEqual({ ready: answer('done'), repeated: false });
  await one.once(refused, asked, says('', 409));
  expect(await one.once(id, asked, never)).toEqual({ ready: answer('done'), repeated: true });
  expect(await other.once(id, asked, never)).toEqual({ ready: answer('done'), repeated: true });
  expect(await other.once(refused, asked, never)).toEqual({ ready: answer('', 409), repeated: true });
});

test('the same content in another order of its names is the same request', async () => {
  const one = await aProcess();
  const id = randomId();
  await one.once(id, ['POST /', { a: 1, b: { c: 2, d: 3 } }], says('done'));
  expect(await one.once(id, ['POST /', { b: { d: 3, c: 2 }, a: 1 }], never)).toMatchObject({ repeated: true });
});

test.each([
  ['content', ['POST /orders', { name: 'Anna' }]],
  ['address', ['POST /orders/1', { name: 'Anna Andersson' }]],
] as const)('a request of another %s under the same id is refused, by another process too', async (_sentence, other) => {
  const [one, another] = [await aProcess(), await aProcess()];
  const id = randomId();
  await one.once(id, asked, says('done'));
  for (const requests of [one, another])
    await expect(requests.once(id, other, never)).rejects.toMatchObject({ told: { status: 422, code: 'idempotency-key.reused' } });
});

test('a second one waits for the first, in the same process and in another', async () => {
  const [one, another] = [await aProcess(), await aProcess()];
  const id = randomId();
  const { promise, resolve } = Promise.withResolvers<Ready>();
  const begun = Promise.withResolvers<void>();
  const first = one.once(id, asked, () => {
    begun.resolve();
    return promise;
  });
  await begun.promise;
  const later = [one.once(id, asked, never), another.once(id, asked, never)];
  resolve(answer('first'));
  expect(await Promise.all([first, ...later])).toEqual([
    { ready: answer('first'), repeated: false },
    { ready: answer('first'), repeated: true },
    { ready: answer('first'), repeated: true },
  ]);
});

test('where the first one’s process has died, the second is carried out once its lease has lapsed, and what the first says too late is not heard', async () => {
  const [dying, next] = [await aProcess(100), await aProcess()];
  const id = randomId();
  const { promise, resolve } = Promise.withResolvers<Ready>();
  const first = dying.once(id, asked, () => promise);
  while ((await superuser(`select from http.requests where command = '${id}'`)).length === 0);
  expect(await next.once(id, asked, says('second'))).toEqual({ ready: answer('second'), repeated: false });
  resolve(answer('first'));
  await first;
  expect(await next.once(id, asked, never)).toEqual({ ready: answer('second'), repeated: true });
});

test('whoever has just started the database carries out at once what an earlier process left unanswered', async () => {
  const [dying, next] = [await aProcess(3_600_000), await aProcess()];
  const [id, answered] = [randomId(), randomId()];
  const { promise, resolve } = Promise.withResolvers<Ready>();
  const first = dying.once(id, asked, () => promise);
  await dying.once(answered, asked, says('done'));
  while ((await superuser(`select from http.requests where command = '${id}'`)).length === 0);
  await next.endClaims();
  expect(await next.once(id, asked, says('second'))).toEqual({ ready: answer('second'), repeated: false });
  expect(await next.once(answered, asked, never)).toMatchObject({ repeated: true });
  resolve(answer('first'));
  await first;
});

test('another request does not get an id whose first one has died', async () => {
  const [dying, next] = [await aProcess(1), await aProcess()];
  const id = randomId();
  const { promise, resolve } = Promise.withResolvers<Ready>();
  const first = dying.once(id, asked, () => promise);
  while ((await superuser(`select from http.requests where command = '${id}' and lease_until < clock_timestamp()`)).length === 0);
  await expect(next.once(id, ['POST /orders', {}], never)).rejects.toMatchObject({ told: { code: 'idempotency-key.reused' } });
  resolve(answer('first'));
  await first;
});

test.each([
  ['a fault', () => Promise.reject(new Error('gone'))],
  ['an outcome that is not known', says('unknown', 503)],
])('after %s the same request is carried out at once, and no other takes its id', async (_sentence, fails) => {
  const [one, another] = [await aProcess(), await aProcess()];
  const id = randomId();
  await one.once(id, asked, fails).catch(() => {});
  await expect(another.once(id, ['POST /', {}], never)).rejects.toMatchObject({ told: { code: 'idempotency-key.reused' } });
  expect(await another.once(id, asked, says('done'))).toEqual({ ready: answer('done'), repeated: false });
});

test('many at once, each twice in two processes, are each carried out once', async () => {
  const processes = [await aProcess(), await aProcess()];
  const ids = Array.from({ length: 300 }, randomId);
  const carriedOut = new Map<string, number>();
  const run = (id: string) => async () => {
    carriedOut.set(id, (carriedOut.get(id) ?? 0) + 1);
    await new Promise((later) => setImmediate(later));
    return answer(id);
  };
  const answers = await Promise.all(
    processes.flatMap((requests, n) => (n ? ids.toReversed() : ids).flatMap((id) => [requests.once(id, asked, run(id)), requests.once(id, asked, run(id))])),
  );
  expect(new Set(carriedOut.values())).toEqual(new Set([1]));
  expect(carriedOut.size).toBe(300);
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(300);
});

test('after 24 hours a request is forgotten, swept or not', async () => {
  const one = await aProcess();
  const [old, older] = [randomId(), randomId()];
  for (const id of [old, older]) await one.once(id, asked, says('then'));
  await superuser(`update http.requests set made_at = made_at - interval '24 hours' where command in ('${old}', '${older}')`);
  expect(await one.once(old, ['POST /', 'something else'], says('now'))).toEqual({ ready: answer('now'), repeated: false });
  expect(await one.sweep()).toBe(1);
  expect(await one.once(old, ['POST /', 'something else'], never)).toMatchObject({ repeated: true });
});

test('neither content nor address can be read from what is kept', async () => {
  const one = await aProcess();
  await one.once(randomId(), asked, says('done'));
  const kept = JSON.stringify(await superuser("select r.*, convert_from(encode(fingerprint, 'hex')::bytea, 'UTF8') from http.requests r"));
  expect(kept).not.toMatch(/Anna|orders/);
});

test('only its own connections answer before the disk has it', async () => {
  await aProcess();
  const settings = await superuser(
    "select application_name from pg_stat_activity where datname = current_database() and application_name = 'uppsikt requests'",
  );
  expect(settings.length).toBeGreaterThan(0);
  await withClient(database.api, 'spec', async (client) => {
    expect((await client.query('show synchronous_commit')).rows).toEqual([{ synchronous_commit: 'on' }]);
  });
});
