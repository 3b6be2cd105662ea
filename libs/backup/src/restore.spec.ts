import { join } from 'node:path';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DocumentStore, DocumentsUnavailable } from '#libs/documents';
import { START } from '#libs/event-log';
import { randomId } from '#libs/kernel';
import { putReactions, reactionStates } from '#libs/reactions';
import { ERASED, LedgerUnavailable, RestoreUnfinished, unfinishedRestore } from '#libs/vault';
import { allOf, openedIn, openGround, vaultOf, type Ground, type Profile } from '../spec/ground.js';
import { backUp, BackupRefused, examine, isSound, newIdentity, restore, type Checked, type MadeBackup, type RestoreOptions, type Seal } from './index.js';

const PROFILES: readonly Profile[] = ['PostgreSQL, documents in a folder', 'PostgreSQL, documents in a bucket', 'EventStoreDB, vault in PostgreSQL'];

let seal: Seal;
let opener: RestoreOptions['opener'];
beforeAll(async () => {
  const { identity, recipient } = await newIdentity();
  [seal, opener] = [{ recipients: [recipient] }, { identities: [identity] }];
});

const grounds: Ground[] = [];
const ground = async (...how: Parameters<typeof openGround>): Promise<Ground> => {
  const one = await openGround(...how);
  grounds.push(one);
  return one;
};
const closeAll = async () => {
  for (const one of grounds.splice(0)) await one.close();
};

const made = async (from: Ground, name = 'backup'): Promise<MadeBackup & { readonly path: string }> => {
  const path = join(from.folder, name);
  return { path, ...(await backUp(from, { to: path, seal, release: 'spec' })) };
};
const texts = async ({ log }: Ground) => (await allOf(log)).map(({ text }) => text);
/** Where they have no gaps they are the same; elsewhere the server gives its own. */
const positions = async ({ log }: Ground) => (log.gapless ? (await allOf(log)).map(({ position }) => position) : []);
const numbers = (checks: readonly Checked[], of: string) => checks.find(({ name }) => name === of)?.numbers;
const unsound = (checks: readonly Checked[]) => checks.flatMap(({ name, deviations }) => deviations.named.map((line) => `${name}: ${line}`));
const reason = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BackupRefused);
  const { message } = error as Error;
  expect(message).toMatch(/^[^\n]+$/);
  return message;
};
/** That nothing was put anywhere. */
const assertUntouched = async (into: Ground): Promise<void> => {
  expect(await into.log.head()).toBe(START);
  expect(await into.log.state()).toEqual({ state: 'open' });
  expect(await vaultOf(into)).toEqual({ keys: [], parts: [] });
  expect(await unfinishedRestore(into.owner)).toBeUndefined();
};

/** Documents on a disk that is full. */
class Full extends DocumentStore {
  override put = () => Promise.reject(new DocumentsUnavailable('full'));
  override get = () => Promise.resolve(undefined);
  override check = () => Promise.resolve();
}

