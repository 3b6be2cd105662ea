import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { certificateAuthority, eventStoreServer, someEntry, someStream, type Authority, type EventStoreServer } from '#libs/testing';
import { AddressRefused, eventStoreLog, prepareEventStore, type EventLog } from './index.js';

const tenant = 'stockholm';
const patience = { patienceMs: 500, timeoutMs: 2_000, pauseMs: 50 };
const admin = { name: 'admin', password: 'of-the-server', groups: ['$admins'] };
let folder: string;
let ca: Authority;
/** A server that speaks TLS and knows an administrator. */
let server: EventStoreServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-tls-'));
  ca = certificateAuthority();
  const user = ca.certify('uppsikt');
  const files = { 'ca.pem': ca.cert, 'other.pem': certificateAuthority('Another').cert, 'user.pem': user.cert, 'user.key': user.key };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  server = await eventStoreServer({ tls: ca.certify('node'), users: [admin] });
  await prepareEventStore(address('admin:of-the-server'), address('uppsikt:hidden'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const opened: EventLog[] = [];
const open = async (url: string, more: Partial<Parameters<typeof eventStoreLog>[0]> = {}) => {
  const log = await eventStoreLog({ url, ...patience, ...more });
  opened.push(log);
  return log;
};
const others: EventStoreServer[] = [];
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  for (const other of others.splice(0)) await other.close();
});
const address = (user: string, options: Record<string, string> = { tlsCAFile: 'ca.pem' }, port = server.port) => {
  const files = Object.entries(options).map(([name, file]) => `${name}=${join(folder, file)}`);
  return `esdb://${user && `${user}@`}localhost:${port}?${files.join('&')}`;
};
const appends = async (log: EventLog) => {
  const entry = someEntry(tenant, someStream(), 0);
  expect(await log.append(tenant, entry.stream, -1, [entry])).toMatchObject({ outcome: 'appended', revision: 0 });
  expect((await log.readStream(tenant, entry.stream)).map((stored) => stored.entry.id)).toEqual([entry.id]);
};
const refusal = async (url: string): Promise<string> => {
  const error: unknown = await open(url).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AddressRefused);
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  expect(message).not.toMatch(/of-the-server|hidden/);
  return message;
};

describe('a server that speaks TLS', () => {
  test('is reached where its authority is named, and what is prepared for the log is enough', async () => {
    const said: string[] = [];
    await appends(await open(address('uppsikt:hidden'), { warn: (sentence) => said.push(sentence) }));
    expect(said).toEqual([]);
  });

  test('is not believed where its authority is another, or one that nobody knows', async () => {
    expect(await refusal(address('uppsikt:hidden', { tlsCAFile: 'other.pem' }))).toMatch(/EVENTSTORE_URL names .* cannot be used.*certificate/);
    expect(await refusal(address('uppsikt:hidden', {}))).toMatch(/EVENTSTORE_URL names .* cannot be used.*certificate/);
  });

  test('is not reached in clear', async () => {
    expect(await refusal(`esdb://127.0.0.1:${server.port}?tls=false`)).toMatch(/EVENTSTORE_URL names .* cannot be used/);
  });

  test('refuses a wrong password, and whoever has none, at once', async () => {
    const before = { ...server.calls };
    expect(await refusal(address('uppsikt:hidden-otherwise'))).toContain('refuses the user of EVENTSTORE_URL');
    expect(await refusal(address(''))).toContain('EVENTSTORE_URL names no user');
    expect(server.calls.read + server.calls.append - before.read - before.append).toBe(2);
  });

  test('knows a user by a certificate', async () => {
    const users = [admin, { name: 'uppsikt', password: '' }];
    const byCertificate = await eventStoreServer({ log: server.log, tls: { ...ca.certify('node'), clientCa: ca.cert }, users });
    others.push(byCertificate);
    await appends(await open(address('', { tlsCAFile: 'ca.pem', userCertFile: 'user.pem', userKeyFile: 'user.key' }, byCertificate.port)));
    expect(await refusal(address('uppsikt:hidden', { tlsCAFile: 'ca.pem' }, byCertificate.port))).toMatch(/EVENTSTORE_URL names .* cannot be used/);
  });

  test('warns, where it is reached in clear, that it knows nobody', async () => {
    const clear = await eventStoreServer();
    others.push(clear);
    const said: string[] = [];
    await open(clear.url, { warn: (sentence) => said.push(sentence) });
    expect(said).toEqual(['The EventStoreDB is reached without TLS and so knows no users: whoever reaches it can delete what is recorded.']);
  });
});

