import { join } from 'node:path';
import { Logger } from 'nestjs-pino';
import { Commands } from '#libs/commands';
import { openDocuments } from '#libs/documents';
import { createHttpApp, Health } from '#libs/http';
import type { Clock } from '#libs/kernel';
import { folderTransport, smtpTransport } from '#libs/notifications';
import { Colleagues } from '#libs/organisation';
import type { Settings } from '#libs/settings';
import { about } from '../../api/src/about.js';
import { ApiModule } from '../../api/src/api.module.js';
import { footing, wallClock } from '../../api/src/footing.js';
import type { Ground } from '../../api/src/ground.module.js';
import { listen } from '../../api/src/listen.js';
import { observeApi } from '../../api/src/observe-api.js';
import { openTracing } from '../../api/src/open-tracing.js';
import type { Running, Surroundings } from '../../api/src/process/run-main.js';
import { keeping, openDatabaseElsewhere, openErasures, openKeyring, openLog, serverSettings, type Role } from '../../api/src/stores.js';
import { watchLog } from '../../api/src/watch-log.js';
import { observeWorker } from './observe-worker.js';
import { Worker, type TimersPace } from './worker.js';

/** What only requests of people need: a worker hears none. */
const UNHEARD = { requests: {}, uploads: {}, people: {}, signIns: {}, identities: {} } as Pick<
  Ground,
  'requests' | 'uploads' | 'people' | 'signIns' | 'identities'
>;

export interface WorkerOptions {
  /** The wall clock where left out. Only the crash test has another, which all its processes share. */
  readonly clock?: Clock;
  /** How often the timers look. */
  readonly timers?: TimersPace;
}

/**
 * Starts one of any number of processes that follow the log: each does what no other one holds the lease of.
 * It serves health and metrics, and nothing else.
 * @throws an error whose message is one line wherever it is known what to mend; whatever had been started has been stopped by then
 */
export const startWorker = async (
  settings: Settings,
  { lost }: Pick<Surroundings, 'lost'>,
  { clock = wallClock, timers }: WorkerOptions = {},
): Promise<Running> => {
  await using started = new AsyncDisposableStack();
  const keep = keeping(started);
  await openTracing(keep, settings, 'uppsikt-worker');
  const { databaseUrl, documentsUrl } = serverSettings(settings);
  const role: Role = { url: databaseUrl, name: 'uppsikt worker' };
  const pool = await openDatabaseElsewhere(keep, role);
  const documents = await openDocuments(documentsUrl);
  const keyring = await openKeyring(settings.keyFile, pool, { create: false });
  const erasures = await openErasures(settings.erasureLedger, pool);
  const log = await openLog(keep, settings, role, pool);
  const isFit = watchLog(keep, log, lost);
  const stand = footing({ pool, log, keyring, erasures, clock });
  const { logLevel, mailFrom, baseUrl, smtpUrl, data } = settings;
  const app = keep(await createHttpApp(ApiModule.on({ ...stand, ...UNHEARD, documents }), { about, logLevel, hears: 'operators' }), (one) => one.close());
  const logger = app.get(Logger);
  const worker = keep(
    new Worker({
      ...stand,
      pool,
      url: databaseUrl,
      redisUrl: settings.redisUrl,
      commands: app.get(Commands),
      colleagues: app.get(Colleagues),
      transport: smtpUrl === undefined ? folderTransport(join(data, 'outbox')) : smtpTransport(smtpUrl),
      mailFrom,
      baseUrl,
      say: (line) => logger.warn(line),
      isFit,
      ...(timers && { timers }),
    }),
    (one) => one.stop(),
  );
  observeApi(app, stand);
  observeWorker(app, worker);
  await worker.start();
  worker.startDuties();
  const address = await listen(app, settings);
  const all = started.move();
  const stop = () => {
    app.get(Health).end();
    return all.disposeAsync();
  };
  return { says: `Uppsikt worker: ${address}/health/ready`, stop };
};
