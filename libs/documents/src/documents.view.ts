import { col, rowView } from '#libs/views';
import { DocumentStored } from './document.events.js';
import type { MediaTypeName } from './media-types.js';

/** One row per document and unit that stored it. */
export const documentsView = rowView({
  name: 'documents',
  version: 1,
  columns: {
    sha256: col.text(),
    unit: col.uuid(),
    name: col.text(),
    mediaType: col.text<MediaTypeName>(),
    size: col.int(),
    storedAt: col.instant(),
  },
  reads: [DocumentStored],
  keys: ({ stream, by: { unit } }) => `${stream.slice('document-'.length)}.${unit}`,
  during: ['unit'],
  indexes: [['storedAt'], ['unit', 'storedAt'], ['sha256']],
  fold: (_row, { data: { sha256, name, mediaType, size }, by: { unit }, at: storedAt }) => ({ sha256, unit, name, mediaType, size, storedAt }),
});