/** A server where the default access list, and that of $all, are as an administrator wrote them. */
const serverWith = async (lists: Readonly<Record<string, Record<string, unknown>>>, users = [admin, { name: 'uppsikt', password: 'hidden' }]) => {
  const other = await eventStoreServer({ tls: ca.certify('node'), users });
  others.push(other);
  const client = EventStoreDBClient.connectionString(address('admin:of-the-server', { tlsCAFile: 'ca.pem' }, other.port));
  for (const [stream, data] of Object.entries(lists)) await client.appendToStream(stream, jsonEvent({ type: 'Lists', data }));
  await client.dispose();
  return { other, url: address('uppsikt:hidden', { tlsCAFile: 'ca.pem' }, other.port) };
};
const readAll = { $$$all: { $acl: { $r: ['$admins', 'uppsikt'] } } };
const userStreams = (acl: Record<string, string | readonly string[]>) => ({ $settings: { $userStreamAcl: acl } });

describe('the rights of the user', () => {
  test.each([
    ['delete streams and change their metadata', {}],
    ['delete streams', userStreams({ $mw: '$admins' })],
    ['change their metadata', userStreams({ $d: '$admins' })],
  ])('to %s are too many: the start is refused, and nothing was done to find out', async (what, lists) => {
    const { other, url } = await serverWith({ ...readAll, ...lists });
    expect(await refusal(url)).toContain(`may ${what} at the EventStoreDB, which nobody should who records there`);
    for (const stream of ['uppsikt.rights-00000000-0000-4000-8000-000000000000', '$$uppsikt.rights-00000000-0000-4000-8000-000000000000'])
      expect(other.log.readStream(stream, 'start', false, 1)).toBeUndefined();
    const said: string[] = [];
    await appends(await open(url, { excessRights: 'warn', warn: (sentence) => said.push(sentence) }));
    expect(said).toEqual([expect.stringContaining(`may ${what}`)]);
  });

  test.each([
    ['read $all', {}],
    ['append to streams', { ...readAll, ...userStreams({ $w: '$admins', $d: '$admins', $mw: '$admins' }) }],
    ['read metadata of streams', { ...readAll, ...userStreams({ $mr: '$admins', $d: '$admins', $mw: '$admins' }) }],
  ])('not to %s are too few', async (what, lists) => {
    const { url } = await serverWith(lists);
    expect(await refusal(url)).toContain(`may not ${what} at the EventStoreDB`);
  });

  test('are the same however often the server is prepared, and its password the last', async () => {
    const { other, url } = await serverWith({}, [admin]);
    const byAdmin = address('admin:of-the-server', { tlsCAFile: 'ca.pem' }, other.port);
    for (const password of ['hidden-once', 'hidden']) await prepareEventStore(byAdmin, url.replace('hidden', password));
    await appends(await open(url));
    expect(other.log.ids('$settings')).toHaveLength(1);
    expect(other.log.ids('$$$all')).toHaveLength(1);
  });

  test('are an administrator’s to give', async () => {
    const { url } = await serverWith({});
    await expect(prepareEventStore(url, url)).rejects.toThrow('refuses the user of ADMIN_EVENTSTORE_URL, or it is no administrator');
    await expect(prepareEventStore(url, url.replace('uppsikt:hidden@', ''))).rejects.toThrow('names no user');
  });
});
