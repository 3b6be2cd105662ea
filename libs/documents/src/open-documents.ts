import { fileURLToPath } from 'node:url';
import { Bucket } from './bucket.js';
import { DiskStore } from './disk-store.js';
import { DocumentsUnavailable, type DocumentStore } from './document-store.js';
import { S3Store } from './s3-store.js';

/**
 * The store that an URL names, written to once to see that it can be.
 * @param text `file:///…` or `s3://key:secret@host/bucket`
 * @throws DocumentsUnavailable in one line, without the secret
 */
export const openDocuments = async (text: string): Promise<DocumentStore> => {
  const store = storeOf(text);
  await store.check();
  return store;
};

const storeOf = (text: string): DocumentStore => {
  const url = URL.parse(text);
  switch (url?.protocol) {
    case 'file:':
      return new DiskStore(fileURLToPath(url));
    case 's3:':
    case 's3+http:':
      if (!Bucket.named(url)) throw new DocumentsUnavailable('DOCUMENTS_URL must name key, secret, host and bucket: s3://key:secret@host/bucket.');
      return new S3Store(url);
    default:
      throw new DocumentsUnavailable('DOCUMENTS_URL must begin with file:/// or s3://.');
  }
};
