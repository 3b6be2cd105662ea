/** Raised when what is written for an entry changes. */
const VERSION = 1;

export const TABLE = `trail_${VERSION}`;
