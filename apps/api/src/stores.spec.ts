import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { AddressRefused } from '#libs/event-log';
import type { Instant } from '#libs/kernel';
import { certificateAuthority, eventStoreServer, someEntry, someStream, type EventStoreServer } from '#libs/testing';
import { keeping, openLog } from './stores.js';

// An EventStoreDB that is asked as its administrator, who may delete what is recorded.
let folder: string;
let server: EventStoreServer;
const role = { url: '', name: 'uppsikt api' } as const;
/** Only what is personal is put there. */
const nowhere = {} as Pool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-stores-'));
  const ca = certificateAuthority();
  await writeFile(join(folder, 'ca.pem'), ca.cert);
  server = await eventStoreServer({ tls: ca.certify('node'), users: [{ name: 'admin', password: 'of-the-server', groups: ['$admins'] }] });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const settings = (testClock: Instant | undefined) => ({
  eventLog: 'eventstoredb' as const,
  eventStoreUrl: `esdb://admin:of-the-server@localhost:${server.port}?tlsCAFile=${join(folder, 'ca.pem')}`,
  eventStoreLog: undefined,
  testClock,
});

test('a log whose user may delete what is recorded is refused', async () => {
  await using opened = new AsyncDisposableStack();
  await expect(openLog(keeping(opened), settings(undefined), role, nowhere)).rejects.toThrow(AddressRefused);
});

test('on a test clock, where nothing is kept that must last, it may be an administrator: so are cases played on one’s own server', async () => {
  await using opened = new AsyncDisposableStack();
  const log = await openLog(keeping(opened), settings('2020-10-01T08:00:00.000Z' as Instant), role, nowhere);
  const entry = someEntry('stockholm', someStream(), 0);
  expect(await log.append('stockholm', entry.stream, -1, [entry])).toMatchObject({ outcome: 'appended' });
});
