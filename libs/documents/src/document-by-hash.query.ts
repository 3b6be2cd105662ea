import { within, type Asking, type Reach, type Streams } from '#libs/commands';
import { Query, Sha256 } from '#libs/fields';
import { Download } from '#libs/http';
import { document, documentId } from './document.js';
import { noSuchDocument } from './document.refusals.js';
import { DocumentCorrupt, type DocumentStore } from './document-store.js';

/** One document, to be saved. */
export class DocumentByHash extends Query {
  @Sha256('SHA-256 of its bytes.') sha256!: string;
}

/**
 * The bytes of a document, under the name that a unit in reach gave it.
 * @throws Refusal `document.unknown` where there is none, or only units out of reach stored it
 */
export const documentByHash = async (
  { sha256, asOf }: DocumentByHash,
  { tenant, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
  store: DocumentStore,
): Promise<Download> => {
  const { state } = await streams.tell(tenant, document, documentId(tenant, sha256), asOf);
  const copy = state.status === 'stored' ? state.copies.find(({ unit }) => within(reach, unit)) : undefined;
  if (state.status === 'none' || !copy) throw noSuchDocument();
  const bytes = await store.get(tenant, sha256);
  if (!bytes) throw new DocumentCorrupt(`The bytes of ${sha256} of ${tenant} are gone; restore them from a backup.`);
  return new Download(copy.mediaType, copy.name, bytes, { size: state.size, etag: sha256 });
};