describe.each(PROFILES)('%s', (profile) => {
  afterEach(closeAll);

  test('what was recorded is there again: the log byte for byte in its order, what is said of persons, the documents, and where reactions stood', async () => {
    const from = await ground(profile);
    const anna = await from.writes.opens('stockholm', 'Anna');
    const åke = await from.writes.opens('tyreso', 'Åke');
    for (let nth = 0; nth < 3; nth++) await from.writes.notes(anna, `Anteckning ${nth}`);
    const sha256 = await from.writes.stores('stockholm', 'Svar på rapport 5');
    await from.writes.stores('tyreso', 'Svar på rapport 5');
    await from.follow();
    const [, , third] = await allOf(from.log);
    const { id, tenant, stream, rev } = third!.entry;
    const letter = { reaction: 'tells', event: id, target: 'x', tenant, code: 'case.closed', sv: 'Nej.', en: 'No.', at: '2026-03-02 08:00:00+00' };
    const checkpoints = [
      { name: 'begins', footing: null },
      { name: 'tells', footing: { id, tenant, stream, rev } },
    ];
    await putReactions(from.worker, from.log, { checkpoints, deadLetters: [letter] });

    const backup = await made(from);
    expect(backup.lacking.count).toBe(0);
    expect(Object.fromEntries(Object.entries(backup.closing.sections).map(([section, { items }]) => [section, items]))).toEqual({
      log: 7,
      parts: 7,
      keys: 2,
      documents: 2,
      reactions: 3,
    });
    const into = await ground(profile, { ledger: join(from.folder, 'erasures') });
    expect(await restore(into, { from: backup.path, opener })).toMatchObject({ put: 7, keptErased: 0, streams: 4 });

    expect(await texts(into)).toEqual(await texts(from));
    expect(await vaultOf(into)).toEqual(await vaultOf(from));
    expect(await positions(into)).toEqual(await positions(from));
    expect(into.log.id).not.toBe(from.log.id);
    expect(await openedIn(into, 'stockholm', anna.stream)).toEqual(await openedIn(from, 'stockholm', anna.stream));
    expect(await openedIn(into, 'tyreso', åke.stream)).toEqual([{ name: 'Åke', note: 'Om Åke' }]);
    expect(await into.documents.get('stockholm', sha256)).toBeDefined();
    expect(await into.documents.get('malmo', sha256)).toBeUndefined();
    const there = (await allOf(into.log)).find(({ entry }) => entry.id === id);
    expect(await reactionStates(into.worker, into.log, ['begins', 'tells', 'other'])).toEqual([
      { name: 'begins', state: 'stands', position: START },
      { name: 'tells', state: 'stands', position: there?.position },
      { name: 'other', state: 'new', position: START },
    ]);
    expect((await into.worker.query('select * from views.dead_letters')).rows).toEqual([letter]);
    expect(await into.store.knows(into.keyring.checkValue)).toBe(true);

    await into.follow();
    const reactions = ['begins', 'tells'];
    const checks = await examine({ ...into.examined, reactions });
    expect(unsound(checks)).toEqual([]);
    const before = await examine({ ...from.examined, reactions });
    expect(numbers(checks, 'log')?.sha256).toBe(numbers(before, 'log')?.sha256);
    expect(numbers(checks, 'views')).toEqual({ ...numbers(before, 'views'), equal: 2, different: 0, absent: 0, other: 0 });
  });

  test('a backup made while others write holds everything up to its beginning and all that belongs to it', async () => {
    const from = await ground(profile);
    const first = await from.writes.opens('stockholm', 'Först');
    await from.writes.stores('stockholm', 'först');
    const before = (await texts(from)).length;
    const writing = new AbortController();
    const writer = async (nth: number) => {
      for (let n = 0; !writing.signal.aborted; n++) {
        const one = await from.writes.opens('stockholm', `${nth} ${n}`);
        await from.writes.notes(one, 'mer');
        await from.writes.stores('stockholm', `${nth} ${n}`);
        if (n % 5 === 4) await from.vault.destroy(one.tenant, one.subject);
      }
    };
    const writers = [1, 2, 3].map(writer);
    while ((await texts(from)).length < 40) await from.writes.notes(first, 'mer');
    const backup = await made(from);
    writing.abort();
    await Promise.all(writers);
    expect(backup.lacking.named).toEqual([]);

    const into = await ground(profile, { ledger: join(from.folder, 'erasures') });
    await restore(into, { from: backup.path, opener });
    const [all, restored] = [await texts(from), await texts(into)];
    expect(restored.length).toBeGreaterThan(before);
    expect(restored).toEqual(all.slice(0, restored.length));
    expect((await allOf(from.log))[restored.length - 1]?.position.toString()).toBe(backup.opening.log.head);
    expect(unsound(await examine(into.examined))).toEqual([]);
  });

  test('whoever was erased after the backup stays erased: neither key nor part is ever there again', async () => {
    const from = await ground(profile);
    const [anna, bo] = [await from.writes.opens('stockholm', 'Anna'), await from.writes.opens('stockholm', 'Bo')];
    await from.writes.notes(anna, 'mer om Anna');
    const backup = await made(from);
    const decided = randomId();
    await from.vault.destroy('stockholm', anna.subject, decided);

    const into = await ground(profile, { ledger: join(from.folder, 'erasures') });
    await into.owner
      .query(`create table public.seen as select * from vault.parts; create function public.see() returns trigger language plpgsql security definer as
      $$ begin insert into public.seen select new.*; return new; end $$; create trigger see after insert on vault.parts for each row execute function public.see()`);
    expect(await restore(into, { from: backup.path, opener })).toMatchObject({ keptErased: 1 });
    const { keys, parts } = await vaultOf(into);
    expect(Object.fromEntries(keys.map(({ subject, wrapped }) => [subject, wrapped !== null]))).toEqual({ [anna.subject]: false, [bo.subject]: true });
    expect(parts.map(({ subject }) => subject)).toEqual([bo.subject, bo.subject]);
    expect((await into.owner.query('select from public.seen where subject = $1', [anna.subject])).rowCount).toBe(0);
    expect(await openedIn(into, 'stockholm', anna.stream)).toEqual([{ name: ERASED, note: ERASED }, { note: ERASED }]);
    expect(await openedIn(into, 'stockholm', bo.stream)).toEqual([{ name: 'Bo', note: 'Om Bo' }]);
    const checks = await examine(into.examined);
    expect(unsound(checks)).toEqual([]);
    expect(checks.find(({ name }) => name === 'vault')?.numbers).toMatchObject({ sound: 2, erased: 3, missing: 0 });
    // The log is older than the decision, and says nothing of it: somebody has to be told.
    expect(checks.find(({ name }) => name === 'erasures')).toMatchObject({
      numbers: { erased: 1, untold: 1 },
      notes: [expect.stringMatching(/^1 erasures are not told by the log/)],
    });
  });

  test('killed in the middle, nothing can be opened; the same backup goes on from there, another is refused', async () => {
    const from = await ground(profile);
    const anna = await from.writes.opens('stockholm', 'Anna');
    await from.writes.stores('stockholm', 'ett');
    const [backup, other] = [await made(from), await made(from, 'other')];
    const into = await ground(profile, { ledger: join(from.folder, 'erasures') });
    await expect(restore({ ...into, documents: new Full() }, { from: backup.path, opener })).rejects.toThrow('full');

    await expect(into.store.knows(into.keyring.checkValue)).rejects.toThrow(RestoreUnfinished);
    expect(await into.log.state()).toEqual({ state: 'filling', other: from.log.id });
    expect(unsound(await examine(into.examined)).join()).toMatch(/restore: The restore of backup .* was broken off/);
    expect(await reason(backUp(into, { to: join(into.folder, 'x'), seal, release: 'spec' }))).toMatch(/half restored/);
    expect(await reason(restore(into, { from: other.path, opener }))).toMatch(/another backup was broken off/);

    expect(await restore(into, { from: backup.path, opener })).toMatchObject({ put: 0 });
    expect(await texts(into)).toEqual(await texts(from));
    expect(await openedIn(into, 'stockholm', anna.stream)).toEqual([{ name: 'Anna', note: 'Om Anna' }]);
    expect(await into.store.knows(into.keyring.checkValue)).toBe(true);
    expect(isSound(await examine(into.examined))).toBe(true);
    expect(await reason(restore(into, { from: backup.path, opener }))).toMatch(/something already/);
  });
});

