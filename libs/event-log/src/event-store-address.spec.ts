import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventStoreAddress } from './event-store-address.js';
import { eventStoreLog } from './index.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-address-'));
  for (const name of ['ca.pem', 'user.pem', 'user.key']) await writeFile(join(folder, name), name);
});
afterAll(() => rm(folder, { recursive: true }));

describe('an address names', () => {
  test('one node, in clear', () => {
    expect(eventStoreAddress('esdb://localhost?tls=false')).toEqual({ nodes: [{ address: 'localhost', port: 2113 }], discover: false, settings: {} });
  });

  test('a cluster by its nodes, or by the name that it is found under', () => {
    expect(eventStoreAddress('esdb://a.example:2113,b.example:2114?tls=false')).toMatchObject({
      nodes: [
        { address: 'a.example', port: 2113 },
        { address: 'b.example', port: 2114 },
      ],
      discover: true,
    });
    expect(eventStoreAddress('esdb+discover://cluster.example/?nodePreference=leader')).toMatchObject({ discover: true, tls: {} });
  });

  test('a user, an authority, and a certificate with its key', () => {
    const files = `tlsCAFile=${folder}/ca.pem&userCertFile=${folder}/user.pem&userKeyFile=${folder}/user.key`;
    expect(eventStoreAddress(`esdb://ops:p%40ss%3Aw%C3%B6rd@es.example?${files}`)).toMatchObject({
      user: { username: 'ops', password: 'p@ss:wörd' },
      tls: { ca: Buffer.from('ca.pem'), certificate: Buffer.from('user.pem'), key: Buffer.from('user.key') },
    });
  });

  test('how it is found and kept, in any spelling of the options', () => {
    expect(eventStoreAddress('esdb://es.example?max_discover_attempts=5&KeepAliveInterval=10000&connection-name=worker').settings).toEqual({
      maxDiscoverAttempts: 5,
      keepAliveInterval: 10_000,
      connectionName: 'worker',
    });
  });
});

describe('an address is refused in one line that shows no password', () => {
  test.each([
    ['http://secret@es.example', 'begins with esdb://'],
    ['esdb://', 'holds a host that is none'],
    ['esdb://es.example:99999', 'holds a host that is none'],
    ['esdb://es.example,', 'holds a host that is none'],
    ['esdb://ops:secret@10.0.0.1:2113', 'names 10.0.0.1 and TLS, which certifies names'],
    ['esdb://ops:secret@es.example?tls=false', 'a password is never sent in clear'],
    ['esdb://ops@es.example', 'names a user otherwise than as name:password'],
    ['esdb://ops:secret:more@es.example', 'names a user otherwise than as name:password'],
    ['esdb://ops:secret%@es.example', 'holds a % that begins no character'],
    ['esdb://ops:secret@es.example?tlsverify=false', 'holds an option that is not known: tlsverify'],
    ['esdb://ops:secret@es.example?s%C3%A9cret:1', 'holds an option that is not known'],
    ['esdb://ops:secret@es.example?tls=true&TLS=true', 'says tls twice'],
    ['esdb://ops:secret@es.example?tls=yes', 'says otherwise than true or false for tls'],
    ['esdb://ops:secret@es.example?tlsVerifyCert=false', 'which this client does not heed'],
    ['esdb://ops:secret@es.example?throwOnAppendFailure=false', 'which hides conflicts'],
    ['esdb://ops:secret@es.example?nodePreference=follower', 'only the leader writes'],
    ['esdb://ops:secret@es.example?keepAliveInterval=10', 'a whole number of at least 10000 for keepAliveInterval'],
    ['esdb://ops:secret@es.example?gossipTimeout=5s', 'a whole number of at least 1 for gossipTimeout'],
    ['esdb://ops:secret@es.example?tlsCAFile=/nowhere/ca.pem', 'names a file that cannot be read, by tlsCAFile'],
    ['esdb://ops:secret@es.example?userCertFile=package.json', 'userCertFile and userKeyFile belong together'],
    ['esdb://es.example?tls=false&tlsCAFile=package.json', 'names files for TLS, and says tls=false'],
  ])('%s', async (url, why) => {
    const refusing = eventStoreLog({ url });
    await expect(refusing).rejects.toThrow(why);
    const { name, message } = (await refusing.catch((error: unknown) => error)) as Error;
    expect(name).toBe('AddressRefused');
    expect(message).not.toContain('secret');
    expect(message).not.toContain('\n');
  });
});
