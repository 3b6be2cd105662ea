import { randomBytes } from 'node:crypto';

/** A word that stands nowhere else. With å in the middle: each half is looked for by itself, so that no way of writing å hides it. */
export interface Planted {
  readonly word: string;
  readonly needles: readonly Needle[];
}

/** One way in which a planted word could have been written down. */
export interface Needle {
  readonly how: string;
  readonly bytes: Buffer;
}

export function planted(): Planted {
  const [first, second] = [half(), half()];
  return { word: `${first}å${second}`, needles: [...waysOf(first), ...waysOf(second), ...waysOf(`${first}a${second}`).slice(0, 1)] };
}

/** Twelve letters and digits, in both cases. */
const half = (): string => `Zq${randomBytes(5).toString('hex')}`;

function waysOf(text: string): readonly Needle[] {
  const raw = Buffer.from(text);
  const cases = [text, text.toLowerCase(), text.toUpperCase()];
  return [
    ...cases.map((one) => ({ how: 'as it is', bytes: Buffer.from(one) })),
    ...cases.map((one) => ({ how: 'UTF-16', bytes: Buffer.from(one, 'utf16le') })), // big-endian is the same but for its first and last byte
    ...cases.flatMap((one) => [
      { how: 'hex', bytes: Buffer.from(Buffer.from(one).toString('hex')) },
      { how: 'HEX', bytes: Buffer.from(Buffer.from(one).toString('hex').toUpperCase()) },
    ]),
    // However many bytes stand before it, every third one begins a group of four letters.
    ...[0, 1, 2].map((offset) => ({ how: 'base64', bytes: Buffer.from(base64(raw.subarray(offset))) })),
  ];
}

/** The letters that depend on these bytes alone. */
const base64 = (bytes: Buffer): string => bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');

/** How a planted word stands in some bytes; empty where it does not. */
export const findings = ({ needles }: Planted, bytes: Buffer): readonly string[] => [
  ...new Set(needles.filter((needle) => bytes.includes(needle.bytes)).map(({ how }) => how)),
];
