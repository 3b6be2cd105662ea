import { open, type FileHandle } from 'node:fs/promises';
import type { Sent } from './commands.js';

/** A command that was answered with success: what was sent, and what the answer said. */
export interface Acknowledged {
  readonly sent: Sent;
  readonly id: string;
  readonly revision: number;
  /** Of the log, without its id. */
  readonly position: number;
}

/** What the clients were told, a line for each acknowledgement, on disk before the client goes on: it must be found again, whatever is killed. */
export class Ledger {
  readonly acknowledged: Acknowledged[] = [];
  #lines: string[] = [];
  #writing: Promise<void> | undefined;

  private constructor(private readonly file: FileHandle) {}

  static async open(path: string): Promise<Ledger> {
    return new Ledger(await open(path, 'wx'));
  }

  /** Resolves when the line is on disk; those that come together share a write. */
  async add(one: Acknowledged): Promise<void> {
    this.acknowledged.push(one);
    this.#lines.push(`${JSON.stringify({ command: one.sent.command, id: one.id, revision: one.revision, position: one.position, sent: one.sent })}\n`);
    while (this.#writing) await this.#writing; // what is being written does not hold this line yet
    if (this.#lines.length > 0) await (this.#writing = this.#write());
  }

  async #write(): Promise<void> {
    try {
      await this.file.appendFile(this.#lines.splice(0).join(''));
      await this.file.datasync();
    } finally {
      this.#writing = undefined;
    }
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.file.close();
  }
}
