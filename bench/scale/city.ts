import { Commands, SYSTEM_ROLE } from '#libs/commands';
import { openPool } from '#libs/database';
import { openDocuments } from '#libs/documents';
import { postgresLog } from '#libs/event-log';
import { createHttpApp } from '#libs/http';
import { derivedId } from '#libs/kernel';
import { LinkSignIn, RegisteredSignIns } from '#libs/organisation';
import { municipalities, registrations, sampleId } from '#libs/samples';
import { readSettings } from '#libs/settings';
import { about } from '../../apps/api/src/about.js';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { footing, wallClock } from '../../apps/api/src/footing.js';
import type { Ground } from '../../apps/api/src/ground.module.js';
import { keeping, openErasures, openKeyring } from '../../apps/api/src/stores.js';
import type { Issuer } from './issuer.js';
import { environment, type Place } from './place.js';

const UNHEARD = { requests: {}, uploads: {}, people: {}, identities: {} } as Pick<Ground, 'requests' | 'uploads' | 'people' | 'identities'>;

/** Whose orders are sent. */
const OFFICER = 'norra-innerstaden-officer';

/** Registers a municipality, and links the sign-in of one of its case officers. */
export const registerCity = async (place: Place, { issuer, subject }: Issuer): Promise<void> => {
  await using stack = new AsyncDisposableStack();
  const keep = keeping(stack);
  const settings = readSettings(environment(place, place.worker), []);
  const pool = keep(openPool(place.worker, { max: 4, name: 'bench' }), (one) => one.end());
  const log = keep(await postgresLog({ url: place.worker }), (one) => one.close());
  const keyring = await openKeyring(place.keyFile, pool, { create: false });
  const stand = footing({ pool, log, keyring, erasures: await openErasures(settings.erasureLedger, pool), clock: wallClock });
  const ground = {
    ...stand,
    ...UNHEARD,
    documents: await openDocuments(settings.documentsUrl ?? ''),
    signIns: new RegisteredSignIns(pool, stand.executor, keyring),
  };
  const app = keep(await createHttpApp(ApiModule.on(ground), { about, logLevel: 'silent', hears: 'operators' }), (one) => one.close());
  const commands = app.get(Commands);
  const [city] = municipalities;
  if (!city) throw new Error('There is no sample municipality.');
  const link = Object.assign(new LinkSignIn(), { person: sampleId('person', OFFICER), issuer, subject });
  for (const [index, command] of [...registrations(city), link].entries()) {
    const commandId = derivedId('bench', index);
    const by = { actor: 'samples', role: SYSTEM_ROLE, unit: sampleId('unit', city.units[0]?.key ?? '') };
    await commands.send(command, { tenant: city.tenant, by, commandId, corr: commandId.replaceAll('-', ''), now: wallClock.now() });
  }
};
