import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Commands } from '#libs/commands';
import { migrate, prepareDatabase } from '#libs/database';
import { KeptDocuments, openDocuments } from '#libs/documents';
import { Growth, lastEntry, START, type EventLog } from '#libs/event-log';
import { createHttpApp, DevelopmentIdentity, drain, Requests, type Rates } from '#libs/http';
import { isEarlier, laterOf, type Instant } from '#libs/kernel';
import { folderTransport, smtpTransport } from '#libs/notifications';
import { Colleagues, Everyone, RegisteredPeople, RegisteredSignIns } from '#libs/organisation';
import { SettingsError, type Settings } from '#libs/settings';
import { migrateQueue } from '#libs/timers';
import { Arrivals, endLeases } from '#libs/views';
import { about } from '../../api/src/about.js';
import { ApiModule } from '../../api/src/api.module.js';
import { footing } from '../../api/src/footing.js';
import { listen } from '../../api/src/listen.js';
import { observeApi } from '../../api/src/observe-api.js';
import { openTracing } from '../../api/src/open-tracing.js';
import { keeping, migrations, openDatabase, openErasures, openKeyring, openLog, type Role } from '../../api/src/stores.js';
import { watchLog } from '../../api/src/watch-log.js';
import { observeWorker } from '../../worker/src/observe-worker.js';
import { Worker } from '../../worker/src/worker.js';
import { TestClock } from './dev/clock.controller.js';
import { DevModule } from './dev/dev.module.js';
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

/**
 * Starts the embedded profile in one process.
 * @throws an error whose message is one line wherever it is known what to mend; whatever had been started has been stopped by then
 */
export const startStandalone = async (
  settings: Settings,
  { say, lost, rates, anotherLog, signal = new AbortController().signal }: StandaloneOptions,
): Promise<Standalone> => {
  if (settings.databaseUrl !== undefined)
    throw new SettingsError('npm start brings a database of its own. For the one that DATABASE_URL names, start the processes api and worker instead.');
  await using started = new AsyncDisposableStack();
  const keep = keeping(started);
  await openTracing(keep, settings, 'uppsikt');
  const postgres = keep(await startPostgres(settings.data, { onLost: lost }), (one) => one.stop());
  const documents = await openDocuments(settings.documentsUrl ?? pathToFileURL(resolve(settings.data, 'documents')).href);
  const urls = await prepareDatabase(postgres.superuserUrl);
  await migrate(urls.owner, migrations);
  await migrateQueue(urls.owner);
  const [asApi, asWorker]: readonly [Role, Role] = [
    { url: urls.api, name: 'uppsikt api' },
    { url: urls.worker, name: 'uppsikt worker' },
  ];
  const [apiPool, workerPool] = [await openDatabase(keep, asApi), await openDatabase(keep, asWorker)];
  const growth = new Growth();
  const ownLog = await openLog(keep, settings, asApi, apiPool, growth);
  const log = anotherLog ? keep(await anotherLog(ownLog, urls.api), (one) => one.close()) : ownLog;
  const wholeLog = await openLog(keep, settings, asWorker, workerPool, growth);
  watchLog(keep, wholeLog, lost);
  const keyring = await openKeyring(settings.keyFile, apiPool, { create: (await wholeLog.head()) === START });
  const erasures = await openErasures(settings.erasureLedger, apiPool);

  const hasSamplesToLoad = await wantsSamples(settings.data, wholeLog);
  const clock = await clockFor(settings.testClock, hasSamplesToLoad, wholeLog);
  await endLeases(workerPool); // the server is newly started: nobody else can hold one
  const requests = keep(await Requests.open(urls.api), (one) => one.close());
  await requests.endClaims();
  const arrivals = new Arrivals(workerPool, wholeLog.id);
  const stand = footing({ pool: apiPool, log, keyring, erasures, clock, arrivals });
  const people = new RegisteredPeople(apiPool, stand.executor);
  const ground = {
    ...stand,
    requests,
    documents,
    uploads: new KeptDocuments(documents, settings.documentMaxBytes),
    people,
    signIns: new RegisteredSignIns(apiPool, stand.executor, keyring),
    identities: new DevelopmentIdentity(people, clock),
  };
  const testClock = new SteppedByHand(clock, settings.testClock !== undefined);
  const app = keep(
    await createHttpApp(DevModule.beside(ApiModule.on(ground), testClock, new Everyone(workerPool)), {
      about,
      logLevel: settings.logLevel,
      ...(rates && { rates }),
    }),
    (one) => one.close(),
  );
  const { smtpUrl, data, mailFrom, baseUrl } = settings;
  const folder = folderTransport(join(data, 'outbox'));
  const smtp = smtpUrl === undefined ? undefined : smtpTransport(smtpUrl);
  let areSamplesLoading = hasSamplesToLoad;
  const worker = keep(
    new Worker({
      ...ground,
      pool: workerPool,
      url: urls.worker,
      redisUrl: settings.redisUrl,
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
  observeApi(app, stand);
  observeWorker(app, worker);
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
  const address = await listen(app, { host: '127.0.0.1', port: settings.port });
  const all = started.move();
  return { address, stop: () => drain(app).then(() => all.disposeAsync()) };
};

/**
 * Nothing is recorded before what was recorded already: samples that an earlier start was broken off in go on from there.
 * @throws SettingsError for a test clock that stands before the log's last entry
 */
const clockFor = async (testClock: Instant | undefined, hasSamplesToLoad: boolean, log: EventLog): Promise<StandaloneClock> => {
  const last = (await lastEntry(log))?.entry.at;
  if (testClock !== undefined && last !== undefined && isEarlier(testClock, last)) {
    throw new SettingsError(`The last entry of this log was recorded at ${last}; --test-clock must not lie before it.`);
  }
  return new StandaloneClock(testClock ?? (hasSamplesToLoad ? laterOf(last ?? SAMPLES_BEGIN, SAMPLES_BEGIN) : undefined));
};

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
