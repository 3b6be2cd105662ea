/**
 * Arrays as PostgreSQL's wire protocol has them in binary (array_send in its source): nothing is quoted here and nothing is parsed there,
 * which for entries, full of quotes, is what makes a large batch cheap.
 */
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;

const array = <T>(elementOid: number, values: readonly T[], sizeOf: (value: T) => number, write: (buffer: Buffer, value: T, at: number) => void): Buffer => {
  const sizes = values.map(sizeOf);
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + sizes.reduce((sum, size) => sum + LENGTH_BYTES + size, 0));
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(0, 4); // no nulls
  buffer.writeInt32BE(elementOid, 8);
  buffer.writeInt32BE(values.length, 12);
  buffer.writeInt32BE(1, 16); // lower bound
  let at = HEADER_BYTES;
  for (const [index, value] of values.entries()) {
    const size = sizes[index] ?? 0;
    buffer.writeInt32BE(size, at);
    write(buffer, value, at + LENGTH_BYTES);
    at += LENGTH_BYTES + size;
  }
  return buffer;
};

const utf8Size = (text: string) => Buffer.byteLength(text);
const writeUtf8 = (buffer: Buffer, text: string, at: number) => void buffer.write(text, at, 'utf8');

/** `text[]` */
export const textArray = (values: readonly string[]): Buffer => array(25, values, utf8Size, writeUtf8);

/** `bytea[]` of texts in UTF-8 */
export const utf8Array = (values: readonly string[]): Buffer => array(17, values, utf8Size, writeUtf8);

/** `bytea[]` */
export const bytesArray = (values: readonly Uint8Array[]): Buffer =>
  array(
    17,
    values,
    (bytes) => bytes.length,
    (buffer, bytes, at) => buffer.set(bytes, at),
  );

/** `integer[]` */
export const integerArray = (values: readonly number[]): Buffer =>
  array(
    23,
    values,
    () => 4,
    (buffer, value, at) => void buffer.writeInt32BE(value, at),
  );

/**
 * `uuid[]`
 * @throws RangeError when one of them is none
 */
export const uuidArray = (values: readonly string[]): Buffer =>
  array(
    2950,
    values,
    () => 16,
    (buffer, id, at) => {
      if (buffer.write(id.replaceAll('-', ''), at, 16, 'hex') < 16) throw new RangeError(`${id} is no UUID.`);
    },
  );
