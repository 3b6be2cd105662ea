import { never } from '#libs/kernel';

/** Where the queue's Redis is to be found, as `REDIS_URL` says it. */
export type RedisAddress = RedisServer | RedisSentinels | RedisCluster;

/** Host and port. */
export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

interface Access {
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
}

/** One server. */
export interface RedisServer extends Access {
  readonly kind: 'server';
  readonly hosts: readonly [RedisHost];
  readonly db: number;
}

/** Sentinels, who know which of the servers is the master. */
export interface RedisSentinels extends Access {
  readonly kind: 'sentinel';
  readonly hosts: readonly RedisHost[];
  readonly master: string;
  readonly db: number;
}

/** Some nodes of a cluster, who know the others. */
export interface RedisCluster extends Access {
  readonly kind: 'cluster';
  readonly hosts: readonly RedisHost[];
}

/** `REDIS_URL` is wrong: the start stops with this one line. It never holds the URL, since that may hold a password. */
export class RedisUrlError extends Error {
  override readonly name = 'RedisUrlError';
}

const FORMS =
  'redis://[user:password@]host[:port][/db], redis+sentinel://[user:password@]host:port,host:port/master[/db] or redis+cluster://[user:password@]host:port,host:port (rediss… for TLS)';
const PORTS = { server: 6379, sentinel: 26_379, cluster: 6379 };
const URL_FORM = /^redis(?<tls>s)?(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<access>[^@/]*)@)?(?<hosts>[^@/?#]*)(?:\/(?<path>[^?#]*))?$/;
const HOST_FORM = /^(?<host>\[[\da-f:.]+\]|[^\s:[\]]+)(?::(?<port>\d{1,5}))?$/i;

const wrong = (what: string): RedisUrlError => new RedisUrlError(`REDIS_URL ${what}; it must be one of ${FORMS}.`);

/**
 * Reads `REDIS_URL`. Name and password go to the servers and to the sentinels alike; special letters in them are written as %XX.
 * @throws RedisUrlError
 */
export const redisAddress = (url: string): RedisAddress => {
  const found = URL_FORM.exec(url)?.groups;
  if (!found) throw wrong('is not such an address');
  const kind = (found.kind ?? 'server') as RedisAddress['kind'];
  const common = { tls: found.tls !== undefined, ...accessOf(found.access) };
  const [first, ...others] = (found.hosts ?? '').split(',').map((text) => hostOf(text, PORTS[kind]));
  const path = found.path === undefined || found.path === '' ? [] : found.path.split('/').map(decoded);
  if (!first) throw wrong('names no host');
  switch (kind) {
    case 'server':
      if (others.length > 0) throw wrong('names several hosts, but not whether they are sentinels or a cluster');
      return { kind, ...common, hosts: [first], db: dbOf(path) };
    case 'sentinel': {
      const [master, ...rest] = path;
      if (!master) throw wrong("does not say the master's name");
      return { kind, ...common, hosts: [first, ...others], master, db: dbOf(rest) };
    }
    case 'cluster':
      if (path.length > 0) throw wrong('has a path, but a cluster has no databases');
      return { kind, ...common, hosts: [first, ...others] };
    default:
      return never(kind);
  }
};

/** How it is called in what an operator reads: hosts and ports, nothing secret. */
export const nameOf = (address: RedisAddress): string => {
  const hosts = address.hosts.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`).join(',');
  return address.kind === 'sentinel' ? `${hosts}/${address.master}` : hosts;
};

const hostOf = (text: string, defaultPort: number): RedisHost => {
  const { host, port = String(defaultPort) } = HOST_FORM.exec(text)?.groups ?? {};
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) throw wrong('names a host that is none');
  return { host: host.replaceAll(/[[\]]/g, ''), port: Number(port) };
};

const accessOf = (text: string | undefined): Pick<Access, 'username' | 'password'> => {
  if (text === undefined || text === '') return {};
  const [username = '', ...rest] = text.split(':');
  if (rest.length === 0) throw wrong('names a user without a password');
  return { ...(username !== '' && { username: decoded(username) }), password: decoded(rest.join(':')) };
};

const dbOf = ([text = '0', ...more]: readonly string[]): number => {
  if (!/^\d{1,4}$/.test(text) || more.length > 0) throw wrong('ends in a database that is no number');
  return Number(text);
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong('holds a % that is not followed by two hexadecimal digits');
  }
};
