import { createHash, hash } from 'node:crypto';
import { Readable } from 'node:stream';

/** The store cannot be used: it is away, full, or not ours to write to. Its message is one line for the operator, and holds no secret. */
export class DocumentsUnavailable extends Error {
  override readonly name = 'DocumentsUnavailable';
  /** Told as *try again shortly*: what was to be kept is not, and nothing was recorded of it. */
  readonly statusCode = 503;
}

/** What lies there is not what was stored. Nobody is given it. */
export class DocumentCorrupt extends Error {
  override readonly name = 'DocumentCorrupt';
}

/** Where the bytes of documents lie, by municipality and SHA-256. What lies there is never overwritten. */
export abstract class DocumentStore {
  /**
   * Keeps bytes. They are durable when the promise resolves; until then there is nothing, never a part.
   * @throws DocumentsUnavailable; DocumentCorrupt where other bytes lie in their place
   */
  abstract put(tenant: string, sha256: string, bytes: Uint8Array): Promise<void>;

  /**
   * Reads bytes. They are held against their hash on the way: where they do not match, the stream ends in an error before its last part.
   * Undefined where there are none.
   * @throws DocumentsUnavailable
   */
  abstract get(tenant: string, sha256: string): Promise<Readable | undefined>;

  /**
   * Whether it can be written to and read from.
   * @throws DocumentsUnavailable
   */
  abstract check(): Promise<void>;
}

/** Where the bytes lie within a store: one folder for each municipality, and in it 256 of them. */
export const placeOf = (tenant: string, sha256: string): readonly [tenant: string, folder: string, file: string] => {
  if (!/^[a-z0-9]{1,40}$/.test(tenant)) throw new TypeError(`${JSON.stringify(tenant)} is no municipality.`);
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError(`${JSON.stringify(sha256)} is no SHA-256.`);
  return [tenant, sha256.slice(0, 2), sha256.slice(2)];
};

/** @throws TypeError where the bytes have another hash: a fault of ours, found before anything is kept */
export const assertHash = (sha256: string, bytes: Uint8Array): void => {
  const actual = hash('sha256', bytes, 'hex');
  if (actual !== sha256) throw new TypeError(`The bytes to be kept as ${sha256} have the hash ${actual}.`);
};

/** The same bytes, their last part held back until all of them have shown the hash they should. */
export const heldAgainst = (sha256: string, where: string, source: AsyncIterable<Uint8Array>): Readable =>
  Readable.from(verified(sha256, where, source), { objectMode: false });

async function* verified(sha256: string, where: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const seen = createHash('sha256');
  let last: Uint8Array | undefined;
  for await (const part of source) {
    seen.update(part);
    if (last) yield last;
    last = part;
  }
  const actual = seen.digest('hex');
  if (actual !== sha256) throw new DocumentCorrupt(`${where} holds bytes with the hash ${actual}, not those stored as ${sha256}; restore it from a backup.`);
  if (last) yield last;
}
