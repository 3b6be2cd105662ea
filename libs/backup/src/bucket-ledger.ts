import { Bucket } from '#libs/documents';
import type { Instant } from '#libs/kernel';
import { ErasureLedger, LedgerUnavailable, newLedgerId, type Erased, type Erasure } from '#libs/vault';

/** Says the ledger's id. */
const ID = 'ledger.json';
/** Beneath it lie the erasures: `erased/<municipality>/<subject>`. */
const ERASED = 'erased/';

/** The ledger in a bucket, an object for each erasure. Whoever may write there need not be able to delete: nothing is ever changed. */
export class BucketLedger extends ErasureLedger {
  readonly #bucket: Bucket;

  /** @param url as that of documents: `s3://key:secret@host/bucket[/prefix]` */
  constructor(url: URL) {
    super();
    this.#bucket = new Bucket(url, (sentence, cause) => new LedgerUnavailable(`The ledger of erasures ${sentence}. Check ERASURE_LEDGER.`, { cause }));
  }

  override async id({ create = false } = {}): Promise<string | undefined> {
    if (create) await this.#keep(ID, JSON.stringify({ ledger: newLedgerId() }));
    const text = await this.#read(ID);
    return text === undefined ? undefined : (JSON.parse(text) as { ledger: string }).ledger;
  }

  override async record({ tenant, subject, at, event }: Erasure): Promise<void> {
    await this.#keep(`${ERASED}${tenant}/${subject}`, JSON.stringify({ at, ...(event !== undefined && { event }) }));
  }

  override async *erased(): AsyncGenerator<readonly Erased[]> {
    for await (const keys of this.#bucket.keys(ERASED)) {
      yield keys.flatMap((key) => {
        const [tenant = '', subject = ''] = key.slice(ERASED.length).split('/');
        return subject === '' ? [] : [{ tenant, subject }];
      });
    }
  }

  override async read({ tenant, subject }: Erased): Promise<Erasure> {
    const text = await this.#read(`${ERASED}${tenant}/${subject}`);
    if (text === undefined) throw new LedgerUnavailable(`The ledger of erasures no longer holds ${subject} of ${tenant}, which it had listed.`);
    return { tenant, subject, ...(JSON.parse(text) as { at: Instant; event?: string }) };
  }

  async #read(key: string): Promise<string | undefined> {
    const answer = await this.#bucket.ask(key, 'GET');
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw await this.#bucket.refused(key, answer);
    return answer.text();
  }

  /** What is there stays: where two write at once both say the same, but for the moment. A server that knows `If-None-Match` keeps the first. */
  async #keep(key: string, text: string): Promise<void> {
    if ((await this.#read(key)) !== undefined) return;
    const answer = await this.#bucket.ask(key, 'PUT', { body: Buffer.from(text), headers: { 'content-type': 'application/json', 'if-none-match': '*' } });
    if (!answer.ok && answer.status !== 412) throw await this.#bucket.refused(key, answer);
  }
}
