import { DocumentStored, document } from '#libs/documents';
import type { EntryFilter, Stored } from '#libs/event-log';

/** A document that the log names. */
export interface NamedDocument {
  readonly tenant: string;
  readonly sha256: string;
  readonly size: number;
}

/** The entries that name documents. */
export const documentEntries: EntryFilter = { types: [DocumentStored.type], streams: [document.name] };

/** The documents that some entries name, each once: the same bytes share a stream, whoever stores them, and its first entry names them. */
export const documentsNamed = (entries: readonly Stored[]): readonly NamedDocument[] =>
  entries.flatMap(({ entry: { tenant, rev, type, data } }) => {
    if (type !== DocumentStored.type || rev !== 0) return [];
    const { sha256, size } = data as { sha256: string; size: number };
    return [{ tenant, sha256, size }];
  });
