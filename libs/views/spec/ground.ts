import type { Pool } from 'pg';
import { openPool, withClient } from '#libs/database';
import { logMigrations, postgresLog, type EventLog, type Page } from '#libs/event-log';
import { preparedDatabase } from '#libs/testing';
import { vaultMigrations } from '#libs/vault';
import { openPoolElsewhere, ViewRunner, Views, type View, type ViewRunnerOptions } from '../src/index.js';
import { registry } from './sample-plans.js';

/** A database with a log, and what runs views on it. */
export interface Ground {
  /** Of the worker's role. */
  readonly url: string;
  readonly worker: Pool;
  readonly api: Pool;
  readonly log: EventLog;
  /** Ends every session on the database, as a server does that is restarted. */
  readonly disconnectAll: () => Promise<void>;
  readonly run: (views: readonly View[], options?: Partial<ViewRunnerOptions>) => Promise<ViewRunner>;
  /** Views as another process reads them. */
  readonly reader: (...views: readonly View[]) => Views;
  /** A schema of its own in which views can be built beside those in use, and a pool that means it by `views.`. */
  readonly aside: () => Promise<{ readonly schema: string; readonly pool: Pool }>;
  /** Stops the runners of one test. */
  readonly stopAll: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const openGround = async (): Promise<Ground> => {
  const database = await preparedDatabase([vaultMigrations, logMigrations]);
  const worker = openPool(database.worker, { max: 8, name: 'spec worker' });
  const api = openPool(database.api, { max: 4, name: 'spec api' });
  const log = await postgresLog({ url: database.worker });
  let runners: ViewRunner[] = [];
  const stopAll = async () => {
    await Promise.all(runners.map((runner) => runner.stop()));
    runners = [];
  };
  return {
    url: database.worker,
    worker,
    api,
    log,
    disconnectAll: database.disconnectAll,
    async run(views, options = {}) {
      const runner = new ViewRunner({ pool: worker, log, registry, views, ...options });
      runners.push(runner);
      await runner.start();
      return runner;
    },
    reader: (...views) => new Views({ pool: api, log, views }),
    aside: async () => {
      const schema = 'aside';
      await withClient(database.owner, 'spec', (client) =>
        client.query(`create schema if not exists ${schema}; grant usage, create on schema ${schema} to uppsikt_worker`),
      );
      return { schema, pool: openPoolElsewhere(schema, database.worker, { max: 2, name: 'spec' }) };
    },
    stopAll,
    async close() {
      await stopAll();
      await log.close();
      await Promise.all([worker.end(), api.end()]);
      await database.drop();
    },
  };
};

/** A log whose pages pass by somebody on their way. */
export const logWith = (log: EventLog, pass: (pages: AsyncIterable<Page>) => AsyncIterable<Page>): EventLog => ({
  id: log.id,
  append: (...args) => log.append(...args),
  readStream: (...args) => log.readStream(...args),
  readAll: (...args) => log.readAll(...args),
  head: () => log.head(),
  subscribe: (options) => pass(log.subscribe(options)),
  assertInUse: () => log.assertInUse(),
  close: () => Promise.resolve(),
});

/** Waits until something is so; the run's own time limit says when it never is. */
export const eventually = async (what: () => Promise<boolean>): Promise<void> => {
  while (!(await what())) await new Promise((later) => setTimeout(later, 10));
};
