import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client, Pool } from 'pg';
import { withClient } from './client.js';

/** The steps that make one schema what it is now. Steps are only ever added: what a step once said stays as it was. */
export interface Migration {
  readonly schema: string;
  /**
   * Each is run once, in a transaction of its own; it may hold several statements. It runs while the release before this one serves, so it
   * only adds: `docs/upgrades.md` says what that asks of it.
   */
  readonly steps: readonly string[];
}

/** A step that has been run says something else now, or cannot be run without keeping everybody waiting. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

/** A step that this release rests on has not been run. */
export class NotMigrated extends Error {
  override readonly name = 'NotMigrated';
}

/** Any constant will do; it only has to be the same for every release. */
const LOCK = 8_109;
/** How soon it is asked again whether it is our turn. */
const TURN_MS = 250;
/** Longer than everything that a release asks of a database. */
const TURNS_MS = 600_000;
/**
 * A step waits no longer than this for a lock, since everybody who comes after it waits behind it; and lets nobody wait for long for what it
 * holds. One that locks out nobody, and takes long, sets `statement_timeout` itself.
 */
const LIMITS = { lock_timeout: '2s', statement_timeout: '30s', idle_in_transaction_session_timeout: '10s' };
/** A step that did not get its locks is tried again, between pauses in which whoever waited behind it comes to his turn. */
const ATTEMPTS = 30;
const LONGEST_PAUSE_MS = 5_000;

const LEDGER = `
  create schema if not exists migration;
  create table if not exists migration.steps (
    schema text not null,
    step integer not null,
    sha256 text not null,
    at timestamptz not null default now(),
    primary key (schema, step)
  );
  grant usage on schema migration to public;
  grant select on migration.steps to public`;

/**
 * Waits until nobody else on this database holds that number, and holds it for as long as the session lasts. It waits outside any transaction, so
 * that it stands in nobody's way.
 * @throws MigrationRefused when somebody has held it for ten minutes
 */
export const takeTurn = async (client: Client, lock: number): Promise<void> => {
  const mine = () => client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lock]).then(({ rows }) => rows[0]?.mine);
  for (const until = performance.now() + TURNS_MS; !(await mine()); await pause(TURN_MS))
    if (performance.now() > until)
      throw new MigrationRefused(`Another migration has been at work on this database for ten minutes${await keepers(client, lock)}.`);
};

/**
 * Brings a database forward, never back, as the role that owns it. Several processes may try at once: one does, the others wait.
 * Steps that a newer release has run are left alone.
 * @param attempts how often a step is tried that does not get the locks it needs
 * @throws MigrationRefused when a step that has been run was edited afterwards, or could not be run for what others held
 */
export const migrate = (url: string, migrations: readonly Migration[], { attempts = ATTEMPTS }: { readonly attempts?: number } = {}): Promise<void> =>
  withClient(url, 'uppsikt migrate', async (client) => {
    await takeTurn(client, LOCK);
    await client.query(LEDGER);
    for (const migration of migrations) await bringForward(client, migration, attempts);
  });

/**
 * Refuses a database that has not been brought forward to what this release rests on. More than that does no harm.
 * @throws NotMigrated with one line that says what to do
 */
export const checkMigrated = async (pool: Pick<Pool, 'query'>, migrations: readonly Migration[]): Promise<void> => {
  const { rows } = await pool
    .query<{ schema: string; steps: bigint }>(`select schema, count(*) as steps from migration.steps group by schema`)
    .catch((error: { code?: string }) => (UNKNOWN_TABLE.includes(error.code ?? '') ? { rows: [] } : Promise.reject(error as Error)));
  const done = new Map(rows.map(({ schema, steps }) => [schema, Number(steps)]));
  const behind = migrations.find(({ schema, steps }) => (done.get(schema) ?? 0) < steps.length);
  if (behind)
    throw new NotMigrated(`The schema ${behind.schema} of the database is older than this release; run "npx uppsikt migrate" with MIGRATE_DATABASE_URL first.`);
};

