import type { Readable } from 'node:stream';

/** What is known of a file beside its bytes. */
export interface AboutFile {
  /** In bytes. */
  readonly size?: number;
  /** Says which bytes they are: another file has another. */
  readonly etag?: string;
}

/** A file, as a query answers it. It is saved by whoever gets it, never shown. */
export class Download {
  /** @param name with its ending */
  constructor(
    readonly type: string,
    readonly name: string,
    readonly content: Buffer | Readable,
    readonly about: AboutFile = {},
  ) {
    if (name === '') throw new TypeError('A file has a name.');
  }
}
