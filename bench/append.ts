import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { migrate, openPool, prepareDatabase } from '#libs/database';
import { logMigrations, postgresLog } from '#libs/event-log';
import { vaultMigrations } from '#libs/vault';
import { entry, onStreams } from './entries.js';
import { measure, print, type Way } from './measure.js';
import { withServer } from './server.js';

const IN_FLIGHT = (process.env.IN_FLIGHT ?? '1,16,64,512').split(',').map(Number);
const SECONDS = Number(process.env.SECONDS ?? 5);
const uppsikt = async (superuserUrl: string): Promise<Way> => {
  const { owner, worker } = await prepareDatabase(superuserUrl, { database: 'uppsikt' });
  await migrate(owner, [vaultMigrations, logMigrations]);
  const log = await postgresLog({ url: worker, maxAheadMs: 5_000 });
  const append = async (stream: string, rev: number) => {
    const { outcome } = await log.append('stockholm', stream, rev - 1, [entry(stream, rev)]);
    if (outcome !== 'appended') throw new Error(`Nobody else wrote to ${stream}, and yet there was a conflict.`);
  };
  return { name: 'this log', worker: onStreams(append), close: () => log.close() };
};

const emmett = async (superuserUrl: string): Promise<Way> => {
  const { owner } = await prepareDatabase(superuserUrl, { database: 'emmett' });
  const pool = openPool(owner, { max: 16, name: 'bench emmett' });
  const store = getPostgreSQLEventStore(owner, { connectionOptions: { pool } });
  await store.schema.migrate();
  const append = (stream: string, rev: number) => {
    const { type, data, ...metadata } = entry(stream, rev);
    const expectedStreamVersion = rev === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(rev);
    return store.appendToStream(stream, [{ type, data, metadata }], { expectedStreamVersion });
  };
  return { name: "Emmett's PostgreSQL store", worker: onStreams(append), close: () => pool.end() };
};

/** Into the same table with the same indexes; no revision is checked, and readers may skip entries. */
const inserts = async (superuserUrl: string): Promise<Way> => {
  const { owner } = await prepareDatabase(superuserUrl, { database: 'inserts' });
  await migrate(owner, [vaultMigrations, logMigrations]);
  const pool = openPool(owner, { max: 16, name: 'bench' });
  await pool.query('create sequence log.positions');
  const text = "insert into log.events (position, tenant, stream, revision, id, type, at, entry) values (nextval('log.positions'), $1, $2, $3, $4, $5, $6, $7)";
  const append = (stream: string, rev: number) => {
    const one = entry(stream, rev);
    return pool.query({ name: 'insert', text, values: [one.tenant, stream, rev, one.id, one.type, one.at, Buffer.from(JSON.stringify(one))] });
  };
  return { name: 'one INSERT per transaction', worker: onStreams(append), close: () => pool.end() };
};

/** Appends at once, each way on the same server in the same run. */
export const run = (): Promise<void> =>
  withServer(async (superuserUrl) => {
    const ways = [await uppsikt(superuserUrl), await emmett(superuserUrl), await inserts(superuserUrl)];
    await measure(ways, { inFlight: 16, seconds: 1, turns: 1 }); // to warm up
    for (const inFlight of IN_FLIGHT) print(`${inFlight} in flight`, await measure(ways, { inFlight, seconds: SECONDS }));
    for (const way of ways) await way.close();
  });
