import { randomUUID } from 'node:crypto';
import { AwsClient } from 'aws4fetch';

const TIMEOUT_MS = 30_000;
const MAX_TRIES = 3;

/** A bucket, or what lies beneath a prefix in one, on a server that speaks S3. */
export class Bucket {
  readonly #client: AwsClient;
  /** The bucket itself, and the bucket with the prefix and a slash at its end. */
  readonly #bucket: string;
  readonly #base: string;
  /** Of every key; empty, or with a slash at its end. */
  readonly #prefix: string;

  /**
   * @param url `s3://key:secret@host/bucket[/prefix][?region=…]`; `s3+http://` to a server of one's own without TLS
   * @param trouble makes the error of what went wrong, in one sentence for the operator that holds no secret
   */
  constructor(
    url: URL,
    private readonly trouble: (sentence: string, cause?: unknown) => Error,
  ) {
    const region = url.searchParams.get('region') ?? regionOf(url.hostname);
    this.#client = new AwsClient({
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
      service: 's3',
      region,
      retries: MAX_TRIES - 1,
    });
    const path = url.pathname.replace(/\/*$/, '/');
    const [, bucket = '', ...prefix] = path.split('/');
    const origin = `${url.protocol === 's3:' ? 'https' : 'http'}://${url.host}`;
    this.#bucket = `${origin}/${bucket}`;
    this.#base = origin + path;
    this.#prefix = prefix.map(decodeURIComponent).join('/');
  }

  /** Whether an address names everything that a bucket needs. */
  static named(url: URL): boolean {
    return url.username !== '' && url.password !== '' && url.pathname.length >= 2;
  }

  /** Where a key lies, as it may be shown. */
  where(key: string): string {
    return this.#base + key;
  }

  /**
   * Asks for one key.
   * @throws the trouble, where nobody answers in time
   */
  ask(key: string, method: string, init: RequestInit = {}): Promise<Response> {
    return this.#fetch(this.where(key), { ...init, method });
  }

  /**
   * Keys that begin with a prefix, in pages, in the order of their bytes.
   * @throws the trouble
   */
  async *keys(prefix = ''): AsyncGenerator<readonly string[]> {
    for (let marker = '', more = true; more;) {
      const asked = new URLSearchParams({ prefix: this.#prefix + prefix, marker });
      const answer = await this.#fetch(`${this.#bucket}?${asked.toString()}`, { method: 'GET' });
      if (!answer.ok) throw await this.refused(prefix, answer);
      const text = await answer.text();
      const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => plain(key));
      if (keys.length > 0) yield keys.map((key) => key.slice(this.#prefix.length));
      more = keys.length > 0 && /<IsTruncated>true</.test(text);
      marker = keys.at(-1) ?? '';
    }
  }

  /** Whether it can be written to, read from and deleted in. @throws the trouble */
  async check(): Promise<void> {
    const probe = `probe-${randomUUID()}`;
    const body = Buffer.from('probe');
    for (const [method, init] of [
      ['PUT', { body }],
      ['GET', {}],
      ['DELETE', {}],
    ] as const) {
      const answer = await this.ask(probe, method, init);
      if (!answer.ok) throw await this.refused(probe, answer);
      await answer.arrayBuffer();
    }
  }

  /** The trouble that an answer tells of. */
  async refused(key: string, answer: Response): Promise<Error> {
    const [, code = ''] = /<Code>([A-Za-z0-9.]{1,80})<\/Code>/.exec(await answer.text()) ?? [];
    return this.trouble(`answers ${answer.status} ${code} for ${this.where(key)}`);
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
    try {
      return await this.#client.fetch(url, { ...init, signal: late.signal });
    } catch (error) {
      const { message, cause } = error as Error;
      throw this.trouble(`at ${this.where('')} cannot be reached: ${(cause as Error | undefined)?.message || message}`, error);
    } finally {
      clearTimeout(timer); // the bytes themselves may take longer: whoever asked may read slowly
    }
  }
}

/** Text of XML. */
const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');

/** `s3.eu-north-1.amazonaws.com` says its region; other servers mostly take any. */
const regionOf = (host: string): string => /\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/.exec(host)?.[1] ?? 'us-east-1';
