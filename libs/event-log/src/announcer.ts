import type { Queries } from './queries.js';

/** The channel on which processes tell each other that the log has grown. */
export const CHANNEL = 'uppsikt_log';
/** Nothing is lost with it, so this commit need not wait for the disk; the setting ends with the statement's own transaction. */
const NOTIFY = `select set_config('synchronous_commit', 'off', true), pg_notify('${CHANNEL}', '')`;
/**
 * The first of a while is told at once; then at most this often: notifying takes a lock that the whole server shares,
 * and whoever follows a busy log does better with fewer and larger pages.
 */
const EVERY_MS = 25;

/** Tells the other processes, after a commit and apart from it, that the log has grown. */
export class Announcer {
  #resting = false;
  #again = false;

  constructor(private readonly queries: Queries) {}

  announce(): void {
    if (this.#resting) {
      this.#again = true;
      return;
    }
    this.#resting = true;
    // What is not heard is found by looking.
    void this.queries.rows({ name: 'notify', text: NOTIFY }).catch(() => {});
    setTimeout(() => this.#rested(), EVERY_MS).unref();
  }

  #rested(): void {
    this.#resting = false;
    if (!this.#again) return;
    this.#again = false;
    this.announce();
  }
}
