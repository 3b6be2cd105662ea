import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool } from '#libs/database';
import { freePort, preparedDatabase, type PreparedDatabase } from '#libs/testing';
import { builtApps } from '../built-app.ts';
import { registerCities } from './city.js';
import { Clients, OFFICERS } from './clients.js';
import { openPlace, type Place } from './place.js';
import { killProcesses, startProcess, type ServerProcess } from './server-process.js';

// Every process is restarted in turn, twice, while people work: nobody notices.
jest.setTimeout(900_000);

const ROUNDS = 2;
const LOAD_MS = 30_000;

let database: PreparedDatabase;
let place: Place;
let superuser: Pool;
let clients: Clients;
const over = new AbortController();
let working: Promise<void> = Promise.resolve();

interface Member {
  readonly kind: 'api' | 'worker';
  readonly port: number;
  process: ServerProcess;
}
let members: readonly Member[];

const say = (line: string) => void process.stdout.write(`${line}\n`);

const start = async (kind: Member['kind'], port: number) => {
  const started = await startProcess(`${await builtApps()}/${kind}/src/main.js`, { ...place.environment(kind), PORT: String(port) });
  await started.ready();
  return started;
};
const member = async (kind: Member['kind']): Promise<Member> => {
  const port = await freePort();
  return { kind, port, process: await start(kind, port) };
};

beforeAll(async () => {
  database = await preparedDatabase();
  superuser = openPool(database.superuserUrl, { max: 2, name: 'spec' });
  place = await openPlace(database);
  const worker = await member('worker');
  await registerCities(
    place,
    OFFICERS.map(([officer]) => officer),
  );
  members = [worker, await member('worker'), await member('api'), await member('api')];
  clients = new Clients(place);
  clients.addresses = members.filter(({ kind }) => kind === 'api').map(({ process: { address } }) => address);
  working = clients.work(over.signal);
});

afterAll(async () => {
  over.abort();
  await working;
  await killProcesses();
  await superuser.end();
  await place.close();
  await database.drop();
});

test('each process is restarted twice under load, no request fails, and each ends by itself within its time', async () => {
  const began = performance.now();
  const stops: { readonly kind: string; readonly ms: number; readonly code: number | null }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of members) {
      const asked = performance.now();
      const code = await one.process.stop();
      stops.push({ kind: one.kind, ms: Math.round(performance.now() - asked), code });
      one.process = await start(one.kind, one.port);
    }
  }
  while (performance.now() - began < LOAD_MS) await new Promise((later) => setTimeout(later, 100));
  over.abort();
  await working;
  clients.close();
  const seconds = Math.round((performance.now() - began) / 1_000);
  say(`${stops.length} restarts in ${seconds} s: ${clients.acknowledged.length} commands, ${clients.reads} reads, ${clients.failed.length} failed requests,`);
  say(`${clients.refusedConnections} connections refused and made elsewhere; stopped in ${stops.map(({ kind, ms }) => `${kind} ${ms} ms`).join(', ')}.`);
  expect(clients.failed).toEqual([]);
  expect(stops.filter(({ code }) => code !== 0)).toEqual([]); // one that takes longer than it may ends with 1
  expect(clients.acknowledged.length).toBeGreaterThan(0);
});

test('every command that was acknowledged is there, once', async () => {
  const { rows } = await superuser.query<{ id: string; count: number }>(
    `select right(stream, 36) as id, count(*)::integer as count from log.events where type = 'ServiceOrderSent' group by 1`,
  );
  const recorded = new Map(rows.map(({ id, count }) => [id, count]));
  expect(clients.acknowledged.filter(({ id }) => recorded.get(id) !== 1)).toEqual([]);
  expect(recorded.size).toBe(clients.acknowledged.length);
});
