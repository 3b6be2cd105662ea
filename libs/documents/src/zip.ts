import { inflateRawSync } from 'node:zlib';

/** One file within a ZIP, as its directory tells it. */
export interface ZipEntry {
  readonly name: string;
  /** Unpacked, in bytes; {@link unzipped} holds it to that. */
  readonly size: number;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly packed: Buffer;
}

/** More parts than any document of an office has. */
const MAX_ENTRIES = 5_000;
const END = 0x06054b50;
const END_SIZE = 22;
const MAX_COMMENT = 65_535;
const IN_DIRECTORY = 0x02014b50;
const IN_DIRECTORY_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;

/**
 * The directory of a ZIP (PKWARE APPNOTE 6.3); undefined where it is none that can be read: broken, in parts, or with the 64-bit
 * fields that no file of ours needs. Nothing is unpacked.
 */
export const zipEntries = (bytes: Buffer): readonly ZipEntry[] | undefined => {
  try {
    const end = endOf(bytes);
    const count = bytes.readUInt16LE(end + 10);
    if (count > MAX_ENTRIES) return undefined;
    const entries: ZipEntry[] = [];
    for (let at = bytes.readUInt32LE(end + 16); entries.length < count;) {
      if (bytes.readUInt32LE(at) !== IN_DIRECTORY) return undefined;
      const [nameLength, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
      const start = at + IN_DIRECTORY_SIZE;
      entries.push({
        name: bytes.subarray(start, start + nameLength).toString(),
        size: bytes.readUInt32LE(at + 24),
        isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
        method: bytes.readUInt16LE(at + 10),
        packed: packedAt(bytes, bytes.readUInt32LE(at + 42), bytes.readUInt32LE(at + 20)),
      });
      at = start + nameLength + extra + comment;
    }
    return entries;
  } catch {
    return undefined; // a place that it names lies outside
  }
};

/** Where the end of the directory stands: last, but for a comment. */
const endOf = (bytes: Buffer): number => {
  for (let at = bytes.length - END_SIZE; at >= Math.max(0, bytes.length - END_SIZE - MAX_COMMENT); at--) if (bytes.readUInt32LE(at) === END) return at;
  throw new RangeError('There is no directory.');
};

const packedAt = (bytes: Buffer, at: number, length: number): Buffer => {
  if (bytes.readUInt32LE(at) !== LOCAL) throw new RangeError('There is no file.');
  const start = at + LOCAL_SIZE + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (start + length > bytes.length) throw new RangeError('It ends too soon.');
  return bytes.subarray(start, start + length);
};

const STORED = 0;
const DEFLATED = 8;

/** A file of a ZIP, unpacked; undefined where it is packed in an unusual way, broken, or larger than the directory says. */
export const unzipped = ({ method, packed, size, isEncrypted }: ZipEntry): Buffer | undefined => {
  if (isEncrypted) return undefined;
  if (method === STORED) return packed.length === size ? packed : undefined;
  if (method !== DEFLATED) return undefined;
  try {
    const bytes = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
    return bytes.length === size ? bytes : undefined;
  } catch {
    return undefined;
  }
};
