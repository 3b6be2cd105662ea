import { DocumentCorrupt, type DocumentStore } from '#libs/documents';
import type { Stored } from '#libs/event-log';
import type { Checked } from './checked.js';
import { Findings } from './findings.js';
import { documentsNamed, type NamedDocument } from './kept-documents.js';

/** Looks at every document that the log names: read from its first byte to its last and held against its hash. */
export class DocumentsCheck {
  readonly #deviations = new Findings();
  #sound = 0;
  #bytes = 0;

  constructor(private readonly store: DocumentStore) {}

  async page(entries: readonly Stored[]): Promise<void> {
    for (const named of documentsNamed(entries)) await this.#document(named);
  }

  result(): Checked {
    const [documents, bytes] = [this.#sound, this.#bytes];
    return {
      name: 'documents',
      counted: `${documents} documents named by the log are there with their hash, ${bytes} bytes`,
      numbers: { documents, bytes },
      deviations: this.#deviations,
      notes: [],
    };
  }

  async #document({ tenant, sha256, size }: NamedDocument): Promise<void> {
    const bytes = await this.#read(tenant, sha256);
    if (bytes === undefined) return;
    if (bytes !== size) this.#deviations.add(`The document ${sha256} of ${tenant} has ${bytes} bytes, and ${size} were recorded.`);
    else {
      this.#sound++;
      this.#bytes += bytes;
    }
  }

  /** How many bytes there are; undefined where that is a deviation already. */
  async #read(tenant: string, sha256: string): Promise<number | undefined> {
    const stream = await this.store.get(tenant, sha256);
    if (!stream) return this.#wrong(`The document ${sha256} of ${tenant} is missing.`);
    let bytes = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Uint8Array>) bytes += chunk.length;
      return bytes;
    } catch (error) {
      if (!(error instanceof DocumentCorrupt)) throw error;
      return this.#wrong(error.message);
    }
  }

  #wrong(sentence: string): undefined {
    this.#deviations.add(sentence);
  }
}
