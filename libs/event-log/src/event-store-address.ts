import { readFileSync } from 'node:fs';
import { LogUnavailable } from './event-log.js';

/** Where an EventStoreDB is, and as whom one comes to it. */
export interface EventStoreAddress {
  readonly nodes: readonly { readonly address: string; readonly port: number }[];
  /** The nodes are asked who leads: there are several, or they are found by name. */
  readonly discover: boolean;
  /** Left out: everything goes in clear. */
  readonly tls?: { readonly ca?: Buffer; readonly certificate?: Buffer; readonly key?: Buffer };
  readonly user?: { readonly username: string; readonly password: string };
  readonly settings: Readonly<Record<string, number | string>>;
}

const NUMBERS = { maxDiscoverAttempts: 1, discoveryInterval: 1, gossipTimeout: 1, keepAliveInterval: 10_000, keepAliveTimeout: 1 };
const KNOWN = ['tls', 'tlsCAFile', 'userCertFile', 'userKeyFile', 'nodePreference', 'connectionName', 'tlsVerifyCert', 'throwOnAppendFailure'];
const flat = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');
const names = new Map([...KNOWN, ...Object.keys(NUMBERS)].map((name) => [flat(name), name]));

/** Thrown where an address cannot be used. Never shows the address, which holds a password. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}
/** What a start says where nobody answers at the address that a variable names; any other error as it is. */
export const unusable = (variable: string, error: unknown): unknown =>
  error instanceof LogUnavailable ? new AddressRefused(`${variable} names an EventStoreDB that cannot be used. ${error.message}`, { cause: error }) : error;
const refused = (what: string): AddressRefused => new AddressRefused(`The address of the EventStoreDB ${what}.`);

/**
 * Reads `esdb://user:password@host:port,host:port?option=value`, or `esdb+discover://name`, and everything that it names.
 * The client gets the parts: of the whole it would print the password, where it does not know an option.
 * @throws AddressRefused with one sentence that says what is wrong
 */
export const eventStoreAddress = (url: string): EventStoreAddress => {
  const [, scheme, user, hosts = '', query = ''] = /^([a-z+]+):\/\/(?:([^/?]*)@)?([^@/?]*)\/?(?:\?(.*))?$/.exec(url.trim()) ?? [];
  if (scheme !== 'esdb' && scheme !== 'esdb+discover') throw refused('begins with esdb:// or esdb+discover://, then says host:port?option=value');
  const nodes = hosts.split(',').map(node);
  const options = optionsOf(query);
  const tls = tlsOf(options);
  const number = nodes.find(({ address }) => /^[\d.]+$/.test(address));
  if (tls && number) throw refused(`names ${number.address} and TLS, which certifies names: give the node's name, or say tls=false`);
  const by = user === undefined ? undefined : userOf(user);
  if (by && !tls) throw refused('names a user, and tls=false: a password is never sent in clear. Leave out the one or the other');
  return {
    nodes,
    discover: scheme === 'esdb+discover' || nodes.length > 1,
    ...(tls && { tls }),
    ...(by && { user: by }),
    settings: settingsOf(options),
  };
};

const node = (text: string) => {
  const [, address, port = '2113'] = /^([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (!address || Number(port) < 1 || Number(port) > 65_535)
    throw refused('holds a host that is none: each is a name or an IPv4 address, and a port up to 65535');
  return { address, port: Number(port) };
};

const userOf = (text: string) => {
  const [username, password, ...more] = text.split(':').map(decoded);
  if (!username || !password || more.length > 0) throw refused('names a user otherwise than as name:password, each with %3A for : and %40 for @');
  return { username, password };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused('holds a % that begins no character: write %25');
  }
};

type Options = ReadonlyMap<string, string>;
const optionsOf = (query: string): Options => {
  const options = new Map<string, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const [, asked = '', value = ''] = /^([^=]*)=(.+)$/.exec(pair) ?? [];
    const name = names.get(flat(asked));
    // The name of an option is no secret; what follows a name that nobody knows may be.
    if (!name)
      throw refused(`holds an option that is not known${/^[A-Za-z_-]{1,40}$/.test(asked) ? `: ${asked}` : ''}. Known are ${[...names.values()].join(', ')}`);
    if (options.has(name)) throw refused(`says ${name} twice`);
    options.set(name, decoded(value));
  }
  if ((options.get('nodePreference') ?? 'leader') !== 'leader')
    throw refused('prefers another node than the leader, and only the leader writes: leave out nodePreference');
  if (yes(options, 'tlsVerifyCert') === false) throw refused('says tlsVerifyCert=false, which this client does not heed: name the authority by tlsCAFile');
  if (yes(options, 'throwOnAppendFailure') === false) throw refused('says throwOnAppendFailure=false, which hides conflicts: leave it out');
  return options;
};

const yes = (options: Options, name: string): boolean | undefined => {
  const said = options.get(name);
  if (said !== undefined && said !== 'true' && said !== 'false') throw refused(`says otherwise than true or false for ${name}`);
  return said === undefined ? undefined : said === 'true';
};

const tlsOf = (options: Options): EventStoreAddress['tls'] => {
  const files = { ca: fileOf(options, 'tlsCAFile'), certificate: fileOf(options, 'userCertFile'), key: fileOf(options, 'userKeyFile') };
  const named = Object.entries(files).flatMap(([name, bytes]) => (bytes ? [[name, bytes] as const] : []));
  if (yes(options, 'tls') === false) {
    if (named.length > 0) throw refused('names files for TLS, and says tls=false. Leave out the one or the other');
    return undefined;
  }
  if (!files.certificate !== !files.key) throw refused('names a user certificate or its key alone: userCertFile and userKeyFile belong together');
  return Object.fromEntries(named);
};

const fileOf = (options: Options, name: string): Buffer | undefined => {
  const path = options.get(name);
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AddressRefused(`The address of the EventStoreDB names a file that cannot be read, by ${name}: ${(error as Error).message}.`, { cause: error });
  }
};

const settingsOf = (options: Options): Record<string, number | string> => {
  const settings: Record<string, number | string> = {};
  const connection = options.get('connectionName');
  if (connection !== undefined) settings.connectionName = connection;
  for (const [name, least] of Object.entries(NUMBERS)) {
    const said = options.get(name);
    if (said === undefined) continue;
    if (!/^\d{1,9}$/.test(said) || Number(said) < least) throw refused(`says otherwise than a whole number of at least ${least} for ${name}`);
    settings[name] = Number(said);
  }
  return settings;
};