test('a backup that is stopped leaves nothing behind', async () => {
  const from = await ground('PostgreSQL, documents in a folder');
  await from.writes.opens('stockholm', 'Anna');
  const stopped = backUp(from, { to: join(from.folder, 'stopped'), seal, release: 'spec', signal: AbortSignal.abort(new Error('asked to')) });
  await expect(stopped).rejects.toThrow('asked to');
  expect((await readdir(from.folder)).filter((name) => name.startsWith('stopped'))).toEqual([]);
  await closeAll();
});

describe('what is refused, before anything is touched', () => {
  let from: Ground;
  let into: Ground;
  let backup: Awaited<ReturnType<typeof made>>;
  beforeAll(async () => {
    from = await ground('PostgreSQL, documents in a folder');
    await from.writes.opens('stockholm', 'Anna');
    await from.writes.stores('stockholm', 'ett');
    backup = await made(from);
    into = await ground('PostgreSQL, documents in a folder', { ledger: join(from.folder, 'erasures') });
  });
  afterAll(closeAll);
  afterEach(() => assertUntouched(into));

  const changed = async (change: (bytes: Buffer) => Buffer): Promise<string> => {
    const path = join(into.folder, randomId());
    await writeFile(path, change(await readFile(backup.path)));
    return path;
  };

  test('a backup that was cut short', async () => {
    for (const part of [0.5, 0.99]) {
      const path = await changed((bytes) => bytes.subarray(0, Math.floor(bytes.length * part)));
      expect(await reason(restore(into, { from: path, opener }))).toMatch(/damaged or cut short, and nothing is restored/);
    }
  });

  test('a backup that was changed', async () => {
    const path = await changed((bytes) => bytes.with(bytes.length - 100, (bytes.at(-100) ?? 0) ^ 1) as Buffer);
    expect(await reason(restore(into, { from: path, opener }))).toMatch(/damaged or cut short/);
  });

  test('another identity', async () => {
    const { identity } = await newIdentity();
    expect(await reason(restore(into, { from: backup.path, opener: { identities: [identity] } }))).toMatch(/not encrypted for this identity/);
  });

  test('another key file', async () => {
    const other = await openGround('PostgreSQL, documents in a folder', { secret: 8 });
    try {
      expect(await reason(restore({ ...into, keyring: other.keyring }, { from: backup.path, opener }))).toMatch(/another key file/);
    } finally {
      await other.close();
    }
  });

  test('a backup that somebody else made for the same recipient', async () => {
    const forger = await openGround('PostgreSQL, documents in a folder', { secret: 8 });
    try {
      const pretending = { checkValue: from.keyring.checkValue, mark: (...said: [string, string]) => forger.keyring.mark(...said) };
      const path = join(into.folder, 'forged');
      await backUp({ ...forger, keyring: pretending as never }, { to: path, seal, release: 'spec' });
      expect(await reason(restore({ ...into, ledger: forger.ledger }, { from: path, opener }))).toMatch(/not made by anybody who has this key file/);
    } finally {
      await forger.close();
    }
  });

  test('no ledger of erasures, or another one, unless it is said to be lost', async () => {
    const { ledger, ...without } = into;
    expect(ledger).toBeDefined();
    expect(await reason(restore({ ...without, ledger: undefined }, { from: backup.path, opener }))).toMatch(/no ledger of erasures.*--without-ledger/);
    const other = await openGround('PostgreSQL, documents in a folder');
    try {
      expect(await reason(restore({ ...into, ledger: other.ledger }, { from: backup.path, opener }))).toMatch(/not the one that belongs to this backup/);
    } finally {
      await other.close();
    }
  });

  test('a database that somebody works on', async () => {
    const { openPool } = await import('#libs/database');
    const api = openPool(into.database.api, { max: 1, name: 'uppsikt api' });
    try {
      await api.query('select 1');
      expect(await reason(restore(into, { from: backup.path, opener }))).toMatch(/Somebody works on this database \(uppsikt api\)/);
    } finally {
      await api.end();
    }
  });
});

