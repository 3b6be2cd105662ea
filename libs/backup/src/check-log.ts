import { createHash } from 'node:crypto';
import type { Stored } from '#libs/event-log';
import { entryText } from '#libs/kernel';
import type { Checked } from './checked.js';
import { Findings } from './findings.js';
import { Revisions } from './revisions.js';

/** Looks at every entry: written as the log writes it, each stream's revisions without a gap, and the positions too where they have none. */
export class LogCheck {
  readonly #deviations = new Findings();
  readonly #revisions = new Revisions();
  readonly #tenants = new Set<string>();
  readonly #hash = createHash('sha256');
  #entries = 0;
  #last = 0n;

  /** @param gapless whether positions follow each other by one */
  constructor(private readonly gapless: boolean) {}

  page(entries: readonly Stored[]): void {
    for (const stored of entries) this.#entry(stored);
  }

  /** @param head where the log ended when this began */
  result(head: bigint): Checked {
    const [entries, streams, tenants] = [this.#entries, this.#revisions.streams, this.#tenants.size];
    if (this.#last !== head) this.#deviations.add(`The log was read to position ${this.#last}, and ends at ${head}.`);
    const positions = this.gapless ? ', positions without a gap' : '';
    return {
      name: 'log',
      counted: `${entries} entries in ${streams} streams of ${tenants} municipalities, revisions without a gap${positions}`,
      numbers: { entries, streams, tenants, head: head.toString(), sha256: this.#hash.digest('hex') },
      deviations: this.#deviations,
      notes: [],
    };
  }

  #entry({ position, text, entry }: Stored): void {
    const { id, tenant, stream, rev } = entry;
    const named = `Entry ${id} at position ${position} (${stream} of ${tenant}, revision ${rev})`;
    const due = this.#revisions.due(tenant, stream);
    if (rev !== due) this.#deviations.add(`${named} should have revision ${due}.`);
    if (this.gapless ? position !== this.#last + 1n : position <= this.#last) this.#deviations.add(`${named} follows position ${this.#last}.`);
    if (!isWritten(text, () => entryText(entry))) this.#deviations.add(`${named} is not written as the log writes entries.`);
    this.#last = position;
    this.#entries++;
    this.#tenants.add(tenant);
    this.#hash.update(`${text}\n`);
  }
}

const isWritten = (text: string, again: () => string): boolean => {
  try {
    return again() === text;
  } catch {
    return false;
  }
};
