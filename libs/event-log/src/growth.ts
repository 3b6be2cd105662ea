import type { Position } from './event-log.js';

/**
 * How logs that one process has opened on the same database tell each other, at once, what each has appended: whoever follows the log through
 * one of them need not wait until the server has told.
 */
export class Growth {
  readonly #heard = new Set<(head: Position) => void>();

  /** @param hear told of where the log was seen to end after an append */
  hear(hear: (head: Position) => void): void {
    this.#heard.add(hear);
  }

  grew(head: Position): void {
    for (const hear of this.#heard) hear(head);
  }
}
