import { derivedId, type Stream } from '#libs/kernel';
import { DocumentStored, type DocumentEvent } from './document.events.js';
import type { MediaTypeName } from './media-types.js';

/** What one unit stored: the same bytes may have come to several of them, each with its own name. */
export interface Copy {
  readonly unit: string;
  readonly name: string;
  readonly mediaType: MediaTypeName;
}

export interface Stored {
  readonly status: 'stored';
  readonly sha256: string;
  readonly size: number;
  /** In the order they were stored; never empty. */
  readonly copies: readonly [Copy, ...Copy[]];
}

/** A file by its content: the same bytes are one document, whoever stores them. */
export type Document = { readonly status: 'none' } | Stored;

/** The document that some bytes are, in a municipality. */
export const documentId = (tenant: string, sha256: string): string => derivedId(tenant, 'document', sha256);

/** The stream of one document: `document-<uuid>`. The bytes themselves lie in the store. */
export const document: Stream<Document, DocumentEvent> = {
  name: 'document',
  events: [DocumentStored],
  initial: { status: 'none' },
  evolve: (state, { data: { sha256, size, mediaType, name } }, { by: { unit } }) => {
    const copy: Copy = { unit, name, mediaType };
    return state.status === 'none' ? { status: 'stored', sha256, size, copies: [copy] } : { ...state, copies: [...state.copies, copy] };
  },
};
