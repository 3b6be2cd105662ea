import { SettingsError } from './settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What `uppsikt prepare` needs: who may make databases and roles, and the passwords that the roles get. */
export interface PrepareSettings {
  /** `ADMIN_DATABASE_URL`: a superuser's address on the server. */
  readonly adminUrl: string;
  /** `UPPSIKT_OWNER_PASSWORD`, `UPPSIKT_WORKER_PASSWORD`, `UPPSIKT_API_PASSWORD`. */
  readonly passwords: { readonly owner: string; readonly worker: string; readonly api: string };
  /** `ADMIN_EVENTSTORE_URL`, an administrator's address, and `EVENTSTORE_URL`, whose user is made there; not where `EVENT_LOG` is postgres. */
  readonly eventStore: { readonly adminUrl: string; readonly url: string } | undefined;
}

/** A password that somebody made up is no password of a machine. */
const PASSWORD_MIN = 16;

/**
 * Reads what `uppsikt prepare` needs.
 * @throws SettingsError naming the one that is wrong
 */
export const readPrepareSettings = (env: Environment): PrepareSettings => ({
  adminUrl: databaseUrl(env, 'ADMIN_DATABASE_URL', "a superuser's: postgres://postgres:password@host:5432/postgres"),
  passwords: {
    owner: password(env, 'UPPSIKT_OWNER_PASSWORD'),
    worker: password(env, 'UPPSIKT_WORKER_PASSWORD'),
    api: password(env, 'UPPSIKT_API_PASSWORD'),
  },
  eventStore: env.EVENT_LOG === 'postgres' ? undefined : eventStoreOf(env.ADMIN_EVENTSTORE_URL || undefined, env.EVENTSTORE_URL || undefined),
});

const eventStoreOf = (adminUrl: string | undefined, url: string | undefined): PrepareSettings['eventStore'] => {
  if (adminUrl === undefined) return undefined;
  if (url === undefined)
    throw new SettingsError('ADMIN_EVENTSTORE_URL is set, and EVENTSTORE_URL is not: it names the user that is to be made, esdb://name:password@host.');
  return { adminUrl, url };
};

/**
 * Reads `MIGRATE_DATABASE_URL`, the address of the role that owns the schemas.
 * @throws SettingsError when it is not set, or is no address
 */
export const readMigrateUrl = (env: Environment): string =>
  databaseUrl(env, 'MIGRATE_DATABASE_URL', "the owner's: postgres://uppsikt_owner:password@host:5432/uppsikt");

/** What `uppsikt copy-log` needs. */
export interface CopyLogSettings {
  /** `MIGRATE_DATABASE_URL` and `DATABASE_URL`: a database elsewhere, as its owner and as the worker; where neither is set, the embedded one. */
  readonly database: KeptDatabase | undefined;
  /** `UPPSIKT_DATA`: the folder of the embedded profile. */
  readonly data: string;
  /** `EVENTSTORE_URL`: `esdb://…`. */
  readonly eventStoreUrl: string;
  /** `EVENTSTORE_LOG_NAME`: which log there, where a server holds several. */
  readonly eventStoreLog: string | undefined;
}

/**
 * Reads what `uppsikt copy-log` needs.
 * @throws SettingsError naming the one that is wrong
 */
export const readCopyLogSettings = (env: Environment): CopyLogSettings => {
  const eventStoreUrl = env.EVENTSTORE_URL ?? '';
  if (eventStoreUrl === '') throw new SettingsError('EVENTSTORE_URL is not set; it must say where the EventStoreDB is: esdb://user:password@host:2113');
  return { database: readKeptDatabase(env), data: env.UPPSIKT_DATA || 'data', eventStoreUrl, eventStoreLog: env.EVENTSTORE_LOG_NAME || undefined };
};

/** A database elsewhere as its owner and as the worker, for those who look after what is kept. */
export interface KeptDatabase {
  /** `MIGRATE_DATABASE_URL`. */
  readonly owner: string;
  /** `DATABASE_URL`. */
  readonly worker: string;
}

/**
 * Reads `MIGRATE_DATABASE_URL` and `DATABASE_URL`.
 * @returns undefined where neither is set: then the embedded one is meant
 * @throws SettingsError naming the one that is wrong
 */
export const readKeptDatabase = (env: Environment): KeptDatabase | undefined =>
  [env.DATABASE_URL, env.MIGRATE_DATABASE_URL].some((one) => one !== undefined && one !== '')
    ? { owner: readMigrateUrl(env), worker: databaseUrl(env, 'DATABASE_URL', "the worker's: postgres://uppsikt_worker:password@host:5432/uppsikt") }
    : undefined;

const databaseUrl = (env: Environment, name: string, example: string): string => {
  const text = env[name] ?? '';
  if (text === '') throw new SettingsError(`${name} is not set; it must be an address, ${example}`);
  if (!['postgres:', 'postgresql:'].includes(URL.parse(text)?.protocol ?? '')) throw new SettingsError(`${name} must be an address, ${example}`); // never the value: it holds a password
  return text;
};

const password = (env: Environment, name: string): string => {
  const text = env[name] ?? '';
  if (text.length < PASSWORD_MIN)
    throw new SettingsError(`${name} must be set, and at least ${PASSWORD_MIN} characters long; node scripts/make-env.mjs makes one.`);
  return text;
};
