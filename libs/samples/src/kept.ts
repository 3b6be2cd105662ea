import { instant, stockholmDay, type Instant } from '#libs/kernel';
import { sampleId } from './municipalities.js';
import type { Stage } from './play.js';
import { differences } from './step.js';

/** The lists of a municipality that are compared with what they were: asked by somebody who sees all of it. */
export interface ListsToKeep {
  readonly as: string;
  readonly paths: readonly `/${string}`[];
}

interface Kept {
  readonly at: Instant;
  readonly path: string;
  readonly body: unknown;
}

/**
 * Keeps lists as they are on some days of a case, and at its end asks for them as they were recorded then: `asOf` must give the same.
 */
export class KeptLists {
  readonly #kept: Kept[] = [];
  #days = 0;

  constructor(
    private readonly stage: Stage,
    private readonly lists: ListsToKeep,
  ) {}

  /** At the end of a day of the case. */
  async keep(at: string): Promise<void> {
    this.#days++;
    await this.stage.step(instant(at)); // what follows from the last thing that was done has followed then
    for (const path of this.lists.paths) this.#kept.push({ at: instant(at), path, body: await this.#ask(path) });
  }

  /** A line for each list that is not what it was; and in how many days how many lists were compared. */
  async compare(): Promise<{ readonly compared: number; readonly days: number; readonly differences: readonly string[] }> {
    const found: string[] = [];
    for (const { at, path, body } of this.#kept) {
      const then = await this.#ask(`${path}${path.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(at)}`);
      // Both ways: what is too much is a difference as well.
      const differing = [...differences(body, then), ...differences(then, body)];
      if (differing.length > 0) found.push(`${path} as of ${stockholmDay(at)}: ${differing[0]}`);
    }
    return { compared: this.#kept.length, days: this.#days, differences: found };
  }

  async #ask(path: string): Promise<unknown> {
    const { status, body } = await this.stage.request('GET', `/api/v1${path}`, { 'uppsikt-person': sampleId('person', this.lists.as) });
    if (status !== 200) throw new Error(`${path} could not be asked: ${JSON.stringify(body)}`);
    return body;
  }
}
