import { Commands, SYSTEM_ROLE } from '#libs/commands';
import { openPool } from '#libs/database';
import { openDocuments } from '#libs/documents';
import { createHttpApp } from '#libs/http';
import { derivedId, type Clock } from '#libs/kernel';
import { LinkSignIn, RegisteredSignIns } from '#libs/organisation';
import { municipalities, registrations, sampleId } from '#libs/samples';
import { readSettings } from '#libs/settings';
import { about } from '../../../api/src/about.js';
import { ApiModule } from '../../../api/src/api.module.js';
import { footing, wallClock } from '../../../api/src/footing.js';
import type { Ground } from '../../../api/src/ground.module.js';
import { keeping, openKeyring, openLog } from '../../../api/src/stores.js';
import type { Place } from './place.js';

const UNHEARD = { requests: {}, uploads: {}, people: {}, identities: {} } as Pick<Ground, 'requests' | 'uploads' | 'people' | 'identities'>;

/**
 * Registers the sample municipalities, and links the sign-ins of some of their people: each is called by the provider what the samples call it.
 * @param then what else is to be done by commands, at the time of that clock
 */
export const registerCities = async (
  place: Place,
  signedIn: readonly string[],
  clock: Clock = wallClock,
  then: (commands: Commands) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> => {
  await using stack = new AsyncDisposableStack();
  const keep = keeping(stack);
  const { worker } = place.addresses;
  const settings = readSettings(place.environment('worker'), []);
  const pool = keep(openPool(worker, { max: 4, name: 'spec' }), (one) => one.end());
  const log = await openLog(keep, settings, { url: worker, name: 'uppsikt worker' }, pool);
  const keyring = await openKeyring(settings.keyFile, pool, { create: false });
  const stand = footing({ pool, log, keyring, erasures: undefined, clock });
  const documents = await openDocuments(settings.documentsUrl ?? '');
  const ground = { ...stand, ...UNHEARD, documents, signIns: new RegisteredSignIns(pool, stand.executor, keyring) };
  const app = keep(await createHttpApp(ApiModule.on(ground), { about, logLevel: 'silent', hears: 'operators' }), (one) => one.close());
  const commands = app.get(Commands);
  for (const city of municipalities) {
    const people = city.people.filter(({ key }) => signedIn.includes(key));
    const links = people.map(({ key: subject }) => Object.assign(new LinkSignIn(), { person: sampleId('person', subject), issuer: place.issuer, subject }));
    for (const [index, command] of [...registrations(city), ...links].entries()) {
      const commandId = derivedId('city', city.tenant, index);
      const by = { actor: 'samples', role: SYSTEM_ROLE, unit: sampleId('unit', city.units[0]?.key ?? '') };
      await commands.send(command, { tenant: city.tenant, by, commandId, corr: commandId.replaceAll('-', ''), now: clock.now() });
    }
  }
  await then(commands);
};
