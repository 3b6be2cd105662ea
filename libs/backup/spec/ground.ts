import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import S3rver from '@20minutes/s3rver';
import { Client } from 'pg';
import { clientConfig, openPool } from '#libs/database';
import { documentId, DocumentStored, openDocuments } from '#libs/documents';
import { logMigrations, movingEventStoreLog, movingPostgresLog, type MovingLog, type Sealed, type Stored } from '#libs/event-log';
import { EventRegistry, eventType, IdType, instant, randomId, type Entry, type EventOf } from '#libs/kernel';
import { eventStoreServer, preparedDatabase, someEntry } from '#libs/testing';
import { FolderLedger, Keyring, PostgresVault, Vault, vaultMigrations, type Opened } from '#libs/vault';
import { col, rowView, ViewRunner, Views } from '#libs/views';
import { Type } from 'typebox';
import type { Examined, Targets } from '../src/index.js';
import { RESTORE } from '../src/restore.js';

// A small domain: cases about persons, each opened and noted on, and the documents of a municipality.

const Begun = eventType('CaseOpened', {
  name: { sv: 'Ärende öppnat', en: 'Case opened' },
  schema: 1,
  data: { subject: IdType('Whose it is.') },
  personal: { name: Type.String(), note: Type.String() },
});
const Noted = eventType('CaseNoted', { name: { sv: 'Antecknat', en: 'Noted' }, schema: 1, data: { nth: Type.Integer() }, personal: { note: Type.String() } });
const registry = new EventRegistry([Begun, Noted, DocumentStored]);

type CaseEvent = EventOf<typeof Begun> | EventOf<typeof Noted>;
export const casesView = rowView({
  name: 'cases',
  version: 1,
  columns: { notes: col.int(), about: col.json<{ last: number }>() },
  reads: [Begun, Noted],
  keys: ({ stream }) => stream,
  fold: (row, event: CaseEvent) => {
    if (event.type === 'CaseNoted' && event.data.nth < 0) throw new RangeError('nothing is noted before the first');
    const notes = (row?.notes ?? 0) + (event.type === 'CaseNoted' ? 1 : 0);
    return { notes, about: { last: event.type === 'CaseNoted' ? event.data.nth : 0 } };
  },
});
const filesView = rowView({
  name: 'files',
  version: 1,
  columns: { name: col.text() },
  reads: [DocumentStored],
  keys: ({ data }) => data.sha256,
  fold: (_, { data: { name } }) => ({ name }),
});
export const views = [casesView, filesView];

/** Where everything of an installation lies. */
export type Profile = 'PostgreSQL, documents in a folder' | 'PostgreSQL, documents in a bucket' | 'EventStoreDB, vault in PostgreSQL';

/** An installation of its own, empty; `secret` is in its key file. */
export const openGround = async (profile: Profile, { ledger: of, secret = 7 }: { readonly ledger?: string; readonly secret?: number } = {}) => {
  await using opened = new AsyncDisposableStack();
  const kept = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => opened.adopt(thing, async (one) => void (await close(one)));
  const folder = kept(await mkdtemp(join(tmpdir(), 'uppsikt-backup-ö-')), (one) => rm(one, { recursive: true }));
  const database = kept(await preparedDatabase([vaultMigrations, logMigrations]), (one) => one.drop());
  const owner = kept(new Client(clientConfig(database.owner, RESTORE)), (one) => one.end());
  owner.on('error', () => {}); // it is ended with its database
  await owner.connect();
  const worker = kept(openPool(database.worker, { max: 6, name: RESTORE }), (one) => one.end());
  const store = new PostgresVault(worker);
  const documents = await openDocuments(
    profile === 'PostgreSQL, documents in a bucket' ? await bucket(kept, folder) : pathToFileURL(join(folder, 'documents')).href,
  );
  const log: MovingLog = kept(
    profile === 'EventStoreDB, vault in PostgreSQL'
      ? await movingEventStoreLog({
          url: kept(await eventStoreServer(), (one) => one.close()).url,
          putSealed: (tenant, sealed) => store.put(tenant, sealed),
          lookMs: 20,
        })
      : await movingPostgresLog({ url: database.owner, name: RESTORE }),
    (one) => one.close(),
  );
  const ledger = new FolderLedger(of ?? join(folder, 'erasures'));
  await ledger.id({ create: of === undefined });
  const keyring = new Keyring(Buffer.alloc(32, secret));
  const vault = new Vault(store, keyring, ledger);
  const targets: Targets = { log, owner, worker, documents, keyring, ledger };
  const everything = opened.move();
  return {
    ...targets,
    ledger,
    vault,
    store,
    database,
    folder,
    examined: { ...targets, workerUrl: database.worker, registry, views, reactions: [] } satisfies Examined,
    writes: new Writes(log, vault, documents),
    /** Runs the views until they hold everything. */
    follow: async () => {
      const runner = new ViewRunner({ pool: worker, log, registry, views });
      await runner.start();
      await new Views({ pool: worker, log, views }).waitFor(await log.head(), views, { timeoutMs: 60_000 });
      await runner.stop();
    },
    close: () => everything.disposeAsync(),
  };
};
export type Ground = Awaited<ReturnType<typeof openGround>>;

