import { randomBytes } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { EventLog, Position } from '#libs/event-log';
import type { EventRegistry } from '#libs/kernel';
import { buildBeside, compareViews, openPoolElsewhere, type Compared, type View } from '#libs/views';
import type { Checked } from './checked.js';
import { Findings } from './findings.js';
import { BackupRefused } from './refused.js';
import type { Progress } from './sources.js';

/** What views are built from, and whose sessions build them. */
export interface ViewsGround {
  readonly owner: ClientBase;
  readonly worker: Pool;
  /** Of the role `uppsikt_worker`. */
  readonly workerUrl: string;
  readonly log: EventLog;
  readonly registry: EventRegistry;
  readonly views: readonly View[];
}

/** Any constant will do; it only has to be the same for every release. */
const LOCK = 8_116;
const PREFIX = 'uppsikt_doctor_';

/**
 * Builds every view anew from the log, in a schema of its own, and does something with it while it is there. What is in use is not touched.
 * @param work is given a pool for which the views lie in that schema
 * @throws BackupRefused where another doctor is at work
 */
export const beside = async <T>(ground: ViewsGround, work: (elsewhere: Pool, schema: string) => Promise<T>): Promise<T> => {
  const { owner, workerUrl } = ground;
  const { rows } = await owner.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK]);
  if (!rows[0]?.mine) throw new BackupRefused('Another doctor looks at this database; wait until it is done.');
  const schema = PREFIX + randomBytes(4).toString('hex');
  const pool = openPoolElsewhere(schema, workerUrl, { max: 2, name: 'uppsikt doctor' });
  try {
    await sweep(owner); // what a doctor left that was killed
    await owner.query(`create schema ${schema}; grant usage, create on schema ${schema} to uppsikt_worker`);
    return await work(pool, schema);
  } finally {
    await pool.end();
    await sweep(owner);
    await owner.query('select pg_advisory_unlock($1)', [LOCK]);
  }
};

const sweep = async (owner: ClientBase): Promise<void> => {
  const { rows } = await owner.query<{ name: string }>('select nspname as name from pg_namespace where starts_with(nspname, $1)', [PREFIX]);
  for (const { name } of rows) await owner.query(`drop schema ${name} cascade`);
};

/** Holds every view in use against the same view built anew, row by row, versions included. */
export const checkViews = async (
  { worker, log, registry, views }: ViewsGround,
  { pool, schema }: { readonly pool: Pool; readonly schema: string },
  upTo: Position,
  signal: AbortSignal,
  progress: Progress,
): Promise<Checked> => {
  const deviations = new Findings();
  const built = await buildBeside({ pool, log, registry, views, upTo, signal, progress: (position) => progress(`views: position ${position} of ${upTo}`) });
  for (const { view, quarantined, halted } of built) {
    for (const row of quarantined) deviations.add(`The view ${view.table} cannot fold ${row}`);
    if (halted !== undefined) deviations.add(`The view ${view.table} stands still: ${halted}`);
  }
  const compared: Compared[] = [];
  for (const { view } of built) {
    compared.push(await compareViews(worker, view, schema, log.id, upTo));
    progress(`views: ${compared.length} of ${views.length} compared`);
  }
  const of = (outcome: Compared['outcome']) => compared.filter((one) => one.outcome === outcome);
  for (const { table, rows, different, named } of of('different'))
    deviations.add(`The view ${table} differs from its rebuild in ${different} of ${rows} rows: ${named.join('; ')}.`);
  const rows = compared.reduce((sum, one) => sum + one.rows, 0);
  const [equal, absent, other] = [of('equal').length, of('absent').length, of('other').length];
  const behind = compared.filter((one) => (one.outcome === 'equal' || one.outcome === 'different') && one.upTo < upTo).length;
  return {
    name: 'views',
    counted: `${built.length} views were built anew; ${equal} of ${built.length - absent - other} in use are equal to that, in ${rows} rows with their versions`,
    numbers: { views: built.length, equal, different: of('different').length, absent, other, behind, rows },
    deviations,
    notes: [
      ...(absent > 0 ? [`${absent} views are not there yet: a worker builds them when it is next started.`] : []),
      ...(other > 0 ? [`${other} views were built by another release or from another log, and are built anew by a worker of this one.`] : []),
      ...(behind > 0 ? [`${behind} views had not come to the end of the log, and were compared as far as they had.`] : []),
    ],
  };
};
