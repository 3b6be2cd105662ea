import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Commands, Rehearsal, SYSTEM_ROLE, type Context } from '#libs/commands';
import { createHttpApp, type SignIns } from '#libs/http';
import { randomId, Refusal } from '#libs/kernel';
import { RegisteredSignIns } from '#libs/organisation';
import { readSettings, SettingsError } from '#libs/settings';
import type { Keyring } from '#libs/vault';
import { ViewsBehind } from '#libs/views';
import { about } from '../../api/src/about.js';
import { ApiModule } from '../../api/src/api.module.js';
import { footing, wallClock, type Footing } from '../../api/src/footing.js';
import type { Ground } from '../../api/src/ground.module.js';
import { keeping, openDatabaseElsewhere, openErasures, openKeyring, openLog, type Role } from '../../api/src/stores.js';
import { FileRefused, parseMunicipality, type FileFault, type MunicipalityFile } from './municipality-file.js';
import { idsOf, KINDS, stepsOf, type RegistrationStep } from './municipality-steps.js';

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `uppsikt register-municipality`: a municipality with its units and people, of whom the first administrator lets others in. */
export const registerMunicipality = (program: Command): void =>
  void program
    .command('register-municipality <file>')
    .description('registers a municipality from a file: its units, people, roles and first sign-ins (settings of the worker); again changes nothing')
    .option('--dry-run', 'only tells what would be recorded')
    .option('--json', 'tells it as JSON')
    .action(async (path: string, { dryRun = false, json = false }: Options) => {
      const counts = await registerFrom(path, { env: process.env, dryRun });
      process.stdout.write(`${json ? JSON.stringify(counts) : sentenceOf(counts)}\n`);
    });

/** What came of it. */
export interface Counts {
  readonly tenant: string;
  readonly name: string;
  readonly dryRun: boolean;
  /** How many of each kind are recorded by this run. */
  readonly recorded: Readonly<Record<(typeof KINDS)[number], number>>;
}

const sentenceOf = ({ name, tenant, dryRun, recorded }: Counts): string => {
  const told = KINDS.filter((kind) => recorded[kind] > 0).map((kind) => `${kind === 'signIns' ? 'sign-ins' : kind} ${recorded[kind]}`);
  const what = told.length === 0 ? 'everything was there already' : `${dryRun ? 'would be recorded' : 'recorded'}: ${told.join(', ')}`;
  return `${name} (${tenant}): ${what}.`;
};

/**
 * Registers what the file asks for and is not there yet: all of it or, where anything would be refused, nothing.
 * @throws FileRefused, and whatever stops a process from starting with these settings
 */
export const registerFrom = async (
  path: string,
  { env, dryRun }: { readonly env: Readonly<Record<string, string | undefined>>; readonly dryRun: boolean },
): Promise<Counts> => {
  const settings = readSettings(env, []);
  const { databaseUrl } = settings;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new FileRefused(path, [{ at: '', why: `It cannot be read (${error.code}).` }]);
  });
  const file = parseMunicipality(path, text, settings.openId?.issuer);
  if (databaseUrl === undefined)
    throw new SettingsError('DATABASE_URL must be the address for the role uppsikt_worker. npm start registers its sample municipalities by itself.');

  await using opened = new AsyncDisposableStack();
  const keep = keeping(opened);
  const role: Role = { url: databaseUrl, name: 'uppsikt worker' };
  const pool = await openDatabaseElsewhere(keep, role);
  const keyring = await openKeyring(settings.keyFile, pool, { create: false });
  const erasures = await openErasures(settings.erasureLedger, pool);
  const log = await openLog(keep, settings, role, pool);
  const stand = footing({ pool, log, keyring, erasures, clock: wallClock });
  const signIns = new RegisteredSignIns(pool, stand.executor, keyring);
  try {
    const steps = await stepsOf(file, stand.executor.reads(file.tenant), keyring, signIns);
    const context = contextOf(file, keyring);
    const { faults, events } = await rehearsed(steps, file.tenant, stand, signIns, context);
    if (faults.length > 0) throw new FileRefused(path, faults);
    if (dryRun) return counted(file, true, events);
    const app = keep(await createHttpApp(ApiModule.on({ ...UNASKED, ...stand, signIns }), { about, logLevel: 'silent' }), (one) => one.close());
    return counted(file, false, await sent(steps, app.get(Commands), stand, context));
  } catch (error) {
    if (!(error instanceof ViewsBehind)) throw error;
    throw new Error('The views of this release are not built yet. Start a worker, wait until its /health/ready answers 200, and run this again.', {
      cause: error,
    });
  }
};

/** What only requests of people need. */
const UNASKED = { requests: {}, uploads: {}, documents: {}, people: {}, identities: {} } as Pick<
  Ground,
  'requests' | 'uploads' | 'documents' | 'people' | 'identities'
>;

type StepContext = (commandId: string) => Context;

const contextOf = ({ tenant, units }: MunicipalityFile, keyring: Keyring): StepContext => {
  const by = { actor: 'register-municipality', role: SYSTEM_ROLE, unit: idsOf(tenant, keyring).unit(units[0]?.key ?? '') };
  const corr = randomId().replaceAll('-', '');
  return (commandId) => ({ tenant, by, commandId, corr, now: wallClock.now() });
};

/** Decides everything before anything is recorded, so that a file that is wrong somewhere changes nothing. */
const rehearsed = async (
  steps: readonly RegistrationStep[],
  tenant: string,
  { executor }: Footing,
  signIns: SignIns,
  context: StepContext,
): Promise<{ readonly faults: readonly FileFault[]; readonly events: readonly RegistrationStep[] }> => {
  const rehearsal = new Rehearsal(executor.reads(tenant), context(randomId()));
  const [faults, events]: [FileFault[], RegistrationStep[]] = [[], []];
  for (const step of steps) {
    const { at, command, signIn } = step;
    if (signIn) {
      const found = await signIns.find(signIn.name);
      if (found) faults.push({ at, why: `The sign-in belongs to another person${found.tenant === tenant ? '' : ' of another municipality'} already.` });
      else events.push(step);
      continue;
    }
    try {
      if ((await rehearsal.send(command)).length > 0) events.push(step);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      faults.push({ at, why: `${error.text.en} (${error.code})` });
    }
  }
  return { faults, events };
};

/** @returns the steps that recorded something */
const sent = async (steps: readonly RegistrationStep[], commands: Commands, { log }: Footing, context: StepContext): Promise<readonly RegistrationStep[]> => {
  const before = await log.head();
  const recorded: RegistrationStep[] = [];
  for (const step of steps) {
    const { position } = await commands.send(step.command, context(step.commandId));
    if (position > before) recorded.push(step);
  }
  return recorded;
};

const counted = ({ tenant, name }: MunicipalityFile, dryRun: boolean, steps: readonly RegistrationStep[]): Counts => {
  const counts = KINDS.map((kind) => [kind, steps.filter((step) => step.kind === kind).length] as const);
  return { tenant, name, dryRun, recorded: Object.fromEntries(counts) as Counts['recorded'] };
};
