import { createHash, type Hash } from 'node:crypto';
import type { Instant } from '#libs/kernel';

/** Of the layout of a backup. A release reads its own and those before. */
export const FORMAT = 1;

/** What lies in a backup, one folder each, in this order: the log, then the vault, then the documents. */
export const SECTIONS = ['log', 'parts', 'keys', 'documents', 'reactions'] as const;
export type Section = (typeof SECTIONS)[number];

/** First in a backup: what is known before anything was read. */
export interface Opening {
  readonly format: number;
  /** Of the backup itself. */
  readonly backup: string;
  readonly madeAt: Instant;
  readonly release: string;
  readonly log: {
    readonly id: string;
    /** Where the log ended when the backup began: what came later is not in it. */
    readonly head: string;
    /** Whether its positions have no gaps. */
    readonly gapless: boolean;
  };
  /** Check value of the key file that the personal parts are sealed with. The key file itself is never in a backup. */
  readonly keyFile: string;
  /** Id of the ledger of erasures; null where there was none. */
  readonly ledger: string | null;
}

export interface SectionCount {
  readonly members: number;
  /** Lines, or documents. */
  readonly items: number;
  readonly bytes: number;
  /** Over name, size and bytes of each member. */
  readonly sha256: string;
}

/** Last in a backup, so that a backup that ends with it is whole. */
export interface Closing {
  readonly backup: string;
  readonly sections: Readonly<Record<Section, SectionCount>>;
  /** What the log names and was not there to be kept. */
  readonly lacking: number;
  /** By whoever has the key file, over all that stands before it: the recipients of a backup are public, and anybody could make one. */
  readonly mark: string;
}

/** The text that is marked. */
export const marked = (opening: Opening, closing: Omit<Closing, 'mark'>): string => JSON.stringify([opening, closing]);

/** Counts what lies in the sections, and hashes it. */
export class SectionCounts {
  readonly #counts = new Map<Section, { members: number; items: number; bytes: number; readonly hash: Hash }>(
    SECTIONS.map((section) => [section, { members: 0, items: 0, bytes: 0, hash: createHash('sha256') }]),
  );

  add(section: Section, name: string, content: Uint8Array, items: number): void {
    const count = this.#counts.get(section);
    if (!count) return;
    count.members++;
    count.items += items;
    count.bytes += content.length;
    count.hash.update(`${name} ${content.length}\n`).update(content);
  }

  itemsOf(section: Section): number {
    return this.#counts.get(section)?.items ?? 0;
  }

  get all(): Readonly<Record<Section, SectionCount>> {
    const all = [...this.#counts].map(([section, { hash, ...counts }]) => [section, { ...counts, sha256: hash.copy().digest('hex') }]);
    return Object.fromEntries(all) as Record<Section, SectionCount>;
  }
}
