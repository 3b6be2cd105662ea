// Forms of registry numbers (diarienummer) as data: `2.3.4-181/2022` is written as `9.9.9-9+/9999`. A syntax of our own and not regular
// expressions, since an administrator writes them: none takes longer to try than the number is long.

/** One or more digits, one digit, or a character that stands for itself. */
type Part = '9+' | '9' | { readonly itself: string };

const partsOf = (pattern: string): readonly Part[] =>
  [...pattern.matchAll(/9\+|9|./gsu)].map(([part]): Part => (part === '9+' || part === '9' ? part : { itself: part }));

/** Whether a pattern can be read in one way only: it asks for a digit, has a `+` only after a 9, and no digit right after `9+`. */
export const isRegistryPattern = (pattern: string): boolean => {
  const parts = partsOf(pattern);
  const ambiguous = parts.some((part, index) => part === '9+' && startsWithDigit(parts[index + 1]));
  const strayPlus = parts.some((part) => typeof part === 'object' && part.itself === '+');
  return parts.some((part) => typeof part === 'string') && !ambiguous && !strayPlus;
};

const startsWithDigit = (part: Part | undefined): boolean => typeof part === 'string' || (part !== undefined && /^[0-9]/.test(part.itself));

/** How much of the beginning of a text a part takes: 0 where it takes nothing. */
const taken = (part: Part, text: string): number => {
  if (typeof part === 'object') return text.startsWith(part.itself) ? part.itself.length : 0;
  const [digits = ''] = /^[0-9]+/.exec(text) ?? [];
  return part === '9' ? Math.min(digits.length, 1) : digits.length;
};

/** Whether a registry number is written so. */
export const fits = (pattern: string, text: string): boolean => {
  let rest = text;
  for (const part of partsOf(pattern)) {
    const length = taken(part, rest);
    if (length === 0) return false;
    rest = rest.slice(length);
  }
  return rest === '';
};
