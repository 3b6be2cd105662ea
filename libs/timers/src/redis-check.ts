import type { Redis } from 'ioredis';
import type { RedisClient } from './redis-connection.js';

/** What is asked of a server of Redis, as far as it lets itself be asked. */
interface RedisSettings {
  readonly version: string | undefined;
  readonly policy: string | undefined;
  /** Whether it writes to disk what it is told: by its log of commands or by snapshots. */
  readonly persists: boolean | undefined;
}

/** The oldest that knows every command the queue uses. */
const OLDEST = [6, 2] as const;

/**
 * What an operator should mend in how Redis is set: one line each, none where all is well. None of it stops the queue, which may lose
 * everything; but what it loses is knocked for late.
 */
export const redisWarnings = async (client: RedisClient): Promise<readonly string[]> => {
  const servers = 'nodes' in client ? client.nodes('master') : [client];
  const all = await Promise.all(servers.map(async (server) => warningsOf(await settingsOf(server))));
  return [...new Set(all.flat())];
};

const warningsOf = ({ version, policy, persists }: RedisSettings): string[] => {
  const warnings: string[] = [];
  if (version !== undefined && isOlder(version)) warnings.push(`Redis is version ${version}; the queue needs ${OLDEST.join('.')} or later.`);
  if (policy === undefined)
    warnings.push(
      'Whether Redis keeps the queue when its memory is full cannot be known, since it answers neither INFO nor CONFIG: see that maxmemory-policy is noeviction.',
    );
  else if (policy !== 'noeviction')
    warnings.push(`Redis has maxmemory-policy ${policy}: when its memory is full it drops knocks, which then come late. Set maxmemory-policy to noeviction.`);
  if (persists === undefined)
    warnings.push('Whether Redis writes the queue to disk cannot be known, since it does not answer CONFIG: see that appendonly is yes.');
  else if (!persists)
    warnings.push('Redis writes nothing to disk: when it is restarted the queue is made anew, and some knocks come late. Set appendonly to yes.');
  return warnings;
};

const isOlder = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
};

/** Where a command is forbidden, as it is with many who run Redis for others, it tells nothing. */
const settingsOf = async (server: Redis): Promise<RedisSettings> => {
  const info = await server.info().catch(() => '');
  const told = new Map(info.split('\r\n').map((line) => line.split(':', 2) as [string, string]));
  const [policy, appendonly, save] = await Promise.all(['maxmemory-policy', 'appendonly', 'save'].map((name) => configOf(server, name)));
  const writesLog = appendonly === 'yes' || told.get('aof_enabled') === '1';
  return {
    version: told.get('redis_version'),
    policy: policy ?? told.get('maxmemory_policy'),
    persists: writesLog || (save === undefined ? undefined : save !== ''),
  };
};

const configOf = async (server: Redis, name: string): Promise<string | undefined> => {
  const answer = (await server.config('GET', name).catch(() => [])) as readonly string[];
  return answer[1];
};
