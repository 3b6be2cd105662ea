import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { certificateAuthority, describeOnRedis, RedisServer, startSentinels } from '#libs/testing';
import { redisAddress } from './redis-address.js';
import { redisWarnings } from './redis-check.js';
import { connectRedis } from './redis-connection.js';

const PASSWORD = 'what nobody may read';
/** Users of the same server: one that may do everything, and some who may not ask how it is set. */
const USERS = { whole: [], 'without-config': ['-config'], 'without-info': ['-config', '-info'] };
const users = Object.entries(USERS).flatMap(([user, not]) => ['--user', user, 'on', `>${PASSWORD}`, '~*', '&*', '+@all', ...not]);

const connected = (text: string) => connectRedis(redisAddress(text), 'asks');
const dropsBy = (policy: string) =>
  `Redis has maxmemory-policy ${policy}: when its memory is full it drops knocks, which then come late. Set maxmemory-policy to noeviction.`;

describeOnRedis('a connection to Redis', () => {
  let server: RedisServer;
  const url = (user: string, password = PASSWORD) => `redis://${user}:${encodeURIComponent(password)}@127.0.0.1:${server.port}`;
  beforeAll(async () => {
    server = await RedisServer.start({ settings: users });
  }, 60_000);
  afterAll(() => server.stop());

  const warningsFor = async (user: string) => {
    const client = await connected(url(user));
    const warnings = await redisWarnings(client);
    client.disconnect();
    return warnings;
  };

  test('is opened by name and password, in the database that is named', async () => {
    const client = await connected(`${url('whole')}/3`);
    await client.set('a', 'b');
    client.disconnect();
    expect(await server.ask('-n', '3', 'GET', 'a')).toBe('b');
  });

  test('a wrong password is told of in one line, without it', async () => {
    const refused = connected(url('whole', 'another'));
    await expect(refused).rejects.toThrow(
      `The queue's Redis at 127.0.0.1:${server.port} does not serve (WRONGPASS invalid username-password pair or user is disabled.). It is tried again; until then the sweep knocks, and nothing is lost.`,
    );
    await expect(refused).rejects.not.toThrow('another');
  });

  test.each([
    ['redis://127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.1:1'],
    ['redis://localhost:1', 'ECONNREFUSED'],
    ['redis+cluster://127.0.0.1:1', 'Failed to refresh slots cache'],
    ['redis+sentinel://127.0.0.1:1/uppsikt', 'All sentinels are unreachable'],
  ])('nobody is there: %s', async (nobody, reason) => {
    await expect(connected(nobody)).rejects.toThrow(reason);
  });

  test('who asks is told at once when the server goes away, and served again when it is back', async () => {
    const client = await connected(server.url);
    const gone = new Promise((closed) => client.once('close', closed));
    await server.kill();
    await gone;
    await expect(client.ping()).rejects.toThrow('enableOfflineQueue');
    const back = new Promise((ready) => client.once('ready', ready));
    await server.start();
    await back;
    expect(await client.ping()).toBe('PONG');
    client.disconnect();
  });

  test('by TLS, to a server whose authority the process trusts', async () => {
    const trusted = getCACertificates();
    const authority = certificateAuthority();
    const another = await RedisServer.start();
    const { cert, key } = authority.certify('127.0.0.1');
    const [certFile, keyFile] = [join(another.folder, 'cert.pem'), join(another.folder, 'key.pem')];
    await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key)]);
    const files = ['tls-cert-file', certFile, 'tls-key-file', keyFile, 'tls-ca-cert-file', certFile, 'tls-auth-clients', 'no'];
    const port = another.port + 1;
    await another.ask('CONFIG', 'SET', ...files, 'tls-port', String(port));
    await expect(connected(`rediss://127.0.0.1:${port}`)).rejects.toThrow('certificate');
    setDefaultCACertificates([...trusted, authority.cert]);
    const client = await connected(`rediss://127.0.0.1:${port}`);
    expect(await client.ping()).toBe('PONG');
    client.disconnect();
    setDefaultCACertificates(trusted);
    await another.stop();
  });

  test('sentinels lead to the master', async () => {
    const group = await startSentinels();
    const client = await connected(group.url);
    expect((await client.role())[0]).toBe('master');
    client.disconnect();
    await group.stop();
  }, 120_000);

  describe('how the server is set is looked at', () => {
    const NOTHING_WRITTEN = 'Redis writes nothing to disk: when it is restarted the queue is made anew, and some knocks come late. Set appendonly to yes.';
    test.each([
      [
        'it drops what it likes, and writes nothing',
        ['maxmemory-policy', 'allkeys-lru', 'appendonly', 'no', 'save', ''],
        [dropsBy('allkeys-lru'), NOTHING_WRITTEN],
      ],
      ['it drops what has an end', ['maxmemory-policy', 'volatile-ttl', 'appendonly', 'yes'], [dropsBy('volatile-ttl')]],
      ['it writes snapshots', ['maxmemory-policy', 'noeviction', 'appendonly', 'no', 'save', '3600 1'], []],
      ['it writes each command', ['maxmemory-policy', 'noeviction', 'appendonly', 'yes', 'save', ''], []],
    ])('%s', async (_, how, warnings) => {
      await server.ask('CONFIG', 'SET', ...how);
      expect(await warningsFor('whole')).toEqual(warnings);
    });

    const UNKNOWN_POLICY =
      'Whether Redis keeps the queue when its memory is full cannot be known, since it answers neither INFO nor CONFIG: see that maxmemory-policy is noeviction.';
    const UNKNOWN_DISK = 'Whether Redis writes the queue to disk cannot be known, since it does not answer CONFIG: see that appendonly is yes.';
    test.each([
      ['without-config', ['appendonly', 'yes'], []],
      ['without-config', ['appendonly', 'no', 'maxmemory-policy', 'allkeys-lru'], [dropsBy('allkeys-lru'), UNKNOWN_DISK]],
      ['without-info', ['appendonly', 'yes', 'maxmemory-policy', 'noeviction'], [UNKNOWN_POLICY, UNKNOWN_DISK]],
    ])('by a user %s, with %j', async (user, how, warnings) => {
      await server.ask('CONFIG', 'SET', ...how);
      expect(await warningsFor(user)).toEqual(warnings);
    });
  });
});