describe('erasures', () => {
  afterEach(closeAll);

  test('who was erased before the backup stays erased, also without the ledger', async () => {
    const from = await ground('PostgreSQL, documents in a folder');
    const [anna, bo] = [await from.writes.opens('stockholm', 'Anna'), await from.writes.opens('stockholm', 'Bo')];
    await from.vault.destroy('stockholm', anna.subject);
    const backup = await made(from);
    expect(backup.lacking.count).toBe(0);
    const into = await ground('PostgreSQL, documents in a folder');
    await restore(into, { from: backup.path, opener, withoutLedger: true });
    expect(await vaultOf(into)).toEqual(await vaultOf(from));
    expect(await openedIn(into, 'stockholm', anna.stream)).toEqual([{ name: ERASED, note: ERASED }]);
    expect(await openedIn(into, 'stockholm', bo.stream)).toEqual([{ name: 'Bo', note: 'Om Bo' }]);
    expect(isSound(await examine(into.examined))).toBe(true);
    // Nobody seals anything more for the erased case.
    await expect(into.vault.seal('stockholm', anna.stream, anna.subject, false, [{ eventId: randomId(), personal: { note: 'x' } }])).rejects.toThrow(
      'case.erased',
    );
  });

  test('with the ledger lost, and said to be, the rest is restored', async () => {
    const from = await ground('PostgreSQL, documents in a folder');
    const anna = await from.writes.opens('stockholm', 'Anna');
    const backup = await made(from);
    const into = await ground('PostgreSQL, documents in a folder');
    await restore({ ...into, ledger: undefined }, { from: backup.path, opener, withoutLedger: true });
    expect(await openedIn(into, 'stockholm', anna.stream)).toEqual([{ name: 'Anna', note: 'Om Anna' }]);
  });

  test('a ledger that cannot be read stops the restore before anything is put', async () => {
    const from = await ground('PostgreSQL, documents in a folder');
    await from.writes.opens('stockholm', 'Anna');
    const backup = await made(from);
    const into = await ground('PostgreSQL, documents in a folder', { ledger: join(from.folder, 'erasures') });
    await rm(join(from.folder, 'erasures', 'stockholm'), { recursive: true, force: true });
    await writeFile(join(from.folder, 'erasures', 'stockholm'), 'a file in the place of a folder');
    await expect(restore(into, { from: backup.path, opener })).rejects.toThrow(LedgerUnavailable);
    await assertUntouched(into);
  });
});
