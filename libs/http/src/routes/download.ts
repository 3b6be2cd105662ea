import type { Readable } from 'node:stream';

/** A file, as a query answers it. */
export class Download {
  /** @param name ASCII, with its ending */
  constructor(
    readonly type: string,
    readonly name: string,
    readonly content: Buffer | Readable,
  ) {
    if (!/^[A-Za-z0-9._-]+$/.test(name)) throw new TypeError(`${name} cannot name a file in a header.`);
  }
}
