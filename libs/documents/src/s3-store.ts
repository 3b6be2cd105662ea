import type { Readable } from 'node:stream';
import { Bucket } from './bucket.js';
import { assertHash, DocumentCorrupt, DocumentsUnavailable, DocumentStore, heldAgainst, placeOf } from './document-store.js';

/**
 * Documents in a bucket that speaks S3, its keys `<prefix>/<municipality>/ab/cdef…`. The hash of the bytes is signed with each request,
 * so that a server that checks it (Amazon's does) refuses what was garbled on the way.
 */
export class S3Store extends DocumentStore {
  readonly #bucket: Bucket;

  /** @param url `s3://key:secret@host/bucket[/prefix][?region=…]`; `s3+http://` to a server of one's own without TLS */
  constructor(url: URL) {
    super();
    this.#bucket = new Bucket(url, (sentence, cause) =>
      cause === undefined
        ? new DocumentsUnavailable(`The server of the documents ${sentence}. Check key, secret, region and bucket of DOCUMENTS_URL.`)
        : new DocumentsUnavailable(`The documents ${sentence}. Check DOCUMENTS_URL.`, { cause }),
    );
  }

  override async put(tenant: string, sha256: string, bytes: Uint8Array): Promise<void> {
    assertHash(sha256, bytes);
    const key = placeOf(tenant, sha256).join('/');
    const there = await this.#bucket.ask(key, 'HEAD');
    if (there.ok) {
      const length = there.headers.get('content-length');
      if (Number(length) === bytes.length) return;
      throw new DocumentCorrupt(`${this.#bucket.where(key)} is ${length} bytes long, not ${bytes.length}; restore it from a backup.`);
    }
    if (there.status !== 404) throw await this.#bucket.refused(key, there);
    const kept = await this.#bucket.ask(key, 'PUT', {
      body: Buffer.from(bytes),
      headers: { 'x-amz-content-sha256': sha256, 'content-type': 'application/octet-stream' },
    });
    if (!kept.ok) throw await this.#bucket.refused(key, kept);
  }

  override async get(tenant: string, sha256: string): Promise<Readable | undefined> {
    const key = placeOf(tenant, sha256).join('/');
    const found = await this.#bucket.ask(key, 'GET');
    if (found.status === 404) return undefined;
    if (!found.ok || !found.body) throw await this.#bucket.refused(key, found);
    return heldAgainst(sha256, this.#bucket.where(key), found.body);
  }

  override check(): Promise<void> {
    return this.#bucket.check();
  }
}
