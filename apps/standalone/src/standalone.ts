import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { registry, views as allViews } from '#libs/catalogue';
import { Commands, Executor, Streams } from '#libs/commands';
import { checkDurability, migrate, openPool, prepareDatabase } from '#libs/database';
import { KeptDocuments, openDocuments } from '#libs/documents';
import { logMigrations, postgresLog, START, type EventLog } from '#libs/event-log';
import { CaughtUp, createHttpApp, Requests, requestsMigration, type Rates } from '#libs/http';
import { isEarlier, laterOf, type Instant } from '#libs/kernel';
import { folderTransport, smtpTransport } from '#libs/notifications';
import { Colleagues, RegisteredPeople } from '#libs/organisation';
import { SettingsError, type Settings } from '#libs/settings';
import { migrateQueue } from '#libs/timers';
import { TrailMoments } from '#libs/trail';
import { KeyFileError, PostgresVault, readKeyFile, Vault, vaultMigrations, type Keyring } from '#libs/vault';
import { Arrivals, endLeases, Views, ViewsBehind } from '#libs/views';
import { about } from '../../api/src/about.js';
import { ApiModule } from '../../api/src/api.module.js';
import { Worker } from '../../worker/src/worker.js';
import { TestClock } from './dev/clock.controller.js';
import { DevModule } from './dev/dev.module.js';
import { observe } from './observe.js';
import { startPostgres } from './postgres.js';
import { loadSamples, SAMPLES_BEGIN, wantsSamples } from './samples.js';
import { StandaloneClock } from './standalone-clock.js';

/** A running instance of the embedded profile: database, API and worker in one process. */
export interface Standalone {
  readonly address: string;
  /** Finishes what is under way, then stops everything, the database last. */
  stop(): Promise<void>;
}

export interface StandaloneOptions {
  /** How many requests a minute; what is usual where left out. */
  readonly rates?: Rates;
  /** Told what an operator should know, a line at a time. */
  readonly say: (line: string) => void;
  /** Told when the database is lost under the running instance. */
  readonly lost: (why: Error) => void;
  /** Aborted when it is to end although it does not serve yet. */
  readonly signal?: AbortSignal;
  /**
   * Puts another log in the place of the one that commands are decided and recorded on. Only the crash test does: its controls put a
   * faulty one there. It is closed when the instance stops, before its own.
   */
  readonly anotherLog?: (log: EventLog, url: string) => Promise<EventLog>;
}

/** How far ahead of the database's clock an entry may be recorded on the real clock. */
const MAX_AHEAD_MS = 5_000;

/**
 * Starts the embedded profile in one process.
 * @throws an error whose message is one line wherever it is known what to mend; whatever had been started has been stopped by then
 */
