import { setTimeout as pause } from 'node:timers/promises';
import { LogRefused, START, type EventLog, type Position } from '#libs/event-log';
import { counter } from '#libs/telemetry';
import type { Recorded } from '#libs/trail';
import { namedParts, type AgedParts, type Removed, type SealedEvent } from '#libs/vault';

export interface VaultSweepParts {
  /** Over all tenants. */
  readonly log: Pick<EventLog, 'id' | 'head' | 'readAll' | 'assertInUse'>;
  readonly vault: AgedParts;
  readonly recorded: Recorded;
  /** Told what was removed, and what was not though it could have been. */
  readonly say: (line: string) => void;
  /** How often it looks; once an hour. */
  readonly everyMs?: number;
  /** How many events of the vault, and how many entries of the log, it looks at in one go; a million, which takes some seconds, and a minute or two. */
  readonly most?: number;
}

const HOUR_MS = 3_600_000;
/** How soon it is asked again whether the trail has come so far. */
const TRAIL_MS = 1_000;
const MOST = 1_000_000;
/** Removed in one transaction. */
const BATCH = 1_000;
/** So few may always be removed; of more at most the share. */
const FEW = 100;
const SHARE = 0.1;
const NOTHING: Removed = { parts: 0, keys: 0 };

const removedParts = counter('uppsikt_vault_parts_removed_total', 'Sealed parts removed since no entry names them.');

/** One look: parts put before that moment are old, and the log ended there later than that. */
interface Look {
  readonly before: string;
  readonly head: Position;
  readonly signal: AbortSignal;
}

/**
 * Removes from the vault what no entry names. Parts and keys are there before the entries that name them; where these were then not recorded,
 * since somebody else wrote first or the log was away, nobody could ever ask for the parts to be erased. A part is left over when it was put a
 * day ago by the database's clock and
 *
 * - its event was never recorded: the trail, which has come to where the log ended later than that, does not hold it. These are found by
 *   walking through the vault, in the order of its index, which is the trail's too;
 * - or its event was recorded, and names other parts: the same command was tried several times, and each time sealed anew, under the one id.
 *   These are found by reading the log once, a day behind its end.
 *
 * Both go on the next time where they stopped.
 */
export class VaultSweep {
  constructor(private readonly parts: VaultSweepParts) {}

  /** Runs until the signal, on one process at a time (a `duty`). */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.once(signal);
      await pause(this.parts.everyMs ?? HOUR_MS, undefined, { signal }).catch(() => {});
    }
  }

  /**
   * Waits for the trail, however long that takes, and looks once.
   * @throws TrailIncomplete, LogClosed, LogUnavailable; the signal's reason
   */
  async once(signal: AbortSignal): Promise<Removed> {
    const { log, vault, recorded, say } = this.parts;
    const { before, after } = await vault.begin();
    const head = await log.head();
    while (!(await recorded.isComplete(head))) await pause(TRAIL_MS, undefined, { signal });
    const look = { before, head, signal };
    const removed = sum(await this.#neverRecorded(look, after), await this.#earlierTries(look));
    if (removed.parts > 0) say(`Removed from the vault what no entry names: sealed parts ${removed.parts}, keys ${removed.keys}.`);
    return removed;
  }

  async #neverRecorded(look: Look, after: SealedEvent | undefined): Promise<Removed> {
    const { vault, say } = this.parts;
    const { looked, old, stopped } = await this.#walk(look, after);
    if (old.length > FEW && old.length > looked * SHARE) {
      say(
        `Of ${looked} events that the vault holds parts of, ${old.length} were not recorded in a day: more than is usually left over, and nothing was removed. ` +
          'The vault seems to belong to another log, or the log to have been set back; run "npx uppsikt doctor".',
      );
      return NOTHING;
    }
    let removed = NOTHING;
    for (let at = 0; at < old.length; at += BATCH) removed = sum(removed, await this.#remove(look, old.slice(at, at + BATCH)));
    await vault.end(stopped);
    return removed;
  }

  /** @returns how many events it looked at, those with old parts that were not recorded, and where it stopped, unless that is the end */
  async #walk({ before, head, signal }: Look, after: SealedEvent | undefined) {
    const { vault, recorded, most = MOST } = this.parts;
    const old: SealedEvent[] = [];
    let looked = 0;
    for await (const page of vault.events(after)) {
      signal.throwIfAborted();
      looked += page.length;
      old.push(...(await vault.old(before, await recorded.without(head, page))));
      // More than the share of all that it may look at is too much, whatever follows.
      if (looked >= most || old.length > Math.max(FEW, most * SHARE)) return { looked, old, stopped: page.at(-1) };
    }
    return { looked, old, stopped: undefined };
  }

  /** The share is not asked here: the entry itself says which parts are its own, and the vault holds no events of a log that is not its own. */
  async #earlierTries(look: Look): Promise<Removed> {
    const { log, vault, most = MOST } = this.parts;
    const { head } = look;
    const read = await vault.logRead(log.id);
    if (!read || read.position > head) await vault.noteLogRead(log.id, START, head);
    if (read?.upTo === undefined || read.position > head) return NOTHING;
    const { position, upTo } = read;
    let removed = NOTHING;
    try {
      let [at, looked] = [position, 0];
      while (at < upTo && looked < most) {
        const { entries, next = upTo } = await log.readAll({ after: at, max: BATCH });
        const aged = entries.filter((one) => one.position <= upTo).map(({ entry }) => entry);
        const named = aged.flatMap((entry) => namedParts(entry)).map(({ sha256 }) => sha256);
        removed = sum(removed, await this.#remove(look, aged, named));
        at = next < upTo ? next : upTo;
        looked += BATCH;
      }
      await vault.noteLogRead(log.id, at, at === upTo ? head : undefined);
    } catch (error) {
      if (!(error instanceof LogRefused)) throw error;
      await vault.noteLogRead(log.id, START, head); // the log was set back, and has come another way since
    }
    return removed;
  }

  async #remove({ before, signal }: Look, events: readonly SealedEvent[], named: readonly string[] = []): Promise<Removed> {
    const { log, vault } = this.parts;
    signal.throwIfAborted();
    await log.assertInUse(); // one that has been moved holds nothing of what was recorded since
    const removed = await vault.remove(before, events, named);
    removedParts.inc(removed.parts);
    return removed;
  }
}

const sum = (one: Removed, other: Removed): Removed => ({ parts: one.parts + other.parts, keys: one.keys + other.keys });
