import { open, type FileHandle } from 'node:fs/promises';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import type { Decrypter } from 'age-encryption';
import { webStream } from './archive-writer.js';
import { BackupDamaged, BackupRefused } from './refused.js';

/** One file of a backup. */
export interface Member {
  readonly name: string;
  readonly content: Buffer;
}

/** Read at once. */
const CHUNK_BYTES = 65_536;
/** No member is larger than the largest document that any installation can be set to take. */
const MAX_MEMBER_BYTES = 1_073_741_824;

/**
 * The members of a backup in their order, one at a time. What is read has been authenticated, but whether the backup is whole is known
 * only at its end: nobody acts on it before.
 * @throws BackupRefused where it cannot be read, is opened by something else, was changed or cut short
 */
export async function* members(path: string, decrypter: Decrypter): AsyncGenerator<Member> {
  await using file = await open(path).catch((error: NodeJS.ErrnoException) =>
    Promise.reject(
      new BackupRefused(error.code === 'ENOENT' ? `There is no backup at ${path}.` : `The backup ${path} cannot be read (${error.code}).`, { cause: error }),
    ),
  );
  const opened = await decrypter.decrypt(webStream(bytesOf(file))).catch((error: Error) => {
    throw new BackupRefused(
      /no identity matched/.test(error.message)
        ? `The backup ${path} was not encrypted for this identity, or by another passphrase.`
        : `${path} is no backup, or its beginning is damaged.`,
      { cause: error },
    );
  });
  try {
    yield* unpacked(opened);
  } catch (error) {
    if (error instanceof BackupRefused) throw error;
    throw new BackupDamaged(`The backup ${path} is damaged or cut short, and nothing is restored from it; take another one.`, { cause: error });
  }
}

async function* bytesOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { bytesRead, buffer: bytes } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES));
    if (bytesRead === 0) return;
    yield bytes.subarray(0, bytesRead);
  }
}

async function* unpacked(compressed: globalThis.ReadableStream<Uint8Array>): AsyncGenerator<Member> {
  const { extract: begin } = await import('tar-stream');
  const extract = begin();
  const over = new AbortController();
  const { signal } = over;
  const take = async (plain: AsyncIterable<Uint8Array>) => {
    for await (const bytes of plain) if (!extract.write(bytes)) await once(extract, 'drain', { signal });
    extract.end(() => {});
  };
  const taking = pipeline(Readable.fromWeb(compressed), createZstdDecompress(), take, { signal });
  taking.catch((error: Error) => extract.destroy(error));
  try {
    for await (const entry of extract) {
      const { name, size } = entry.header;
      if (size > MAX_MEMBER_BYTES) throw new BackupDamaged(`The backup holds ${name} of ${size} bytes, larger than anything that it can hold.`);
      yield { name, content: await buffer(entry) };
    }
    await taking;
  } finally {
    over.abort();
  }
}
