import type { Pool } from 'pg';
import { fold } from './lexemes.js';

/** Types, labels, roles and codes are few; names that stand in data are more. */
const MAX_KEPT = 50_000;

/** The stems of words by PostgreSQL's Swedish dictionary, plain and folded: each word is asked for once. */
export class Stems {
  readonly #kept = new Map<string, readonly string[]>();

  constructor(private readonly pool: Pool) {}

  /** Makes sure that {@link of} knows these words. */
  async learn(words: Iterable<string>): Promise<void> {
    if (this.#kept.size > MAX_KEPT) this.#kept.clear();
    const unknown = [...new Set(words)].filter((word) => !this.#kept.has(word));
    if (unknown.length === 0) return;
    const { rows } = await this.pool.query<{ word: string; stems: readonly string[] }>(
      "select word, tsvector_to_array(to_tsvector('swedish', word) || to_tsvector('swedish', folded)) as stems from unnest($1::text[], $2::text[]) w(word, folded)",
      [unknown, unknown.map(fold)],
    );
    for (const { word, stems } of rows) this.#kept.set(word, stems);
  }

  of(word: string): readonly string[] {
    return this.#kept.get(word) ?? [];
  }
}
