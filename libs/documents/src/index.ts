export { DocumentCorrupt, DocumentsUnavailable, DocumentStore } from './document-store.js';
export * from './document.events.js';
export * from './document.js';
export * from './document.refusals.js';
export * from './documents.need.js';
export * from './media-types.js';
export * from './open-documents.js';
export * from './store-document.js';
