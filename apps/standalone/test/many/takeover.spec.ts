import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool, withClient } from '#libs/database';
import { preparedDatabase, type PreparedDatabase } from '#libs/testing';
import { builtApps } from '../built-app.ts';
import { compareViews, putAside } from '../crash/audit-views.js';
import { registerCities } from './city.js';
import { Clients, OFFICERS } from './clients.js';
import { leasesHeld, shared, takenOver } from './leases-held.js';
import { openPlace, type Place } from './place.js';
import { killProcesses, startProcess, type ServerProcess } from './server-process.js';
import { movesBack, refusedMoves, watchMoves } from './watched-moves.js';

// Two worker processes share what is to be done; under load one is killed, and one is paused for longer than its leases last.
jest.setTimeout(900_000);

const PAUSED_MS = 60_000;

let database: PreparedDatabase;
let place: Place;
let superuser: Pool;
let clients: Clients;
let apps: string;
const over = new AbortController();
let working: Promise<void> = Promise.resolve();

const say = (line: string) => void process.stdout.write(`${line}\n`);
const startWorker = async () => {
  const worker = await startProcess(`${apps}/worker/src/main.js`, place.environment('worker'));
  await worker.ready();
  return worker;
};
/** What a worker calls itself that has started when these were the only ones to hold anything. */
const holderBeside = (held: ReadonlyMap<string, unknown>, others: readonly string[]) => [...held.keys()].find((holder) => !others.includes(holder)) ?? '';

let first: ServerProcess, second: ServerProcess;
let holders: readonly [first: string, second: string];

beforeAll(async () => {
  apps = await builtApps();
  database = await preparedDatabase();
  superuser = openPool(database.superuserUrl, { max: 4, name: 'spec' });
  place = await openPlace(database);
  first = await startWorker();
  await registerCities(
    place,
    OFFICERS.map(([officer]) => officer),
  );
  await watchMoves(superuser);
  const [holder = ''] = (await leasesHeld(superuser)).keys();
  const api = await startProcess(`${apps}/api/src/main.js`, place.environment('api'));
  await api.ready();
  clients = new Clients(place);
  clients.addresses = [api.address];
  working = clients.work(over.signal);
  second = await startWorker();
  holders = [holder, holderBeside(await shared(superuser, 2), [holder])];
});

afterAll(async () => {
  over.abort();
  await working;
  await killProcesses();
  await superuser.end();
  await place.close();
  await database.drop();
});

test('a worker that is killed under load is taken over: views, reactions and duties', async () => {
  const victim = holders[0];
  first.signal('SIGKILL');
  const { slowest, longestMs, counted } = await takenOver(superuser, victim);
  say(`Taken over from a killed worker: ${counted} leases, ${longestMs} ms at most from its last renewal to the first write after (${slowest}).`);
  expect(longestMs).toBeLessThan(120_000);
  expect([...(await leasesHeld(superuser)).keys()]).toEqual([holders[1]]);
  first = await startWorker();
  holders = [holderBeside(await shared(superuser, 2), [holders[1]]), holders[1]];
});

test('a worker that was paused in the middle of what it did, and wakes up when another has taken over, changes nothing', async () => {
  const held = await leasesHeld(superuser);
  const [busy = ''] = (held.get(holders[0]) ?? []).concat(held.get(holders[1]) ?? []).filter((name) => /^view orders_\d+$/.test(name));
  const isFirst = held.get(holders[0])?.includes(busy) ?? false;
  const [paused, holder] = isFirst ? [first, holders[0]] : [second, holders[1]];
  // It has asked for the rows that it is going to change; it is stopped before it has the answer, and gets it when it wakes up.
  const locking = await superuser.connect();
  await locking.query(`begin; lock table views.${busy.slice('view '.length)} in access exclusive mode`);
  const asks = `select from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'uppsikt worker' and query like 'select t.tenant%'`;
  while ((await superuser.query(asks)).rowCount === 0) await pause(10);
  paused.signal('SIGSTOP');
  await locking.query('rollback');
  locking.release();
  const began = performance.now();
  const { longestMs, counted } = await takenOver(superuser, holder);
  say(`Taken over from a paused worker: ${counted} leases, after ${longestMs} ms at most.`);
  await pause(Math.max(0, PAUSED_MS - (performance.now() - began)));
  paused.signal('SIGCONT');
  await shared(superuser, 2); // what it was about to write is refused, or it has given up waiting for its answer; it takes part again
  const { counted: moves, back } = await movesBack(superuser);
  say(`${moves} moves of checkpoints, ${back.length} of them back; ${await refusedMoves(superuser)} refused.`);
  expect(back).toEqual([]);
});

test('everything acknowledged is there once, and the views are what they are when they are built anew', async () => {
  over.abort();
  await working;
  clients.close();
  say(`${clients.acknowledged.length} commands acknowledged, ${clients.reads} lists and pages read, ${clients.failed.length} failed.`);
  expect(clients.failed).toEqual([]);
  const { rows } = await superuser.query<{ id: string; count: number }>(
    `select right(stream, 36) as id, count(*)::integer as count from log.events where type = 'ServiceOrderSent' group by 1`,
  );
  const recorded = new Map(rows.map(({ id, count }) => [id, count]));
  expect(clients.acknowledged.filter(({ id }) => recorded.get(id) !== 1)).toEqual([]);
  expect(recorded.size).toBe(clients.acknowledged.length);
  const [{ head }] = (await superuser.query<{ head: number }>('select max(position)::integer as head from log.events')).rows as [{ head: number }];
  const arrived = `select from views.checkpoints having min(position) >= ${head} and bool_and(ready)`;
  while ((await superuser.query(arrived)).rowCount === 0) await pause(50);
  await Promise.all([first.stop(), second.stop()]);
  await withClient(database.superuserUrl, 'spec', putAside);
  await startWorker();
  const findings = await withClient(database.superuserUrl, 'spec', (client) => compareViews(client, head));
  expect(findings.flatMap(({ deviations }) => deviations)).toEqual([]);
  expect(findings[0]?.counted).toBeGreaterThan(clients.acknowledged.length);
});
