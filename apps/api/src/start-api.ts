import { KeptDocuments, openDocuments } from '#libs/documents';
import { createHttpApp, discoverProvider, drain, OpenIdIdentity, Requests, type Rates } from '#libs/http';
import type { Clock } from '#libs/kernel';
import { RegisteredPeople, RegisteredSignIns } from '#libs/organisation';
import type { Settings } from '#libs/settings';
import { about } from './about.js';
import { ApiModule } from './api.module.js';
import { footing, wallClock } from './footing.js';
import { listen } from './listen.js';
import { observeApi } from './observe-api.js';
import { openTracing } from './open-tracing.js';
import type { Running, Surroundings } from './process/run-main.js';
import { keeping, openDatabaseElsewhere, openErasures, openIdSettings, openKeyring, openLog, serverSettings, type Role } from './stores.js';
import { watchLog } from './watch-log.js';

/** A proxy in front asks every two seconds or so whether to send more; together with all else it must be over within ten. */
const DRAINING = { acceptMs: 3_000, quietMs: 2_000, finishMs: 3_500 };

export interface ApiOptions {
  /** How many requests a minute; what is usual where left out. */
  readonly rates?: Rates;
  /** The wall clock where left out. Only the crash test has another, which all its processes share. */
  readonly clock?: Clock;
}

/**
 * Starts one of any number of processes that serve people over HTTP. Nothing is decided by who else runs.
 * @throws an error whose message is one line wherever it is known what to mend; whatever had been started has been stopped by then
 */
export const startApi = async (settings: Settings, { lost }: Pick<Surroundings, 'lost'>, { rates, clock = wallClock }: ApiOptions = {}): Promise<Running> => {
  await using started = new AsyncDisposableStack();
  const keep = keeping(started);
  await openTracing(keep, settings, 'uppsikt-api');
  const { databaseUrl, documentsUrl } = serverSettings(settings);
  const { issuer, audience } = openIdSettings(settings);
  const provider = await discoverProvider(issuer);
  const role: Role = { url: databaseUrl, name: 'uppsikt api' };
  const pool = await openDatabaseElsewhere(keep, role);
  const documents = await openDocuments(documentsUrl);
  const keyring = await openKeyring(settings.keyFile, pool, { create: false });
  const erasures = await openErasures(settings.erasureLedger, pool);
  const log = await openLog(keep, settings, role, pool);
  watchLog(keep, log, lost);
  const stand = footing({ pool, log, keyring, erasures, clock });
  const signIns = new RegisteredSignIns(pool, stand.executor, keyring);
  const ground = {
    ...stand,
    requests: keep(await Requests.open(databaseUrl), (one) => one.close()),
    documents,
    uploads: new KeptDocuments(documents, settings.documentMaxBytes),
    people: new RegisteredPeople(pool, stand.executor),
    signIns,
    identities: new OpenIdIdentity(provider, audience, signIns, clock),
  };
  const { logLevel, trustProxy } = settings;
  const app = keep(await createHttpApp(ApiModule.on(ground), { about, logLevel, trustProxy, ...(rates && { rates }) }), (one) => one.close());
  observeApi(app, stand);
  const address = await listen(app, settings);
  const all = started.move();
  return { says: `Uppsikt api: ${address}/api/docs`, stop: () => drain(app, DRAINING).then(() => all.disposeAsync()) };
};
