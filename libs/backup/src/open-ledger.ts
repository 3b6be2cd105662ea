import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Bucket } from '#libs/documents';
import { FolderLedger, LedgerUnavailable, type ErasureLedger } from '#libs/vault';
import { BucketLedger } from './bucket-ledger.js';

/**
 * The ledger of erasures that an address names.
 * @param text a folder, `file:///…`, or `s3://key:secret@host/bucket[/prefix]`
 * @throws LedgerUnavailable in one line, without the secret
 */
export const openLedger = (text: string): ErasureLedger => {
  const url = isAbsolute(text) ? undefined : URL.parse(text);
  switch (url?.protocol) {
    case 'file:':
      return new FolderLedger(fileURLToPath(url));
    case 's3:':
    case 's3+http:':
      if (!Bucket.named(url)) throw new LedgerUnavailable('ERASURE_LEDGER must name key, secret, host and bucket: s3://key:secret@host/bucket.');
      return new BucketLedger(url);
    case undefined:
      return new FolderLedger(resolve(text));
    default:
      throw new LedgerUnavailable('ERASURE_LEDGER must be a folder, or begin with file:/// or s3://.');
  }
};
