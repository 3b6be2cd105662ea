import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { instant, randomId } from '#libs/kernel';
import { applyErasures, FolderLedger, Keyring, LedgerUnavailable, Vault, type Erased, type VaultStore } from './index.js';

let folder: string;
let ledger: FolderLedger;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-ledger-ö-'));
  ledger = new FolderLedger(join(folder, 'erasures'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = instant('2026-02-16T08:00:00Z');
const all = async (): Promise<readonly Erased[]> => (await Array.fromAsync(ledger.erased())).flat();
const keyring = new Keyring(Buffer.alloc(32, 7));

/** A vault whose keys are these; it says what was done to it, and when. */
const storeOf = (...has: readonly Erased[]) => {
  const left = new Set(has.map(({ tenant, subject }) => `${tenant} ${subject}`));
  const store: VaultStore = {
    keys: async (tenant, subjects) =>
      subjects.filter((one) => left.has(`${tenant} ${one}`)).map((subject) => ({ subject, kid: subject, alg: 'A256GCM', wrapped: Buffer.alloc(0) })),
    parts: async () => [],
    destroy: async (tenant, subject) => void left.delete(`${tenant} ${subject}`),
  };
  return { store, left };
};

test('there is no ledger until one is begun; of many who begin it at once one wins, and its id stays', async () => {
  expect(await ledger.id()).toBeUndefined();
  expect(await all()).toEqual([]);
  const ids = await Promise.all(Array.from({ length: 8 }, () => ledger.id({ create: true })));
  expect(new Set(ids).size).toBe(1);
  expect(await ledger.id()).toBe(ids[0]);
  expect(await readdir(join(folder, 'erasures'))).toEqual(['ledger.json']);
});

test('each erasure is there with when and by which event, readable by its owner alone; what was said first stays', async () => {
  const [tenant, subject, event] = ['stockholm', randomId(), randomId()];
  await ledger.record({ tenant, subject, at, event });
  await ledger.record({ tenant, subject, at: instant('2026-02-17T08:00:00Z') });
  await ledger.record({ tenant: 'tyreso', subject, at });
  expect(await all()).toEqual([
    { tenant, subject },
    { tenant: 'tyreso', subject },
  ]);
  expect(await ledger.read({ tenant, subject })).toEqual({ tenant, subject, at, event });
  expect(await ledger.read({ tenant: 'tyreso', subject })).toEqual({ tenant: 'tyreso', subject, at });
  expect((await stat(join(folder, 'erasures', tenant, subject))).mode & 0o777).toBe(0o600);
});

test('it holds pseudonyms and nothing else', async () => {
  const [tenant, subject] = ['stockholm', randomId()];
  await ledger.record({ tenant, subject, at });
  expect(JSON.parse(await readFile(join(folder, 'erasures', tenant, subject), 'utf8'))).toEqual({ at });
  await expect(ledger.record({ tenant, subject: '../../etc', at })).rejects.toThrow(TypeError);
  await expect(ledger.record({ tenant: '..', subject, at })).rejects.toThrow(TypeError);
});

test('what lies beside it in the folder is no erasure', async () => {
  const [tenant, subject] = ['stockholm', randomId()];
  await ledger.record({ tenant, subject, at });
  await writeFile(join(folder, 'erasures', tenant, 'README'), '');
  await writeFile(join(folder, 'erasures', 'README'), '');
  expect(await all()).toEqual([{ tenant, subject }]);
});

test('an erasure is in the ledger before the key is destroyed; one that cannot be written there destroys nothing', async () => {
  const erased = { tenant: 'stockholm', subject: randomId() };
  const { store, left } = storeOf(erased);
  const broken = new Vault(store, keyring, new FolderLedger('/dev/null/erasures'));
  await expect(broken.destroy(erased.tenant, erased.subject)).rejects.toThrow(
    /ledger of erasures in \/dev\/null\/erasures cannot be kept or read: .*ERASURE_LEDGER/,
  );
  await expect(new Vault(store, keyring).destroy(erased.tenant, erased.subject)).rejects.toThrow(LedgerUnavailable);
  expect(left.size).toBe(1);

  const killed: VaultStore = { ...store, destroy: () => Promise.reject(new Error('killed')) };
  await expect(new Vault(killed, keyring, ledger).destroy(erased.tenant, erased.subject, randomId())).rejects.toThrow('killed');
  expect(await all()).toEqual([erased]);
  expect(left.size).toBe(1);
  expect(await applyErasures(ledger, store)).toBe(1);
  expect(left.size).toBe(0);
  expect(await applyErasures(ledger, store)).toBe(0);
});

test('many erasures of several municipalities are applied, whoever is not among them keeps the key', async () => {
  const some = Array.from({ length: 60 }, (_, nth) => ({ tenant: nth % 3 ? 'stockholm' : 'tyreso', subject: randomId() }));
  const kept = { tenant: 'stockholm', subject: randomId() };
  await Promise.all(some.map((one) => ledger.record({ ...one, at })));
  const { store, left } = storeOf(...some, kept);
  expect(await applyErasures(ledger, store)).toBe(60);
  expect([...left]).toEqual([`${kept.tenant} ${kept.subject}`]);
});
