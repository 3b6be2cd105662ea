import { randomUUID } from 'node:crypto';
import { link, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createZstdCompress } from 'node:zlib';
import type { Encrypter } from 'age-encryption';
import type { Pack } from 'tar-stream';
import { BackupRefused } from './refused.js';

/** Writes a backup: a tar archive, compressed and encrypted on its way to the disk. It has its name only once it is whole and on disk. */
export class ArchiveWriter {
  private constructor(
    private readonly path: string,
    private readonly beside: string,
    private readonly file: FileHandle,
    private readonly pack: Pack,
    private readonly writing: Promise<void>,
  ) {}

  /** @throws BackupRefused where there is such a file, or none can be made */
  static async create(path: string, encrypter: Encrypter): Promise<ArchiveWriter> {
    const whole = resolve(path);
    const beside = `${whole}.${randomUUID()}.part`;
    if (await isThere(whole)) throw new BackupRefused(`There is a file ${whole} already; a backup never overwrites one.`);
    const file = await open(beside, 'wx', 0o600).catch((error: NodeJS.ErrnoException) =>
      Promise.reject(new BackupRefused(`The backup ${whole} cannot be written (${error.code}).`, { cause: error })),
    );
    const { pack: begin } = await import('tar-stream');
    const pack = begin();
    const encrypted = async function* (plain: AsyncIterable<Uint8Array>) {
      yield* (await encrypter.encrypt(webStream(plain))) as ReadableStream<Uint8Array>;
    };
    const cannot = (error: NodeJS.ErrnoException) =>
      new BackupRefused(`The backup ${whole} cannot be written (${error.code}); nothing is left of it.`, { cause: error });
    const kept = async (bytes: AsyncIterable<Uint8Array>) => {
      for await (const chunk of bytes) await file.writeFile(chunk).catch((error: NodeJS.ErrnoException) => Promise.reject(cannot(error)));
    };
    const writing = pipeline(Readable.from(pack), createZstdCompress(), encrypted, kept);
    writing.catch(() => {}); // told to whoever adds or finishes
    return new ArchiveWriter(whole, beside, file, pack, writing);
  }

  /** Resolves when the member is on its way and there is room for the next. */
  async add(name: string, content: Uint8Array): Promise<void> {
    const added = new Promise<void>((done, failed) => {
      this.pack.entry({ name, size: content.length, mode: 0o600 }, Buffer.from(content.buffer, content.byteOffset, content.length), (error) =>
        error ? failed(error) : done(),
      );
    });
    added.catch(() => {}); // what went wrong with the writing is the cause
    await Promise.race([added, this.writing]);
  }

  /** It is whole: puts it on disk, under its name. @returns its size in bytes */
  async finish(): Promise<number> {
    this.pack.finalize();
    await this.writing;
    await this.file.sync();
    const { size } = await this.file.stat();
    await this.file.close();
    await link(this.beside, this.path).catch((error: NodeJS.ErrnoException) =>
      Promise.reject(new BackupRefused(`The backup ${this.path} cannot be given its name (${error.code}).`, { cause: error })),
    );
    await rm(this.beside);
    if (process.platform !== 'win32') {
      await using folder = await open(dirname(this.path));
      await folder.sync(); // a name is durable only with its folder
    }
    return size;
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    this.pack.destroy();
    await this.writing.catch(() => {});
    await this.file.close().catch(() => {});
    await rm(this.beside, { force: true });
  }
}

/** As age takes it. */
export const webStream = (bytes: AsyncIterable<Uint8Array>): globalThis.ReadableStream<Uint8Array> =>
  Readable.toWeb(Readable.from(bytes, { objectMode: false })) as globalThis.ReadableStream<Uint8Array>;

const isThere = (path: string): Promise<boolean> =>
  open(path).then(
    async (file) => {
      await file.close();
      return true;
    },
    () => false,
  );
