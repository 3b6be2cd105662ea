import type { Text } from '#libs/kernel';

export type Language = keyof Text;

/**
 * The language that an asker reads best (`Accept-Language`, RFC 9110 §12.5.4), of the two there are; Swedish where neither is named.
 */
export const languageOf = (header: string | undefined): Language => {
  let best: { language: Language; weight: number } = { language: 'sv', weight: 0 };
  for (const range of (header ?? '').split(',')) {
    const [, tag, q] = /^\s*(sv|en)(?:-[a-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$/i.exec(range) ?? [];
    const weight = Number(q ?? 1);
    if (tag && weight > best.weight) best = { language: tag.toLowerCase() as Language, weight };
  }
  return best.language;
};
