import type { Pool } from 'pg';
import { fold, isPlainLiteral, lexeme, tokensOf } from './lexemes.js';

/** Labels, roles and codes are few; names and titles that stand in data are more. */
const MAX_KEPT = 20_000;

/** What texts are found by: the stems of their words by PostgreSQL's Swedish dictionary, plain and folded. Each text is asked for once. */
export class Lexicon {
  readonly #kept = new Map<string, string>();

  constructor(private readonly pool: Pool) {}

  /** Makes sure that {@link of} knows these texts. */
  async learn(texts: readonly string[]): Promise<void> {
    const unknown = new Set(texts.filter((text) => !this.#kept.has(text) && !isPlainLiteral(text)));
    if (unknown.size === 0) return;
    if (this.#kept.size > MAX_KEPT) {
      this.#kept.clear();
      return this.learn(texts);
    }
    const tokens = new Map([...unknown].map((text) => [text, tokensOf(text)]));
    const stems = await this.#stems([...new Set([...tokens.values()].flatMap(({ words }) => words))]);
    for (const [text, { words, literals }] of tokens) {
      const lexemes = new Set([...words.flatMap((word) => stems.get(word) ?? []), ...literals]);
      this.#kept.set(text, [...lexemes].map(lexeme).join(' '));
    }
  }

  /** As the text of a `tsvector` holds it. */
  of(text: string): string {
    return this.#kept.get(text) ?? `'${text}'`;
  }

  async #stems(words: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const { rows } = await this.pool.query<{ word: string; stems: readonly string[] }>(
      "select word, tsvector_to_array(to_tsvector('swedish', word) || to_tsvector('swedish', folded)) as stems from unnest($1::text[], $2::text[]) w(word, folded)",
      [words, words.map(fold)],
    );
    return new Map(rows.map(({ word, stems }) => [word, stems]));
  }
}
