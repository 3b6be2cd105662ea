import { createHash } from 'node:crypto';
import type { Client, Pool } from 'pg';
import { withClient } from './client.js';

/** The steps that make one schema what it is now. Steps are only ever added: what a step once said stays as it was. */
export interface Migration {
  readonly schema: string;
  /** Each is run once, in a transaction of its own; it may hold several statements. */
  readonly steps: readonly string[];
}

/** A step that has been run says something else now. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

/** A step that this release rests on has not been run. */
export class NotMigrated extends Error {
  override readonly name = 'NotMigrated';
}

/** Any constant will do; it only has to be the same for every release. */
const LOCK = 8_109;

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
 * Brings a database forward, never back, as the role that owns it. Several processes may try at once: one does, the others wait.
 * Steps that a newer release has run are left alone.
 * @throws MigrationRefused when a step that has been run was edited afterwards
 */
export const migrate = (url: string, migrations: readonly Migration[]): Promise<void> =>
  withClient(url, 'uppsikt migrate', async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(LEDGER);
    for (const migration of migrations) await bringForward(client, migration);
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

const bringForward = async (client: Client, { schema, steps }: Migration): Promise<void> => {
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
    await run(client, sql, [schema, step, sha256]);
  }
};

const run = async (client: Client, sql: string, record: [schema: string, step: number, sha256: string]): Promise<void> => {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migration.steps (schema, step, sha256) values ($1, $2, $3)', record);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Step ${record[1]} of schema ${record[0]} failed: ${(error as Error).message}`, { cause: error });
  }
};
