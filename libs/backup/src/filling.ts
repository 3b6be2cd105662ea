import { putReactions } from '#libs/reactions';
import { OwnerVault, type Erased, type KeptPart } from '#libs/vault';
import type { Member } from './archive-reader.js';
import { entryOf } from './entries.js';
import { LogFiller } from './fill-log.js';
import { documentOf, keyOf, partOf, reactionsIn } from './inspect.js';
import { linesIn } from './lines.js';
import { SectionCounts, type Section } from './manifest.js';
import type { Targets } from './restore.js';

/** Parts put into the vault at once, in bytes. */
const PART_BYTES = 8 * 1024 * 1024;

const nameOf = ({ tenant, subject }: Erased): string => `${tenant} ${subject}`;

/** Puts the members of a backup where they belong. What is there already stays, so that it can be done again. */
export class Filling {
  readonly counts = new SectionCounts();
  readonly log: LogFiller;
  readonly #vault: OwnerVault;
  readonly #erased: Set<string>;
  readonly #keptErased = new Set<string>();

  /** @param erased of whom nothing is ever written: neither a key nor a part */
  constructor(
    private readonly into: Targets,
    erased: readonly Erased[],
  ) {
    this.log = new LogFiller(into.log);
    this.#vault = new OwnerVault(into.owner);
    this.#erased = new Set(erased.map(nameOf));
  }

  /** How many stand in the backup with a key, and were not brought back. */
  get keptErased(): number {
    return this.#keptErased.size;
  }

  async member({ section, name, content }: Member & { readonly section: Section }): Promise<void> {
    this.counts.add(section, name, content, await this.#put(section, name, content));
  }

  /** @returns how many items the member holds */
  async #put(section: Section, name: string, content: Buffer): Promise<number> {
    const lines = section === 'documents' ? [] : [...linesIn(content)];
    switch (section) {
      case 'log':
        for (const line of lines) await this.log.add(entryOf(line).text);
        await this.log.flush();
        return lines.length;
      case 'parts':
        await this.#parts(lines);
        return lines.length;
      case 'keys':
        await this.#vault.putKeys(lines.map(keyOf).map((key) => (this.#isErased(key) && key.wrapped ? this.#without(key) : key)));
        return lines.length;
      case 'documents': {
        const { tenant, sha256 } = documentOf(name);
        await this.into.documents.put(tenant, sha256, content);
        return 1;
      }
      case 'reactions':
        await putReactions(this.into.worker, this.into.log, reactionsIn(content));
        return lines.length;
    }
  }

  async #parts(lines: readonly string[]): Promise<void> {
    let [batch, bytes]: [KeptPart[], number] = [[], 0];
    for (const line of lines) {
      const part = partOf(line);
      if (this.#isErased(part)) continue;
      batch.push(part);
      bytes += part.bytes.length;
      if (bytes < PART_BYTES) continue;
      await this.#vault.putParts(batch);
      [batch, bytes] = [[], 0];
    }
    await this.#vault.putParts(batch);
  }

  #isErased(one: Erased): boolean {
    return this.#erased.has(nameOf(one));
  }

  /** The row stays, so that the subject gets no other key. */
  #without<K extends Erased>(key: K): K & { readonly wrapped: null } {
    this.#keptErased.add(nameOf(key));
    return { ...key, wrapped: null };
  }
}
