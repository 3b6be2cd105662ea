/** A name as the register keeps it: without stray spaces, and in NFC, so that `ö` is written in one way. */
export const tidy = (name: string): string => name.normalize('NFC').trim().replace(/\s+/gu, ' ');

/** Whether people would take two names for the same: spaces and capitals do not tell them apart. */
export const sameName = (one: string, other: string): boolean => tidy(one).toLocaleLowerCase('sv') === tidy(other).toLocaleLowerCase('sv');
