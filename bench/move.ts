// A log that is moved, and moved on: how many entries a second, and what that is for a million of them.
import { migrate, prepareDatabase } from '#libs/database';
import { logMigrations, movingEventStoreLog, movingPostgresLog, moveLog, postgresLog, type MovingLog } from '#libs/event-log';
import { randomId } from '#libs/kernel';
import { vaultMigrations } from '#libs/vault';
import { entry } from './entries.js';
import { withEventStore, withServer } from './server.js';

const ENTRIES = Number(process.env.ENTRIES ?? 20_000);
/** How many entries follow each other in one stream: what a command decides. */
const RUNS = (process.env.RUNS ?? '1,2').split(',').map(Number);
const STREAMS = 64;

const database = async (superuserUrl: string, name: string) => {
  const addresses = await prepareDatabase(superuserUrl, { database: name });
  await migrate(addresses.owner, [vaultMigrations, logMigrations]);
  return addresses;
};

/** Many objects that are written to in turn, some entries at a time. */
const fill = async (url: string, length: number): Promise<void> => {
  const log = await postgresLog({ url });
  const one = async () => {
    const stream = `order-${randomId()}`;
    for (let rev = 0; rev < ENTRIES / STREAMS; rev += length)
      await log.append(
        'stockholm',
        stream,
        rev - 1,
        Array.from({ length }, (_, nth) => entry(stream, rev + nth)),
      );
  };
  await Promise.all(Array.from({ length: STREAMS }, one));
  await log.close();
};

const move = async (says: string, source: MovingLog, target: MovingLog): Promise<void> => {
  const began = performance.now();
  const moving = moveLog({ source, target, carry: () => Promise.resolve() });
  let step = await moving.next();
  while (!step.done) step = await moving.next();
  const { entries } = step.value;
  const rate = entries / ((performance.now() - began) / 1_000);
  console.log(`  ${says}: ${entries} entries, ${rate.toFixed(0)}/s; a million in ${(1e6 / rate / 60).toFixed(0)} min`);
};

const withRuns = (length: number, superuserUrl: string): Promise<void> =>
  withEventStore(async (url) => {
    const [first, second] = [await database(superuserUrl, `first_${length}`), await database(superuserUrl, `second_${length}`)];
    await fill(first.worker, length);
    const logs = [
      await movingPostgresLog({ url: first.owner }),
      await movingEventStoreLog({ url, lookMs: 10 }),
      await movingPostgresLog({ url: second.owner }),
    ] as const;
    console.log(`${length} at a time`);
    await move('from PostgreSQL to EventStoreDB', logs[0], logs[1]);
    await move('from EventStoreDB to PostgreSQL', logs[1], logs[2]);
    await move('compared once more', logs[1], logs[2]);
    for (const log of logs) await log.close();
  });

export const run = (): Promise<void> =>
  withServer(async (superuserUrl) => {
    for (const length of RUNS) await withRuns(length, superuserUrl);
  });
