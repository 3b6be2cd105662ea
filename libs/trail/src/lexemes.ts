/** The same text in lower case and without diacritics, so that `forsenad` finds försenad. */
export const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** What is looked for or found: words are stemmed as Swedish, everything with another character in it stands as it is. */
export interface Tokens {
  readonly words: readonly string[];
  /** Ids, days, numbers, codes, hashes: folded. */
  readonly literals: readonly string[];
}

/** Longer than anything that a person would look for. */
const MAX_LITERAL = 120;
const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const WORD = /^\p{L}+$/u;

/** Takes a text apart. In what is found a code such as `awaiting-plan` stands both as it is and as its words; what is looked for it is only as it is. */
export const tokensOf = (text: string, { codesAsWords = true }: { readonly codesAsWords?: boolean } = {}): Tokens => {
  const pieces = text.normalize('NFC').split(/[\s'\\]+/u);
  const tokens = pieces.map((piece) => piece.replaceAll(AROUND, '')).filter((token) => token !== '');
  const literals = tokens.filter((token) => !WORD.test(token));
  const codes = codesAsWords ? literals.filter((token) => !/\p{N}/u.test(token)) : [];
  const words = [...tokens.filter((token) => WORD.test(token)), ...codes.flatMap((code) => code.split(/[^\p{L}]+/u))];
  return { words: words.map((word) => word.toLowerCase()), literals: literals.map((literal) => fold(literal).slice(0, MAX_LITERAL)) };
};

/** Whether the whole text is one literal, folded as it stands: an id, a day, a number, a hash. Most texts in data are. */
export const isPlainLiteral = (text: string): boolean => /^[0-9a-z](?:[0-9a-z-]*[0-9a-z])?$/.test(text) && /\d/.test(text) && text.length <= MAX_LITERAL;

/** `GenomförandeplanReceived` is `Genomförandeplan Received`. */
export const camelWords = (name: string): string => name.replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ');

/** Every text, number and id in an event's data, however deep. */
export const valuesIn = (data: unknown, into: string[] = []): string[] => {
  if (typeof data === 'string') into.push(data);
  else if (typeof data === 'number') into.push(String(data));
  else if (typeof data === 'object' && data !== null) for (const value of Object.values(data)) valuesIn(value, into);
  return into;
};

/**
 * All entries of a tenant come in blocks by their number, and the blocks in larger ones: a lexeme for each, so that the index itself
 * goes from the newest to the oldest, in small steps where much is found and in large ones where little is.
 */
export const BLOCK_BITS = [12, 15, 18] as const;
export const blockLexemes = (tenant: string, number: number): readonly string[] => BLOCK_BITS.map((bits) => `=${tenant}:${bits}:${number >> bits}`);

/** A lexeme as the text of a `tsvector` or `tsquery` holds it, whatever characters are in it. */
export const lexeme = (text: string): string => (/['\\]/.test(text) ? `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${text}'`);