export const startStandalone = async (
  settings: Settings,
  { say, lost, rates, anotherLog, signal = new AbortController().signal }: StandaloneOptions,
): Promise<Standalone> => {
  await using started = new AsyncDisposableStack();
  const opened = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => started.adopt(thing, async (one) => void (await close(one)));
  const pool = (url: string, name: string) => opened(openPool(url, { max: 8, name }), (one) => one.end());
  const logOf = async (url: string, name: string) =>
    opened(await postgresLog({ url, name, ...(settings.testClock === undefined && { maxAheadMs: MAX_AHEAD_MS }) }), (one) => one.close());

  const postgres = opened(await startPostgres(settings.data, { onLost: lost }), (one) => one.stop());
  const documents = await openDocuments(settings.documentsUrl ?? pathToFileURL(resolve(settings.data, 'documents')).href);
  const urls = await prepareDatabase(postgres.superuserUrl);
  await migrate(urls.owner, [vaultMigrations, logMigrations, requestsMigration]);
  await migrateQueue(urls.owner);
  const [apiPool, workerPool] = [pool(urls.api, 'uppsikt api'), pool(urls.worker, 'uppsikt worker')];
  await checkDurability(apiPool);
  const ownLog = await logOf(urls.api, 'uppsikt api');
  const log = anotherLog ? opened(await anotherLog(ownLog, urls.api), (one) => one.close()) : ownLog;
  const wholeLog = await logOf(urls.worker, 'uppsikt worker');
  const store = new PostgresVault(apiPool);
  const vault = new Vault(store, await keyringOf(settings.keyFile, store, wholeLog));

  const hasSamplesToLoad = await wantsSamples(settings.data, wholeLog);
  const clock = await clockFor(settings.testClock, hasSamplesToLoad, wholeLog);
  await endLeases(workerPool); // the server is newly started: nobody else can hold one
  const requests = opened(await Requests.open(urls.api), (one) => one.close());
  await requests.endClaims();
  const arrivals = new Arrivals(workerPool);
  const views = new Views({ pool: apiPool, log, views: allViews, arrivals });
  const moments = new TrailMoments(log, views, allViews);
  const executor = new Executor(log, vault, registry);
  const people = new RegisteredPeople(workerPool, executor);
  const ground = {
    clock,
    log,
    vault,
    views,
    caughtUp: new ViewsCaughtUp(views),
    executor,
    streams: new Streams(log, registry, moments),
    moments,
    requests,
    documents,
    uploads: new KeptDocuments(documents, settings.documentMaxBytes),
    people,
  };
  const testClock = new SteppedByHand(clock, settings.testClock !== undefined);
  const app = opened(
    await createHttpApp(DevModule.beside(ApiModule.on(ground), testClock, people), { about, logLevel: settings.logLevel, ...(rates && { rates }) }),
    (one) => one.close(),
  );
  const { smtpUrl, data, mailFrom, baseUrl } = settings;
  const folder = folderTransport(join(data, 'outbox'));
  const smtp = smtpUrl === undefined ? undefined : smtpTransport(smtpUrl);
  let areSamplesLoading = hasSamplesToLoad;
  const worker = opened(
    new Worker({
      ...ground,
      pool: workerPool,
      url: urls.worker,
      log: wholeLog,
      arrivals,
      commands: app.get(Commands),
      colleagues: app.get(Colleagues),
      // The reminders of samples go to the folder alone, whatever is set.
      transport: { send: (mail) => (smtp === undefined || areSamplesLoading ? folder : smtp).send(mail) },
      mailFrom,
      baseUrl,
      say,
    }),
    (one) => one.stop(),
  );
  testClock.worker = worker;
  observe(app, { log, views, worker });
  await worker.start();
  await worker.built(signal);
  await worker.settle();

  if (hasSamplesToLoad) {
    say('Loading the sample municipalities …');
    await loadSamples({ data, clock, worker, app, signal }, settings.testClock === undefined ? StandaloneClock.wall() : undefined);
  }
  if (settings.testClock === undefined) clock.release();
  areSamplesLoading = false;
  worker.startDuties();
  await app.getHttpAdapter().getInstance().listen({ port: settings.port, host: '127.0.0.1' }); // Nest's own also logs what is thrown here
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

/**
 * Nothing is recorded before what was recorded already: samples that an earlier start was broken off in go on from there.
 * @throws SettingsError for a test clock that stands before the log's last entry
 */
const clockFor = async (testClock: Instant | undefined, hasSamplesToLoad: boolean, log: EventLog): Promise<StandaloneClock> => {
  const { entries } = await log.readAll({ direction: 'backwards', max: 1 });
  const last = entries[0]?.entry.at;
  if (testClock !== undefined && last !== undefined && isEarlier(testClock, last)) {
    throw new SettingsError(`The last entry of this log was recorded at ${last}; --test-clock must not lie before it.`);
  }
  return new StandaloneClock(testClock ?? (hasSamplesToLoad ? laterOf(last ?? SAMPLES_BEGIN, SAMPLES_BEGIN) : undefined));
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

/** The clock in the hands of whoever tries things out. */
class SteppedByHand extends TestClock {
  worker: Worker | undefined;

  constructor(
    private readonly clock: StandaloneClock,
    override readonly steppable: boolean,
  ) {
    super();
  }

  override now(): Instant {
    return this.clock.now();
  }

  override async step(to: Instant, down: boolean): Promise<void> {
    await this.worker?.step(this.clock, to, { down });
  }
}