const bucket = async (kept: <T>(thing: T, close: (thing: T) => Promise<unknown>) => T, folder: string): Promise<string> => {
  const server = kept(
    new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: join(folder, 's3'), configureBuckets: [{ name: 'handlingar' }] }),
    (one) => one.close(),
  );
  const { port } = await server.run();
  return `s3+http://S3RVER:S3RVER@127.0.0.1:${port}/handlingar/uppsikt`;
};

/** Somebody who records things. */
class Writes {
  readonly #revisions = new Map<string, number>();

  constructor(
    private readonly log: MovingLog,
    private readonly vault: Vault,
    private readonly documents: Targets['documents'],
  ) {}

  /** Opens a case about somebody. @returns its stream and pseudonym */
  async opens(tenant: string, name: string): Promise<{ readonly tenant: string; readonly stream: string; readonly subject: string }> {
    const one = { tenant, stream: `case-${randomId()}`, subject: randomId() };
    await this.#append(one, true, { type: 'CaseOpened', data: { subject: one.subject } }, { name, note: `Om ${name}` });
    return one;
  }

  async notes(of: { readonly tenant: string; readonly stream: string; readonly subject: string }, note: string): Promise<void> {
    await this.#append(of, false, { type: 'CaseNoted', data: { nth: this.#revisions.get(of.stream) ?? 0 } }, { note });
  }

  /** Stores a document, its bytes first. @returns its hash */
  async stores(tenant: string, content: string): Promise<string> {
    const bytes = Buffer.from(content);
    const sha256 = hash('sha256', bytes, 'hex');
    await this.documents.put(tenant, sha256, bytes);
    const stream = `document-${documentId(tenant, sha256)}`;
    const rev = this.#next(stream);
    await this.log.append(tenant, stream, rev - 1, [
      someEntry(tenant, stream, rev, { type: 'DocumentStored', data: { sha256, size: bytes.length, mediaType: 'text', name: 'a.txt' } }),
    ]);
    return sha256;
  }

  async #append(
    { tenant, stream, subject }: { readonly tenant: string; readonly stream: string; readonly subject: string },
    opening: boolean,
    event: Pick<Entry, 'type' | 'data'>,
    personal: Readonly<Record<string, string>>,
  ): Promise<void> {
    const rev = this.#next(stream);
    const entry = someEntry(tenant, stream, rev, { ...event, at: instant('2026-03-02T08:00:00.000Z') });
    const { refs, sealed }: { refs: ReadonlyMap<string, unknown>; sealed: Sealed } = await this.vault.seal(tenant, stream, subject, opening, [
      { eventId: entry.id, personal },
    ]);
    await this.log.append(tenant, stream, rev - 1, [{ ...entry, personal: refs.get(entry.id) as NonNullable<Entry['personal']> }], sealed);
  }

  #next(stream: string): number {
    const rev = (this.#revisions.get(stream) ?? -1) + 1;
    this.#revisions.set(stream, rev);
    return rev;
  }
}

/** The whole log. */
export const allOf = async (log: MovingLog): Promise<readonly Stored[]> => {
  const found: Stored[] = [];
  for (let page: Awaited<ReturnType<MovingLog['readAll']>> = await log.readAll({}); ; page = await log.readAll({ after: page.next })) {
    found.push(...page.entries);
    if (page.next === undefined) return found;
  }
};

/** What the personal parts of a stream say. */
export const openedIn = async ({ log, vault }: Pick<Ground, 'log' | 'vault'>, tenant: string, stream: string): Promise<readonly Opened[]> => {
  const entries = (await log.readStream(tenant, stream)).map(({ entry }) => entry);
  return [...(await vault.open(tenant, entries)).values()];
};

/** The vault's tables, row by row. */
export const vaultOf = async ({ owner }: Pick<Ground, 'owner'>) => ({
  keys: (await owner.query('select tenant, subject, kid, alg, wrapped from vault.keys order by 1, 2')).rows as readonly Readonly<Record<string, unknown>>[],
  parts: (await owner.query('select tenant, event_id, part, subject, sha256, bytes from vault.parts order by 1, 2, 3, 4')).rows as readonly Readonly<
    Record<string, unknown>
  >[],
});
