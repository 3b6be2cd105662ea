import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { assertHash, DocumentsUnavailable, DocumentStore, heldAgainst, placeOf } from './document-store.js';

/** What is written, until it is whole. No municipality is called so, since their names have no dots. */
const INCOMING = '.incoming';
/** What a process that was killed left behind; none writes that long. */
const ABANDONED_MS = 86_400_000;

/**
 * Documents in a folder: `<municipality>/ab/cdef…`. Each is written beside, fsynced and renamed, and its name fsynced, so that nobody
 * ever reads half of one. Several processes may share it.
 */
export class DiskStore extends DocumentStore {
  constructor(private readonly root: string) {
    super();
  }

  override async put(tenant: string, sha256: string, bytes: Uint8Array): Promise<void> {
    assertHash(sha256, bytes);
    const [own, part, name] = placeOf(tenant, sha256);
    const folder = join(this.root, own, part);
    const path = join(folder, name);
    await this.#usable(async () => {
      if (await isThere(path)) {
        await finished(heldAgainst(sha256, path, createReadStream(path)).resume());
      } else {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await this.#write(path, bytes);
      }
      // Also where it was there already: whoever wrote it may have been killed before this.
      for (const changed of [folder, join(this.root, own), this.root]) await sync(changed);
    });
  }

  override async get(tenant: string, sha256: string): Promise<Readable | undefined> {
    const path = join(this.root, ...placeOf(tenant, sha256));
    return this.#usable(async () => ((await isThere(path)) ? heldAgainst(sha256, path, createReadStream(path)) : undefined));
  }

  override async check(): Promise<void> {
    await this.#usable(async () => {
      const incoming = join(this.root, INCOMING);
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      await sync(join(this.root, '..'));
      const probe = join(incoming, randomUUID());
      await written(probe, Buffer.from('probe'));
      await rm(probe);
      await this.#sweep(incoming);
    });
  }

  async #write(path: string, bytes: Uint8Array): Promise<void> {
    const beside = join(this.root, INCOMING, randomUUID());
    try {
      await written(beside, bytes);
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  async #sweep(incoming: string): Promise<void> {
    const now = Temporal.Now.instant().epochMilliseconds;
    for (const name of await readdir(incoming)) {
      const path = join(incoming, name);
      const found = await stat(path).catch(() => undefined); // another process has just finished it
      if (found && now - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true });
    }
  }

  async #usable<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw new DocumentsUnavailable(`The documents in ${this.root} cannot be kept or read: ${message}. Make the folder writable, or set DOCUMENTS_URL.`, {
        cause: error,
      });
    }
  }
}

const isThere = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
};

/** Whole and on disk, under a name that is new, and read-only from then on. */
const written = async (path: string, bytes: Uint8Array): Promise<void> => {
  await using file = await open(path, 'wx', 0o400);
  await file.writeFile(bytes);
  await file.sync();
};

const sync = async (path: string): Promise<void> => {
  await using folder = await open(path);
  await folder.sync(); // a name is durable only with its folder
};
