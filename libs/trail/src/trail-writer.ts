import type { Pool } from 'pg';
import type { Entry, EventRegistry } from '#libs/kernel';
import type { Change, PageEntry, Writer } from '#libs/views';
import { blockLexeme, camelWords, fold, lexeme, tokensOf, valuesIn, type Tokens } from './lexemes.js';
import { Stems } from './stems.js';
import { COLUMNS, type TrailRow } from './trail-columns.js';
import { TABLE } from './trail-table.js';

const INSERT = `insert into views.${TABLE} (${COLUMNS.map(({ name }) => name).join(', ')})
  select * from unnest(${COLUMNS.map(({ sql }, nth) => `$${nth + 1}::${sql}[]`).join(', ')})`;

/** Writes every entry into the trail, with what it can be found by. */
export class TrailWriter implements Writer {
  readonly #stems: Stems;
  /** How many entries each tenant has so far. */
  readonly #counts = new Map<string, number>();

  constructor(
    private readonly pool: Pool,
    private readonly registry: EventRegistry,
  ) {
    this.#stems = new Stems(pool);
  }

  async take(entries: readonly PageEntry[]): Promise<Change | undefined> {
    if (entries.length === 0) return undefined;
    const tokens = entries.map(({ stored }) => this.#tokens(stored.entry));
    await this.#stems.learn(tokens.flatMap(({ words }) => [...words]));
    await this.#count(new Set(entries.map(({ stored }) => stored.entry.tenant)));
    const rows = entries.map(({ stored, recordedAt }, nth): TrailRow => {
      const number = this.#counts.get(stored.entry.tenant) ?? 0;
      this.#counts.set(stored.entry.tenant, number + 1);
      return { stored, recordedAt, number, words: this.#words(stored.entry, number, tokens[nth]) };
    });
    const values = COLUMNS.map(({ of }) => rows.map(of));
    return { quarantined: [], write: async (client) => void (await client.query({ name: `insert_${TABLE}`, text: INSERT, values })) };
  }

  /** What people call it, and every text, number and id in it. */
  #tokens(entry: Entry): Tokens {
    const { sv, en } = this.#label(entry);
    return tokensOf([sv, en, camelWords(entry.type), ...valuesIn(entry.data)]);
  }

  /** A label that fails on what an entry holds must not stop the trail, which shows everything. */
  #label(entry: Entry): { readonly sv: string; readonly en: string } {
    try {
      return this.registry.label(entry);
    } catch {
      return { sv: entry.type, en: entry.type };
    }
  }

  #words({ tenant, stream, type, by }: Entry, number: number, { words, literals }: Tokens = { words: new Set(), literals: new Set() }): string {
    const lexemes = new Set(literals);
    for (const word of words) for (const stem of this.#stems.of(word)) lexemes.add(stem);
    for (const filter of [blockLexeme(tenant, number), stream, stream.slice(-36), fold(type), by.actor, by.role, by.unit]) lexemes.add(filter);
    return [...lexemes].map(lexeme).join(' ');
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
