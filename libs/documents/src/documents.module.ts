import { Module } from '@nestjs/common';
import { answers, handles, Moments, ofBoard, ofTenant, Streams } from '#libs/commands';
import { ROLES, type Role } from '#libs/organisation';
import { Views } from '#libs/views';
import { DocumentByHash, documentByHash } from './document-by-hash.query.js';
import { document, documentId } from './document.js';
import { DocumentStore } from './document-store.js';
import { DocumentsController } from './documents.controller.js';
import { ListDocuments, listDocuments } from './list-documents.query.js';
import { StoreDocument, storeDocument } from './store-document.js';

/** Those who read every board's documents: their task is to examine all of them. */
const EXAMINERS: readonly Role[] = ['overseer', 'auditor', 'audit-officer'];

const readers = ROLES.map((role) => (EXAMINERS.includes(role) ? ofTenant(role) : ofBoard(role)));

@Module({
  controllers: [DocumentsController],
  providers: [
    // Anybody may store; who reads it follows from the unit they store it for.
    handles(StoreDocument, { of: document, id: ({ sha256 }, { tenant }) => documentId(tenant, sha256), may: ROLES.map(ofBoard), decide: storeDocument }),
    answers(ListDocuments, { may: readers, from: [Views, Moments], answer: listDocuments }),
    answers(DocumentByHash, { may: readers, from: [Streams, DocumentStore], answer: documentByHash }),
  ],
})
export class DocumentsModule {}
