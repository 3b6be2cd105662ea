import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Pool } from 'pg';
import { openPool } from '#libs/database';
import type { Entry } from '#libs/kernel';
import { preparedDatabase, someEntries, someEntry, someStream, type PreparedDatabase } from '#libs/testing';
import { vaultMigrations } from '#libs/vault';
import { logMigrations, LogUnavailable, postgresLog, type EventLog, type Position } from './index.js';

const tenant = 'stockholm';
let database: PreparedDatabase;
let superuser: Pool;

beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  superuser = openPool(database.superuserUrl, { max: 1, name: 'spec' });
});
afterAll(async () => {
  await superuser.end();
  await database.drop();
});

/** Over a connection that is there already, so that the cut may come in the middle of an append. */
const cutConnections = () =>
  superuser.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'uppsikt %' and datname = current_database()");

/** What is known of the streams: what was acknowledged, and where. */
interface Model {
  readonly streams: readonly {
    readonly name: string;
    readonly acknowledged: { readonly entries: readonly Entry[]; readonly position: Position }[];
    revision: number;
  }[];
}
/** The log under test; closed and opened again by some commands. */
interface Real {
  log: EventLog;
  other: EventLog;
}
type Command = fc.AsyncCommand<Model, Real>;
type Which = 'log' | 'other';
const at = (model: Readonly<Model>, n: number) => model.streams[n % model.streams.length] as Model['streams'][number];
const command = (said: string, run: Command['run'], check: Command['check'] = () => true): Command => ({ check, run, toString: () => said });

const appendTo = async (log: EventLog, stream: Model['streams'][number], count: number): Promise<void> => {
  const entries = someEntries(tenant, stream.name, count, stream.revision + 1);
  const outcome = await log.append(tenant, stream.name, stream.revision, entries);
  if (outcome.outcome !== 'appended') throw new Error(`Nobody else wrote to ${stream.name}, and yet ${JSON.stringify(outcome)}.`);
  expect(outcome.revision).toBe(stream.revision + count);
  stream.revision += count;
  stream.acknowledged.push({ entries, position: outcome.position });
};

const append = (n: number, count: number, by: Which) => command(`${by}: append ${count} to ${n}`, (model, real) => appendTo(real[by], at(model, n), count));

const appendWhileCut = (rounds: number, cuts: number) =>
  command(`append ${rounds} times to every stream while connections are cut ${cuts} times`, async (model, real) => {
    const appending = model.streams.map(async (stream, n) => {
      for (let round = 0; round < rounds; round++) await appendTo(real[n % 2 ? 'log' : 'other'], stream, 1 + (round % 3));
    });
    for (let cut = 0; cut < cuts; cut++) await cutConnections();
    await Promise.all(appending);
  });

const repeat = (n: number, which: number, by: Which) =>
  command(`${by}: repeat ${which} of ${n}`, async (model, real) => {
    const { name, acknowledged } = at(model, n);
    const earlier = acknowledged[which % acknowledged.length];
    if (!earlier) return;
    const outcome = await real[by].append(tenant, name, (earlier.entries[0]?.rev ?? 0) - 1, earlier.entries);
    expect(outcome).toEqual({ outcome: 'appended', revision: earlier.entries.at(-1)?.rev, position: earlier.position });
  });

const lose = (n: number, behind: number) =>
  command(
    `append to ${n}, ${behind} behind`,
    async (model, real) => {
      const { name, revision } = at(model, n);
      const outcome = await real.log.append(tenant, name, revision - behind, [someEntry(tenant, name, revision - behind + 1)]);
      expect(outcome).toEqual({ outcome: 'conflict', actual: revision });
    },
    (model) => at(model, n).revision - behind >= -1,
  );

const reopen = () =>
  command('close and open', async (_, real) => {
    await real.log.close();
    await expect(real.log.head()).rejects.toThrow(LogUnavailable);
    real.log = await postgresLog({ url: database.worker });
  });

const read = (n: number) =>
  command(`read ${n}`, async (model, real) => {
    const { name, acknowledged } = at(model, n);
    const found = await real.other.readStream(tenant, name);
    expect(found.map(({ entry }) => entry)).toEqual(acknowledged.flatMap(({ entries }) => entries));
  });

/** Follows the log from a position to the end that it has now. */
const follow = async (log: EventLog, after: Position): Promise<readonly string[]> => {
  const head = await log.head();
  const stop = new AbortController();
  const seen: string[] = [];
  if (head === after) return seen;
  for await (const { entries, upTo } of log.subscribe({ after, signal: stop.signal })) {
    seen.push(...entries.map(({ entry }) => entry.id));
    if (upTo >= head) stop.abort();
  }
  return seen;
};

const stream = fc.nat(3);
const by = fc.constantFrom<Which[]>('log', 'other');
const commands: fc.Arbitrary<Command>[] = [
  fc.tuple(stream, fc.integer({ min: 1, max: 15 }), by).map((args) => append(...args)),
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 })).map((args) => appendWhileCut(...args)),
  fc.tuple(stream, fc.nat(20), by).map((args) => repeat(...args)),
  fc.tuple(stream, fc.integer({ min: 1, max: 5 })).map((args) => lose(...args)),
  fc.constant(undefined).map(reopen),
  stream.map(read),
];

test('whatever happens, what was acknowledged is there, and each reader sees it once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands<Model, Real, false>(commands, { maxCommands: 25 }), async (sequence) => {
      const real: Real = { log: await postgresLog({ url: database.worker }), other: await postgresLog({ url: database.worker }) };
      const model: Model = { streams: Array.from({ length: 4 }, () => ({ name: someStream(), acknowledged: [], revision: -1 })) };
      const before = await real.log.head();
      try {
        await fc.asyncModelRun(() => ({ model, real }), sequence);
        const inOrder = model.streams.flatMap(({ acknowledged }) => acknowledged).toSorted((a, b) => (a.position < b.position ? -1 : 1));
        const ids = inOrder.flatMap(({ entries }) => entries.map(({ id }) => id));
        expect(await Promise.all([follow(real.log, before), follow(real.other, before)])).toEqual([ids, ids]);
      } finally {
        await real.log.close();
        await real.other.close();
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);
