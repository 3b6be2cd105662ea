import { hash } from 'node:crypto';

const FIRST_CAPACITY = 4_096;

/**
 * The last revision of each stream, in 12 to 24 bytes a stream: a map of names would take ten times that, and a log may have many millions.
 * Streams are told apart by 64 bits of a hash; among ten million two are alike once in 400,000 times, and would then be called unsound.
 */
export class Revisions {
  #keys = new BigUint64Array(FIRST_CAPACITY);
  #next = new Uint32Array(FIRST_CAPACITY);
  #count = 0;

  /** How many streams there are. */
  get streams(): number {
    return this.#count;
  }

  /**
   * Takes the next entry of a stream.
   * @returns the revision that it should have
   */
  due(tenant: string, stream: string): number {
    if (this.#count * 2 >= this.#keys.length) this.#grow();
    const at = this.#placeOf(keyOf(`${tenant} ${stream}`));
    const due = this.#next[at] ?? 0;
    if (due === 0) this.#count++;
    this.#next[at] = due + 1;
    return due;
  }

  /** Where the key stands, or is put. */
  #placeOf(key: bigint): number {
    const last = this.#keys.length - 1;
    for (let at = Number(key & BigInt(last)); ; at = (at + 1) & last) {
      if (this.#next[at] === 0) this.#keys[at] = key;
      if (this.#keys[at] === key) return at;
    }
  }

  #grow(): void {
    const [keys, next] = [this.#keys, this.#next];
    this.#keys = new BigUint64Array(keys.length * 2);
    this.#next = new Uint32Array(keys.length * 2);
    for (const [index, due] of next.entries()) {
      if (due === 0) continue;
      this.#next[this.#placeOf(keys[index] ?? 0n)] = due;
    }
  }
}

const keyOf = (name: string): bigint => hash('sha1', name, 'buffer').readBigUInt64LE();
