import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import { assertHash, DocumentCorrupt, DocumentsUnavailable, DocumentStore, heldAgainst, placeOf } from './document-store.js';

const TIMEOUT_MS = 30_000;
const MAX_TRIES = 3;

/**
 * Documents in a bucket that speaks S3, its keys `<prefix>/<municipality>/ab/cdef…`. The hash of the bytes is signed with each request,
 * so that a server that checks it (Amazon's does) refuses what was garbled on the way.
 */
export class S3Store extends DocumentStore {
  readonly #client: AwsClient;
  /** The bucket, and the prefix where there is one, with a slash at its end. */
  readonly #base: string;

  /** @param url `s3://key:secret@host/bucket[/prefix][?region=…]`; `s3+http://` to a server of one's own without TLS */
  constructor(url: URL) {
    super();
    const region = url.searchParams.get('region') ?? regionOf(url.hostname);
    this.#client = new AwsClient({
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
      service: 's3',
      region,
      retries: MAX_TRIES - 1,
    });
    this.#base = `${url.protocol === 's3:' ? 'https' : 'http'}://${url.host}${url.pathname.replace(/\/*$/, '/')}`;
  }

  override async put(tenant: string, sha256: string, bytes: Uint8Array): Promise<void> {
    assertHash(sha256, bytes);
    const key = this.#key(tenant, sha256);
    const there = await this.#ask(key, 'HEAD');
    if (there.ok) {
      const length = there.headers.get('content-length');
      if (Number(length) === bytes.length) return;
      throw new DocumentCorrupt(`${key} is ${length} bytes long, not ${bytes.length}; restore it from a backup.`);
    }
    if (there.status !== 404) throw await this.#refused(key, there);
    const kept = await this.#ask(key, 'PUT', {
      body: Buffer.from(bytes),
      headers: { 'x-amz-content-sha256': sha256, 'content-type': 'application/octet-stream' },
    });
    if (!kept.ok) throw await this.#refused(key, kept);
  }

  override async get(tenant: string, sha256: string): Promise<Readable | undefined> {
    const key = this.#key(tenant, sha256);
    const found = await this.#ask(key, 'GET');
    if (found.status === 404) return undefined;
    if (!found.ok || !found.body) throw await this.#refused(key, found);
    return heldAgainst(sha256, key, found.body);
  }

  override async check(): Promise<void> {
    const probe = `${this.#base}probe-${randomUUID()}`;
    const body = Buffer.from('probe');
    for (const [method, init] of [
      ['PUT', { body }],
      ['GET', {}],
      ['DELETE', {}],
    ] as const) {
      const answer = await this.#ask(probe, method, init);
      if (!answer.ok) throw await this.#refused(probe, answer);
      await answer.arrayBuffer();
    }
  }

  #key(tenant: string, sha256: string): string {
    return this.#base + placeOf(tenant, sha256).join('/');
  }

  async #ask(key: string, method: string, init: RequestInit = {}): Promise<Response> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
    try {
      return await this.#client.fetch(key, { ...init, method, signal: late.signal });
    } catch (error) {
      const { message, cause } = error as Error;
      throw new DocumentsUnavailable(
        `The documents at ${this.#base} cannot be reached: ${(cause as Error | undefined)?.message || message}. Check DOCUMENTS_URL.`,
        {
          cause: error,
        },
      );
    } finally {
      clearTimeout(timer); // the bytes themselves may take longer: whoever asked may read slowly
    }
  }

  async #refused(key: string, answer: Response): Promise<DocumentsUnavailable> {
    const [, code = ''] = /<Code>([A-Za-z0-9.]{1,80})<\/Code>/.exec(await answer.text()) ?? [];
    return new DocumentsUnavailable(
      `The server of the documents answers ${answer.status} ${code} for ${key}. Check key, secret, region and bucket of DOCUMENTS_URL.`,
    );
  }
}

/** `s3.eu-north-1.amazonaws.com` says its region; other servers mostly take any. */
const regionOf = (host: string): string => /\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/.exec(host)?.[1] ?? 'us-east-1';
