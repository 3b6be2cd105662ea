/** A member of lines is as large as this, or a little more. */
const MEMBER_BYTES = 4 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** Gathers lines until they fill a member. */
export class Lines {
  #parts: Buffer[] = [];
  #bytes = 0;

  /** How many are gathered. */
  get count(): number {
    return this.#parts.length;
  }

  get isFull(): boolean {
    return this.#bytes >= MEMBER_BYTES;
  }

  add(line: string): void {
    const part = Buffer.from(`${line}\n`);
    this.#parts.push(part);
    this.#bytes += part.length;
  }

  /** What was gathered; the next begins empty. */
  take(): Buffer {
    const content = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    return content;
  }
}

/** The lines of a member. Split at line feeds alone: other separators may stand inside a text. */
export function* linesIn(content: Buffer): Generator<string> {
  for (let from = 0; from < content.length;) {
    const end = content.indexOf(LINE_FEED, from);
    const upTo = end < 0 ? content.length : end;
    yield content.toString('utf8', from, upTo);
    from = upTo + 1;
  }
}
