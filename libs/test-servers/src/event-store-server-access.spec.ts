import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { certificateAuthority } from './certificates.js';
import { EventStoreCluster } from './event-store-cluster.js';
import { eventStoreServer, type EventStoreServer } from './event-store-server.js';

// Who may do what, as the server's own source has it, and who is told where the leader is.
const users = [
  { name: 'admin', password: 'a', groups: ['$admins'] },
  { name: 'writer', password: 'w' },
];
let folder: string;
let server: EventStoreServer;
const clients: EventStoreDBClient[] = [];
const as = (user?: string) => {
  const client = EventStoreDBClient.connectionString(`esdb://${user ? `${user}@` : ''}localhost:${server.port}?tlsCAFile=${join(folder, 'ca.pem')}`);
  clients.push(client);
  return client;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-access-'));
  const ca = certificateAuthority();
  await writeFile(join(folder, 'ca.pem'), ca.cert);
  server = await eventStoreServer({ tls: ca.certify('node'), users });
});
afterAll(async () => {
  for (const client of clients) await client.dispose();
  await server.close();
  await rm(folder, { recursive: true });
});

const one = () => jsonEvent({ type: 'Tried', data: {} });
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: { type?: string }) => error.type,
  );

describe('a server that knows users', () => {
  test('refuses whoever says none, or a wrong password', async () => {
    for (const client of [as(), as('writer:x'), as('nobody:w')]) {
      expect(await outcome(client.appendToStream('any', one()))).toBe('access-denied');
      expect(await outcome(client.appendToStream('any', one(), { credentials: { username: 'writer', password: 'x' } }))).toBe('access-denied');
      expect(await outcome(Array.fromAsync(client.readStream('any')))).toBe('access-denied');
      expect(await outcome(client.deleteStream('any'))).toBe('access-denied');
    }
  });

  test('lets everybody do everything with streams of users at first, and administrators alone with its own', async () => {
    const writer = as('writer:w');
    expect(await outcome(writer.appendToStream('theirs', one()))).toBe('done');
    expect(await outcome(writer.setStreamMetadata('theirs', { maxCount: 9 }))).toBe('done');
    expect(await outcome(writer.deleteStream('theirs'))).toBe('done');
    for (const stream of ['$settings', '$$$all']) expect(await outcome(writer.appendToStream(stream, one()))).toBe('access-denied');
    expect(await outcome(Array.fromAsync(writer.readAll({ maxCount: 1 })))).toBe('access-denied');
    expect(await outcome(Array.fromAsync(as('admin:a').readAll({ maxCount: 1 })))).toBe('done');
  });

  test('heeds a list of its own for a stream before the default, and the default before what was so', async () => {
    const [admin, writer] = [as('admin:a'), as('writer:w')];
    await admin.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data: { $userStreamAcl: { $d: '$admins', $mw: ['$admins'] } } }));
    expect(await outcome(writer.appendToStream('kept', one()))).toBe('done');
    expect(await outcome(writer.deleteStream('kept'))).toBe('access-denied');
    expect(await outcome(writer.tombstoneStream('kept'))).toBe('access-denied');
    expect(await outcome(writer.setStreamMetadata('kept', { maxCount: 9 }))).toBe('access-denied');
    await admin.setStreamMetadata('kept', { acl: { deleteRoles: ['writer'], writeRoles: ['$admins'] } });
    expect(await outcome(writer.appendToStream('kept', one()))).toBe('access-denied');
    expect(await outcome(writer.deleteStream('kept'))).toBe('done');
  });
});

test('a cluster says who leads, to whoever asks any of its nodes, and sends there who writes elsewhere', async () => {
  const cluster = await EventStoreCluster.open();
  const [, second] = cluster.nodes;
  const astray = EventStoreDBClient.connectionString(second?.url ?? '');
  const byGossip = EventStoreDBClient.connectionString(
    `esdb://${cluster.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false&nodePreference=leader`,
  );
  clients.push(astray, byGossip);
  expect(await outcome(astray.appendToStream('any', one(), { requiresLeader: true }))).toBe('not-leader');
  expect(await outcome(astray.appendToStream('any', one(), { requiresLeader: true }))).toBe('done');
  expect(await outcome(byGossip.appendToStream('any', one(), { requiresLeader: true }))).toBe('done');
  expect(cluster.leader.calls.append).toBe(2);
  await cluster.kill(cluster.leader);
  while ((await outcome(byGossip.appendToStream('any', one(), { requiresLeader: true }))) !== 'done');
  expect(cluster.leader.log.ids('any')).toHaveLength(3);
  await cluster.close();
});
