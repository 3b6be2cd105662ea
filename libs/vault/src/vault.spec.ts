import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type EventLog } from '#libs/event-log';
import { randomId, type Entry, type PersonalRef } from '#libs/kernel';
import { preparedDatabase, someEntry, someStream, type PreparedDatabase } from '#libs/testing';
import { ERASED, Keyring, PostgresVault, Vault, vaultMigrations } from './index.js';

let database: PreparedDatabase;
let pool: Pool;
let log: EventLog;
let vault: Vault;
let store: PostgresVault;

beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  pool = openPool(database.api, { max: 2, name: 'spec' });
  log = await postgresLog({ url: database.api });
  store = new PostgresVault(pool);
  vault = new Vault(store, new Keyring(Buffer.alloc(32, 9)), { record: () => Promise.resolve() });
});
afterAll(async () => {
  await Promise.all([log.close(), pool.end()]);
  await database.drop();
});

/** An entry of a new case with its personal part, as a command would append it. */
const recorded = async (personal: Readonly<Record<string, unknown>>, tenant = 'stockholm'): Promise<Entry & { readonly subject: string }> => {
  const [stream, subject] = [someStream('case'), randomId()];
  const entry = someEntry(tenant, stream, 0);
  const { refs, sealed } = await vault.seal(tenant, stream, subject, true, [{ eventId: entry.id, personal }]);
  const whole = { ...entry, personal: refs.get(entry.id) ?? [] };
  await log.append(tenant, stream, -1, [whole], sealed);
  return Object.assign(whole, { subject });
};
const opened = async (entry: Entry, tenant = 'stockholm') => (await vault.open(tenant, [entry])).get(entry.id);
const withRef = (entry: Entry, change: Partial<PersonalRef>): Entry => ({ ...entry, personal: (entry.personal ?? []).map((ref) => ({ ...ref, ...change })) });

test('parts of any shape come back as they were', async () => {
  const personal = { who: { name: 'Åsa Öberg', personalNumber: '20080101-0000' }, goals: [{ goal: randomId(), wording: 'Jag vill laga mellanmål själv.' }] };
  expect(await opened(await recorded(personal))).toEqual(personal);
});

test('many entries are opened at once, each its own; what has no personal part is left out', async () => {
  const entries = [await recorded({ note: 'ett' }), await recorded({ note: 'två' }), someEntry('stockholm', someStream(), 0)];
  const by = await vault.open('stockholm', entries);
  expect(entries.map(({ id }) => by.get(id))).toEqual([{ note: 'ett' }, { note: 'två' }, undefined]);
});

test('a part belongs to its entry: in the place of another it does not open', async () => {
  const [one, other] = [await recorded({ note: 'ett' }), await recorded({ note: 'två' })];
  const ref = other.personal?.[0];
  if (!ref) throw new Error('Nothing was sealed.');
  expect(await opened({ ...one, personal: [ref] })).toEqual({ note: ERASED }); // stored for another event
  await expect(opened({ ...other, stream: one.stream })).rejects.toThrow(/authenticate/);
});

test('bytes other than those that the entry names are not taken for them', async () => {
  const entry = await recorded({ note: 'ett' });
  expect(await opened(withRef(entry, { sha256: '0'.repeat(64) }))).toEqual({ note: ERASED });
});

test('another municipality opens nothing', async () => {
  const entry = await recorded({ note: 'ett' });
  expect(await opened(entry, 'tyreso')).toEqual({ note: ERASED });
});

test('with another key file nothing opens, and the database knows that it is another', async () => {
  const entry = await recorded({ note: 'ett' });
  const wrong = new Keyring(Buffer.alloc(32, 8));
  await expect(new Vault(store, wrong).open('stockholm', [entry])).rejects.toThrow(/authenticate/);
  expect(await store.knows(new Keyring(Buffer.alloc(32, 9)).checkValue)).toBe(true);
  expect(await store.knows(wrong.checkValue)).toBe(false);
});

test('once its key is destroyed a case cannot be read or added to, and gets no other key', async () => {
  const { subject, ...entry } = await recorded({ note: 'ett' });
  await vault.destroy('tyreso', subject);
  expect(await opened(entry)).toEqual({ note: 'ett' }); // another municipality destroys nothing here
  await vault.destroy('stockholm', subject);
  expect(await opened(entry)).toEqual({ note: ERASED });
  await expect(vault.seal('stockholm', entry.stream, subject, false, [{ eventId: randomId(), personal: { note: 'två' } }])).rejects.toThrow('case.erased');
});

test('a part larger than the vault takes is refused before anything is stored', async () => {
  await expect(recorded({ note: 'x'.repeat(1_048_577) })).rejects.toThrow(/at most 1048576/);
});

test('the api cannot touch the tables themselves', async () => {
  for (const sql of ['select * from vault.parts', 'select * from vault.keys', 'delete from vault.parts', 'update vault.keys set wrapped = null']) {
    await expect(pool.query(sql)).rejects.toThrow('permission denied');
  }
});
