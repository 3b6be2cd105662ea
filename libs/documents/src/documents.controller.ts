import { Type } from 'typebox';
import { asks, routes, uploads } from '#libs/http';
import { DocumentByHash } from './document-by-hash.query.js';
import { FILE_SIGNATURES } from './file-signatures.js';
import { documentColumns, DocumentRow, ListDocuments } from './list-documents.query.js';
import { MEDIA_TYPE_NAMES } from './media-types.js';
import { StoreDocument } from './store-document.js';

const sha256 = '5f8f04f6a3a892aaabbddb6cf273894493773960d4a325b105fee46eef4304f1';
const said = { sha256, size: 48_211, mediaType: 'application/pdf', name: 'Svar på Nr 5 2020.pdf' } as const;

export const DocumentsController = routes('documents', 'Documents', [
  uploads('', StoreDocument, {
    summary: 'A document is stored',
    description:
      'The body is the file. It is kept by its SHA-256, by which other requests cite it as evidence: the same bytes twice are one document. It is on disk before the answer leaves.',
    takes: FILE_SIGNATURES,
    example: said,
    location: (hash) => `documents/${hash}`,
  }),
  asks('', ListDocuments, {
    summary: 'Documents that are stored, latest first',
    answer: DocumentRow,
    example: { ...said, unit: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a', storedAt: '2020-09-25T08:00:00.000Z' },
    columns: documentColumns,
  }),
  asks(':sha256', DocumentByHash, { summary: 'A document, to be saved', answer: Type.Unknown(), example: {}, files: MEDIA_TYPE_NAMES }),
]);
