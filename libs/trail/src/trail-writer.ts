import type { Pool } from 'pg';
import type { Entry, EventRegistry } from '#libs/kernel';
import type { Change, PageEntry, Writer } from '#libs/views';
import { blockLexemes, camelWords, lexeme, valuesIn } from './lexemes.js';
import { Lexicon } from './lexicon.js';
import { COLUMNS, type TrailRow } from './trail-columns.js';
import { TABLE } from './trail-name.js';
import { takeIn } from './trail-table.js';

const INSERT = `insert into views.${TABLE} (${COLUMNS.map(({ name }) => name).join(', ')})
  select * from unnest(${COLUMNS.map(({ sql }, nth) => `$${nth + 1}::${sql}[]`).join(', ')})`;

/** Writes every entry into the trail, with what it can be found by. */
export class TrailWriter implements Writer {
  readonly #lexicon: Lexicon;
  /** How many entries each tenant has so far. */
  readonly #counts = new Map<string, number>();

  constructor(
    private readonly pool: Pool,
    private readonly registry: EventRegistry,
  ) {
    this.#lexicon = new Lexicon(pool);
  }

  async take(entries: readonly PageEntry[]): Promise<Change | undefined> {
    if (entries.length === 0) return undefined;
    const texts = entries.map(({ stored }) => this.#texts(stored.entry));
    await this.#lexicon.learn(texts.flat());
    await this.#count(new Set(entries.map(({ stored }) => stored.entry.tenant)));
    const rows = entries.map(({ stored, recordedAt }, nth): TrailRow => {
      const number = this.#counts.get(stored.entry.tenant) ?? 0;
      this.#counts.set(stored.entry.tenant, number + 1);
      return { stored, recordedAt, number, words: this.#words(stored.entry, number, texts[nth] ?? []) };
    });
    const values = COLUMNS.map(({ of }) => rows.map(of));
    return {
      quarantined: [],
      write: async (client) => {
        await client.query({ name: `insert_${TABLE}`, text: INSERT, values });
        await client.query(takeIn);
      },
    };
  }

  /** What people call it, what it concerns, who did it, and every text, number and id in it. */
  #texts(entry: Entry): readonly string[] {
    const { type, stream, by, data } = entry;
    const { sv, en } = this.#label(entry);
    return valuesIn(data, [sv, en, camelWords(type), type, stream.slice(-36), by.actor, by.role, by.unit]);
  }

  /** A label that fails on what an entry holds must not stop the trail, which shows everything. */
  #label(entry: Entry): { readonly sv: string; readonly en: string } {
    try {
      return this.registry.label(entry);
    } catch {
      return { sv: entry.type, en: entry.type };
    }
  }

  /** The text of a `tsvector`; what stands in it twice PostgreSQL keeps once. */
  #words({ tenant, stream, type, by }: Entry, number: number, texts: readonly string[]): string {
    const filters = [...blockLexemes(tenant, number), stream, type, by.actor, by.role].map(lexeme);
    return [...texts.map((text) => this.#lexicon.of(text)), ...filters].join(' ');
  }

  async #count(tenants: ReadonlySet<string>): Promise<void> {
    for (const tenant of tenants) {
      if (this.#counts.has(tenant)) continue;
      const { rows } = await this.pool.query<{ number: number }>(`select number from views.${TABLE} where tenant = $1 order by position desc limit 1`, [
        tenant,
      ]);
      this.#counts.set(tenant, (rows[0]?.number ?? -1) + 1);
    }
  }
}
