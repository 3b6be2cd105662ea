import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** One file of an archive. */
export interface ZippedFile {
  /** With `/` between folders; ASCII, so that every program reads it alike. */
  readonly name: string;
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
  /** Its bytes are packed already, as those of PDF and pictures are: kept as they are. */
  readonly packed?: boolean;
}

/** Files carry no day: the same files make the same bytes, whenever and wherever they are put together. Read as local time, and written as it. */
const NO_DAY = '1980-01-01T00:00:00';
const LEVEL = 6;
/** Packed at a time; between two, others have their turn. */
const PIECE = 262_144;
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;
const NOTHING = new Uint8Array(0);

/**
 * An archive, made while it is read: no more than a piece of it is held. The same files in the same order give the same bytes.
 * @throws TypeError where a name is not plain, or two files have the same; what reading a file throws
 */
export async function* zipped(files: Iterable<ZippedFile> | AsyncIterable<ZippedFile>): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  const failed: Error[] = [];
  const zip = new Zip((error, part) => {
    if (error) failed.push(error);
    else made.push(part);
  });
  function* ready(): Generator<Uint8Array> {
    const [error] = failed;
    if (error) throw error;
    yield* made.splice(0);
  }
  const names = new Set<string>();
  for await (const { name, bytes, packed = false } of files) {
    if (!NAME.test(name) || names.has(name.toLowerCase())) throw new TypeError(`${JSON.stringify(name)} cannot be the name of one more file of an archive.`);
    names.add(name.toLowerCase());
    const file = packed ? new ZipPassThrough(name) : new ZipDeflate(name, { level: LEVEL });
    file.mtime = NO_DAY;
    zip.add(file);
    for await (const piece of bytes instanceof Uint8Array ? pieces(bytes) : bytes) {
      file.push(piece, false);
      yield* ready();
    }
    file.push(NOTHING, true);
    yield* ready();
  }
  zip.end();
  yield* ready();
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
}
