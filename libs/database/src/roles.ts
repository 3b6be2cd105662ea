import { createHmac } from 'node:crypto';
import type { Client } from 'pg';
import { withClient } from './client.js';

/** Addresses of one database for its three roles. */
export interface Addresses {
  /** Migrates; owns the log, the vault, what HTTP keeps and the queue. No process keeps it open. */
  readonly owner: string;
  /** Follows the log over all tenants and makes the tables of the views. */
  readonly worker: string;
  /** Serves people: reads views under row-level security, appends and reads one tenant at a time. */
  readonly api: string;
}

const ROLES = ['owner', 'worker', 'api'] as const;
type Role = (typeof ROLES)[number];

export interface Preparation {
  readonly database?: string;
  /** Of each role. Where left out they follow from the superuser's own, so that nothing else need be kept. */
  readonly passwords?: Readonly<Record<Role, string>>;
}

const role = (name: Role) => `uppsikt_${name}`;
/** What holds for every session of the processes: none of them may stand in another's way for long, however it stopped. */
const LIMITS: Readonly<Record<string, string>> = {
  /** No process that stopped half-way may hold the log's lock for longer than this. */
  transaction_timeout: '30s',
  /** Of a process that is paused in the middle of a transaction, others wait for what it holds no longer than this. */
  idle_in_transaction_session_timeout: '10s',
  /** What a killed process still has running is broken off. */
  client_connection_check_interval: '2s',
};
/** Roles belong to the whole server: of two that prepare databases at once, one waits. */
const LOCK = 8_110;
/** Comparing ranges together with plain columns; text without accents; likeness of words. */
const EXTENSIONS = ['btree_gist', 'pg_trgm', 'unaccent'];

/**
 * Makes a database and its roles on a server of which we hold the superuser's address; what is there already is left as it is, but for the
 * passwords, which are set anew. Several may try at once: one does, the others wait.
 * @throws TypeError when no passwords are given and the address holds none: then anybody could work out those that follow from it
 */
export const prepareDatabase = async (superuserUrl: string, { database = 'uppsikt', passwords }: Preparation = {}): Promise<Addresses> => {
  if (!passwords && !new URL(superuserUrl).password)
    throw new TypeError("The superuser's address must hold a password, since those of the other roles follow from it.");
  const secret = (name: Role) => passwords?.[name] ?? derivedPassword(superuserUrl, name);
  await withClient(superuserUrl, 'uppsikt prepare', async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    for (const name of ROLES) await makeRole(client, name, secret(name));
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`);
    await client.query(`alter database ${client.escapeIdentifier(database)} owner to ${role('owner')}`);
    await withClient(address(superuserUrl, { database }), 'uppsikt prepare', async (inside) => {
      for (const extension of EXTENSIONS) await inside.query(`create extension if not exists ${extension}`);
      await inside.query(grants(inside.escapeIdentifier(database)));
    });
  });
  return addressesOf(superuserUrl, database, secret);
};

const addressesOf = (superuserUrl: string, database: string, secret: (name: Role) => string): Addresses => {
  const addressOf = (name: Role) => address(superuserUrl, { database, user: role(name), password: secret(name) });
  return { owner: addressOf('owner'), worker: addressOf('worker'), api: addressOf('api') };
};

const makeRole = async (client: Client, name: Role, secret: string): Promise<void> => {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role(name)]);
  if (!rowCount) await client.query(`create role ${role(name)}`);
  await client.query(`alter role ${role(name)} login nosuperuser nocreatedb nocreaterole noinherit nobypassrls password ${client.escapeLiteral(secret)}`);
  if (name !== 'owner') for (const [limit, value] of Object.entries(LIMITS)) await client.query(settingOf(role(name), limit, value));
};

/** A server whose system cannot tell of a connection that was lost does without that limit. */
const settingOf = (user: string, name: string, value: string): string =>
  `do $$ begin alter role ${user} set ${name} = '${value}'; exception when invalid_parameter_value then null; end $$`;

/** Addresses of a database that was prepared without passwords of its own, on a server of which we hold the superuser's address. */
export const derivedAddresses = (superuserUrl: string, database = 'uppsikt'): Addresses =>
  addressesOf(superuserUrl, database, (name) => derivedPassword(superuserUrl, name));

/** What each role may do before any schema says more: connect, and nothing by default. */
const grants = (database: string) => `
  revoke all on database ${database} from public;
  grant connect on database ${database} to ${ROLES.map(role).join(', ')};
  alter default privileges for role ${role('owner')}, ${role('worker')} revoke execute on functions from public;
  create schema if not exists views authorization ${role('worker')};
  grant usage on schema views to ${role('api')};
  alter default privileges for role ${role('worker')} in schema views grant select on tables to ${role('api')};`;

const derivedPassword = (superuserUrl: string, name: Role): string =>
  createHmac('sha256', decodeURIComponent(new URL(superuserUrl).password))
    .update(`uppsikt role ${name}`)
    .digest('base64url');

const address = (url: string, { database, user, password: secret }: { database: string; user?: string; password?: string }): string => {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  if (user !== undefined) changed.username = user;
  if (secret !== undefined) changed.password = secret;
  return changed.href;
};
