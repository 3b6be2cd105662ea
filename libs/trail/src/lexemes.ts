/** The same text in lower case and without diacritics, so that `forsenad` finds försenad. */
export const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** What is looked for or found: words are stemmed as Swedish, everything with another character in it stands as it is. */
export interface Tokens {
  readonly words: ReadonlySet<string>;
  /** Ids, days, numbers, codes, hashes: folded. */
  readonly literals: ReadonlySet<string>;
}

/** More than a person would search by, and far below what a text vector can hold. */
const MAX_LITERAL = 120;
const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const WORD = /^\p{L}+$/u;

/** Takes texts apart. What is found stands with a code such as `awaiting-plan` both as it is and as its words; what is looked for only as it is. */
export const tokensOf = (texts: Iterable<string>, { codesAsWords = true }: { readonly codesAsWords?: boolean } = {}): Tokens => {
  const words = new Set<string>();
  const literals = new Set<string>();
  for (const text of texts) {
    for (const piece of text.normalize('NFC').split(/[\s'\\]+/u)) {
      const token = piece.replaceAll(AROUND, '');
      if (token === '') continue;
      if (WORD.test(token)) words.add(token.toLowerCase());
      else {
        literals.add(fold(token).slice(0, MAX_LITERAL));
        if (codesAsWords && !/\p{N}/u.test(token)) for (const word of token.split(/[^\p{L}]+/u)) if (word !== '') words.add(word.toLowerCase());
      }
    }
  }
  return { words, literals };
};

/** `GenomförandeplanReceived` is `Genomförandeplan Received`. */
export const camelWords = (name: string): string => name.replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ');

/** Every text, number and id in an event's data, however deep. */
export function* valuesIn(data: unknown): Generator<string> {
  if (typeof data === 'string') yield data;
  else if (typeof data === 'number') yield String(data);
  else if (typeof data === 'object' && data !== null) for (const value of Object.values(data)) yield* valuesIn(value);
}

/**
 * All entries of a tenant come in blocks by their number: a lexeme for each, so that the index itself goes from the newest to the oldest.
 * 16,384 entries a block: the most that are ever fetched to show twenty of them.
 */
export const BLOCK_BITS = 14;
export const blockLexeme = (tenant: string, number: number): string => `=${tenant}:${number >> BLOCK_BITS}`;

/** A lexeme as the text of a `tsvector` or `tsquery` holds it, whatever characters are in it. */
export const lexeme = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
