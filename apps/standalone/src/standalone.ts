import type { AddressInfo } from 'node:net';
import { registry, views as allViews } from '#libs/catalogue';
import { Executor, Streams } from '#libs/commands';
import { checkDurability, migrate, openPool, prepareDatabase } from '#libs/database';
import { logMigrations, postgresLog, START, type EventLog } from '#libs/event-log';
import { CaughtUp, createHttpApp, Requests, requestsMigration } from '#libs/http';
import type { Settings } from '#libs/settings';
import { KeyFileError, PostgresVault, readKeyFile, Vault, vaultMigrations, type Keyring } from '#libs/vault';
import { Arrivals, Views, ViewsBehind } from '#libs/views';
import { about } from '../../api/src/about.js';
import { ApiModule } from '../../api/src/api.module.js';
import { startWorker } from '../../worker/src/worker.js';
import { startPostgres } from './postgres.js';
import { SteppedClock } from './stepped-clock.js';

/** A running instance of the embedded profile: database, API and worker in one process. */
export interface Standalone {
  readonly address: string;
  /** Finishes what is under way, then stops everything, the database last. */
  stop(): Promise<void>;
}

export interface StandaloneOptions {
  /** Told what an operator should know, a line at a time. */
  readonly say: (line: string) => void;
  /** Told when the database is lost under the running instance. */
  readonly lost: (why: Error) => void;
}

/** How far ahead of the database's clock an entry may be recorded on the real clock. */
const MAX_AHEAD_MS = 5_000;

/**
 * Starts the embedded profile in one process.
 * @throws an error whose message is one line wherever it is known what to mend; whatever had been started has been stopped by then
 */
export const startStandalone = async (settings: Settings, { say, lost }: StandaloneOptions): Promise<Standalone> => {
  await using started = new AsyncDisposableStack();
  const opened = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => started.adopt(thing, async (one) => void (await close(one)));
  const pool = (url: string, name: string) => opened(openPool(url, { max: 8, name }), (one) => one.end());
  const logOf = async (url: string, name: string) =>
    opened(await postgresLog({ url, name, ...(settings.testClock === undefined && { maxAheadMs: MAX_AHEAD_MS }) }), (one) => one.close());

  const postgres = opened(await startPostgres(settings.data, { onLost: lost }), (one) => one.stop());
  const urls = await prepareDatabase(postgres.superuserUrl);
  await migrate(urls.owner, [vaultMigrations, logMigrations, requestsMigration]);
  const [apiPool, workerPool] = [pool(urls.api, 'uppsikt api'), pool(urls.worker, 'uppsikt worker')];
  await checkDurability(apiPool);
  const log = await logOf(urls.api, 'uppsikt api');
  const wholeLog = await logOf(urls.worker, 'uppsikt worker');

  const clock = new SteppedClock(settings.testClock);
  const store = new PostgresVault(apiPool);
  const vault = new Vault(store, await keyringOf(settings.keyFile, store, wholeLog));
  const executor = new Executor(log, vault, registry);
  const arrivals = new Arrivals(workerPool);
  const views = new Views({ pool: apiPool, log, views: allViews, arrivals });
  const requests = opened(await Requests.open(urls.api), (one) => one.close());

  const worker = opened(await startWorker({ pool: workerPool, log: wholeLog, arrivals, say }), (one) => one.stop());
  const ground = { clock, log, vault, views, caughtUp: new ViewsCaughtUp(views), executor, streams: new Streams(log, registry, moments), requests, people };
  const app = opened(await createHttpApp(ApiModule.on(ground), { about, logLevel: settings.logLevel }), (one) => one.close());
  await app.listen(settings.port, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const all = started.move();
  return { address: `http://127.0.0.1:${port}`, stop: () => all.disposeAsync() };
};

/** A new key file is made only for a log that nobody has written to: another one would open nothing. */
const keyringOf = async (path: string, store: PostgresVault, log: EventLog): Promise<Keyring> => {
  const keyring = await readKeyFile(path, { create: (await log.head()) === START });
  if (await store.knows(keyring.checkValue)) return keyring;
  throw new KeyFileError(`The key file ${path} is not the one that this data was sealed with. Put the right one there, or set KEY_FILE to where it lies.`);
};

/** How far the views have come, as HTTP asks it. */
class ViewsCaughtUp extends CaughtUp {
  constructor(private readonly views: Views) {
    super();
  }

  override async with(...[position, timeoutMs]: Parameters<CaughtUp['with']>): Promise<boolean> {
    try {
      await this.views.waitFor(position, allViews, { timeoutMs });
      return true;
    } catch (error) {
      if (error instanceof ViewsBehind) return false;
      throw error;
    }
  }
}
