import { setTimeout as pause } from 'node:timers/promises';
import { RedisServer } from './redis-server.js';

const PATIENCE_MS = 60_000;
const MASTER = 'uppsikt';

/** Several Redis servers that are one store. */
export interface RedisGroup {
  readonly url: string;
  readonly servers: readonly RedisServer[];
  stop(): Promise<void>;
}

/** A master, a replica and three sentinels, who make the replica the master when the master has been silent for a second. */
export const startSentinels = async (): Promise<RedisGroup> => {
  const master = await RedisServer.start();
  const replica = await RedisServer.start({ settings: ['--replicaof', '127.0.0.1', String(master.port)] });
  const watch = [
    `sentinel monitor ${MASTER} 127.0.0.1 ${master.port} 2`,
    `sentinel down-after-milliseconds ${MASTER} 1000`,
    `sentinel failover-timeout ${MASTER} 5000`,
  ];
  const sentinels = await Promise.all([1, 2, 3].map(() => RedisServer.sentinel(watch)));
  const servers = [master, replica, ...sentinels];
  await until(async () => (await replica.ask('INFO', 'replication')).includes('master_link_status:up'), 'The replica does not follow.');
  const know = (about: string) => async () =>
    (await Promise.all(sentinels.map((one) => one.ask('SENTINEL', 'MASTER', MASTER)))).every((said) => said.includes(about));
  await until(know('num-other-sentinels\n2'), 'The sentinels do not find each other.');
  await until(know('num-slaves\n1'), 'The sentinels do not find the replica.');
  return { url: `redis+sentinel://${hosts(sentinels)}/${MASTER}`, servers, stop: () => stopAll(servers) };
};

/** Three masters, who share the slots. */
export const startCluster = async (): Promise<RedisGroup> => {
  const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000', '--cluster-require-full-coverage', 'yes'];
  const servers = await Promise.all([1, 2, 3].map(() => RedisServer.start({ persistent: true, settings })));
  const [first] = servers;
  await first?.ask('--cluster', 'create', ...servers.map(({ port }) => `127.0.0.1:${port}`), '--cluster-yes');
  const isWhole = async () => (await Promise.all(servers.map((one) => one.ask('CLUSTER', 'INFO')))).every((info) => info.includes('cluster_state:ok'));
  await until(isWhole, 'The cluster does not come together.');
  return { url: `redis+cluster://${hosts(servers)}`, servers, stop: () => stopAll(servers) };
};

const hosts = (servers: readonly RedisServer[]): string => servers.map(({ port }) => `127.0.0.1:${port}`).join(',');

const stopAll = async (servers: readonly RedisServer[]): Promise<void> => void (await Promise.all(servers.map((one) => one.stop())));

const until = async (isSo: () => Promise<boolean>, otherwise: string): Promise<void> => {
  for (const end = performance.now() + PATIENCE_MS; !(await isSo().catch(() => false)); await pause(50))
    if (performance.now() > end) throw new Error(otherwise);
};
