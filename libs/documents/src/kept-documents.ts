import { Uploads } from '#libs/http';
import type { DocumentStore } from './document-store.js';

/** What is uploaded goes into the store of documents. */
export class KeptDocuments extends Uploads {
  constructor(
    private readonly store: DocumentStore,
    override readonly maxBytes: number,
  ) {
    super();
  }

  override keep(tenant: string, sha256: string, bytes: Uint8Array): Promise<void> {
    return this.store.put(tenant, sha256, bytes);
  }
}
