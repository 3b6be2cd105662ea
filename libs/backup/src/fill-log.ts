import type { MovingLog, Position, Stored } from '#libs/event-log';
import { START } from '#libs/event-log';
import type { Entry } from '#libs/kernel';
import { BackupRefused } from './refused.js';

/** Put in at once. */
const PAGE = 1_000;

/**
 * Puts the entries of a backup into a log that is being filled, with their ids and revisions, in their order. What an earlier run put there
 * is compared and kept; what is put there is read again and compared, byte for byte.
 */
export class LogFiller {
  /** How many of the entries are there, and how many of these were put there now. */
  entries = 0;
  put = 0;
  #at: Position = START;
  readonly #page: string[] = [];

  constructor(private readonly log: MovingLog) {}

  async add(text: string): Promise<void> {
    this.#page.push(text);
    if (this.#page.length === PAGE) await this.flush();
  }

  /** @throws BackupRefused where the log holds anything else than the beginning of the backup; LogUnavailable */
  async flush(): Promise<void> {
    const texts = this.#page.splice(0);
    if (texts.length === 0) return;
    const there = await this.#read(texts.length);
    this.#same(texts.slice(0, there.length), there);
    const missing = texts.slice(there.length);
    if (missing.length === 0) return;
    await this.log.fill(
      this.#at,
      missing.map((text) => JSON.parse(text) as Entry),
    );
    this.#same(missing, await this.#read(missing.length));
    this.put += missing.length;
  }

  /** @throws BackupRefused where the log goes on after what was put there */
  async assertEnds(): Promise<void> {
    if ((await this.#read(1)).length > 0) throw otherwise(this.entries);
  }

  #same(texts: readonly string[], there: readonly Stored[]): void {
    for (const [index, text] of texts.entries()) {
      const found = there[index];
      if (found?.text !== text) throw otherwise(this.entries);
      this.#at = found.position;
      this.entries++;
    }
  }

  /** So many entries after where it has come to, or as many as there are. */
  async #read(count: number): Promise<readonly Stored[]> {
    const found: Stored[] = [];
    for (let from: Position | undefined = this.#at; from !== undefined && found.length < count;) {
      const page: Awaited<ReturnType<MovingLog['readAll']>> = await this.log.readAll({ after: from, max: count - found.length });
      found.push(...page.entries);
      from = page.next;
    }
    return found;
  }
}

const otherwise = (entries: number): BackupRefused =>
  new BackupRefused(`After ${entries} entries the log holds something else than the backup: somebody else writes to it. Restore into an empty one.`);
