import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Instant } from '#libs/kernel';
import { ErasureLedger, LedgerUnavailable, newLedgerId, type Erased, type Erasure } from './erasure-ledger.js';

/** Says the ledger's id. No municipality is called so, since their names have no dots. */
const ID = 'ledger.json';
const PAGE = 1_000;
const TENANT = /^[a-z0-9]{1,40}$/;
const SUBJECT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The ledger in a folder, a file for each erasure: `<municipality>/<subject>`. Several processes may share it. */
export class FolderLedger extends ErasureLedger {
  constructor(private readonly root: string) {
    super();
  }

  override async id({ create = false } = {}): Promise<string | undefined> {
    return this.#usable(async () => {
      const path = join(this.root, ID);
      if (create) await this.#keep(path, JSON.stringify({ ledger: newLedgerId() }));
      const text = await readFile(path, 'utf8').catch(unlessAbsent);
      return text === undefined ? undefined : (JSON.parse(text) as { ledger: string }).ledger;
    });
  }

  override async record(erasure: Erasure): Promise<void> {
    const path = this.#path(erasure);
    const { at, event } = erasure;
    await this.#usable(() => this.#keep(path, JSON.stringify({ at, ...(event !== undefined && { event }) })));
  }

  override async *erased(): AsyncGenerator<readonly Erased[]> {
    const names = (folder: string) => this.#usable(async () => (await readdir(folder).catch(unlessAbsent)) ?? []);
    for (const tenant of (await names(this.root)).filter((name) => TENANT.test(name))) {
      const subjects = (await names(join(this.root, tenant))).filter((name) => SUBJECT.test(name)).toSorted();
      for (let at = 0; at < subjects.length; at += PAGE) yield subjects.slice(at, at + PAGE).map((subject) => ({ tenant, subject }));
    }
  }

  override async read(erased: Erased): Promise<Erasure> {
    const text = await this.#usable(() => readFile(this.#path(erased), 'utf8'));
    return { ...erased, ...(JSON.parse(text) as { at: Instant; event?: string }) };
  }

  #path({ tenant, subject }: Erased): string {
    if (!TENANT.test(tenant) || !SUBJECT.test(subject)) throw new TypeError(`${JSON.stringify(subject)} of ${JSON.stringify(tenant)} is nobody's pseudonym.`);
    return join(this.root, tenant, subject);
  }

  /** Written beside, fsynced and linked into place with its folders: there is the whole of it or nothing, and what is there stays. */
  async #keep(path: string, text: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const beside = join(this.root, `.${randomUUID()}`);
    try {
      await written(beside, `${text}\n`);
      await link(beside, path).catch((error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? undefined : Promise.reject(error)));
    } finally {
      await rm(beside, { force: true });
    }
    // Also where it was there already: whoever wrote it may have been killed before this.
    for (const folder of [dirname(path), this.root, dirname(this.root)]) await sync(folder);
  }

  async #usable<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw new LedgerUnavailable(
        `The ledger of erasures in ${this.root} cannot be kept or read: ${message}. Make the folder writable, or set ERASURE_LEDGER.`,
        { cause: error },
      );
    }
  }
}

const unlessAbsent = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

const written = async (path: string, text: string): Promise<void> => {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(text);
  await file.sync();
};

const sync = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return; // which cannot open a folder
  await using folder = await open(path);
  await folder.sync(); // a name is durable only with its folder
};