/** No such table, no such schema. */
const UNKNOWN_TABLE = ['42P01', '3F000'];

const bringForward = async (client: Client, { schema, steps }: Migration, attempts: number): Promise<void> => {
  await client.query(`create schema if not exists ${client.escapeIdentifier(schema)}`);
  const { rows } = await client.query<{ step: number; sha256: string }>('select step, sha256 from migration.steps where schema = $1', [schema]);
  const done = new Map(rows.map(({ step, sha256 }) => [step, sha256]));
  for (const [index, sql] of steps.entries()) {
    const step = index + 1;
    const sha256 = createHash('sha256').update(sql).digest('hex');
    const known = done.get(step);
    if (known === sha256) continue;
    if (known !== undefined) {
      throw new MigrationRefused(
        `Step ${step} of schema ${schema} was run on this database and has been edited since; put it back as it was and add a step instead.`,
      );
    }
    await patiently(client, [schema, step, sha256], sql, attempts);
  }
};

type Done = readonly [schema: string, step: number, sha256: string];

/** The lock was not to be had in time; two waited for each other. */
const IN_THE_WAY = ['55P03', '40P01'];
/** What it did took longer than others may have to wait. */
const TOO_LONG = '57014';

const patiently = async (client: Client, record: Done, sql: string, attempts: number): Promise<void> => {
  const [schema, step] = record;
  const what = `Step ${step} of schema ${schema}`;
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(client, record, sql);
    } catch (error) {
      const { code = '', message } = error as { readonly code?: string; readonly message: string };
      if (code === TOO_LONG)
        throw new MigrationRefused(`${what} took longer than ${LIMITS.statement_timeout}, while others may have waited for it; it has been taken back.`);
      if (!IN_THE_WAY.includes(code)) throw new Error(`${what} failed: ${message}`, { cause: error });
      if (attempt >= attempts)
        throw new MigrationRefused(
          `${what} found what it changes held by others, ${attempts} times${await holders(client, schema)}. It has been taken back: end what holds it and migrate again.`,
        );
    }
    await pause(Math.min(200 * attempt, LONGEST_PAUSE_MS));
  }
};

const run = async (client: Client, record: Done, sql: string): Promise<void> => {
  await client.query(
    `begin; ${Object.entries(LIMITS)
      .map(([name, value]) => `set local ${name} = '${value}'`)
      .join('; ')}`,
  );
  try {
    await client.query(sql);
    await client.query('insert into migration.steps (schema, step, sha256) values ($1, $2, $3)', [...record]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
};

/** Who holds that number now. */
const keepers = async (client: Client, lock: number): Promise<string> => {
  const { rows } = await client.query<{ who: string }>(
    `select format('%s, process %s', coalesce(nullif(a.application_name, ''), 'a session without a name'), a.pid) as who
      from pg_locks l join pg_stat_activity a on a.pid = l.pid where l.locktype = 'advisory' and l.objid = $1 and l.granted`,
    [lock],
  );
  return rows.length === 0 ? '' : ` (${rows.map(({ who }) => who).join('; ')}); end it, and migrate again`;
};

/** Who holds something in a schema now, by the names that sessions go by. */
const holders = async (client: Client, schema: string): Promise<string> => {
  const { rows } = await client.query<{ who: string }>(
    `select distinct format('%s, process %s', coalesce(nullif(a.application_name, ''), 'a session without a name'), a.pid) as who
      from pg_locks l join pg_class c on c.oid = l.relation join pg_stat_activity a on a.pid = l.pid
      where c.relnamespace = to_regnamespace($1) and l.pid <> pg_backend_pid()`,
    [client.escapeIdentifier(schema)],
  );
  return rows.length === 0 ? '' : ` (${rows.map(({ who }) => who).join('; ')})`;
};
