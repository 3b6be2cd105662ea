import { setTimeout as pause } from 'node:timers/promises';
import type { ClientBase, Pool, QueryConfig } from 'pg';
import type { EventLog, Position } from '#libs/event-log';
import { START } from '#libs/event-log';
import type { Arrivals } from './arrivals.js';
import { SetBack, ViewChanged, type Checkpoints, type Held, type Taken } from './checkpoints.js';
import type { Feed, FeedReader } from './feed.js';
import { LeaseLost, type Lease } from './lease.js';
import type { Leases } from './leases.js';
import { gonePast, observed } from './observed.js';
import { readable } from './pages.js';
import type { Passing } from './passing.js';
import type { Place } from './place.js';
import { inTransaction, transaction } from './transaction.js';
import type { Turns } from './turns.js';
import { unlessAborted } from './unless-aborted.js';
import type { Change, PageEntry, View } from './view.js';

/** Where a process says what its operators should know. */
export interface Says {
  info(sentence: string): void;
  warn(sentence: string): void;
}

/** What the views of one process share. */
export interface Shared {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly feed: Feed;
  readonly leases: Leases;
  readonly checkpoints: Checkpoints;
  readonly passing: Passing;
  readonly arrivals: Arrivals;
  readonly say: Says;
  readonly onHalted: (why: string) => void;
  /** Indexes are built for one view after the other: each takes a connection for long, and the leases need one too. */
  readonly indexing: Turns;
}

/**
 * What a process does for a view: `waiting` while another one owns it, `loading` for the first time, `indexing` after that,
 * `live`, `failing` while it tries again, `halted` at an entry that it cannot read, `stopped`.
 */
export type FollowerState = 'waiting' | 'loading' | 'indexing' | 'live' | 'failing' | 'halted' | 'stopped';

/** The view stands before an entry that this release cannot read. */
class Halted extends Error {
  override readonly name = 'Halted';
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** So long one index may take, of however long a history. */
const INDEXING_MS = 24 * 3_600_000;

/** Keeps one view up to date: takes it over when nobody else holds it, reads, folds, writes rows and checkpoint together. */
export class Follower {
  state: FollowerState = 'waiting';
  position: Position = START;
  quarantined = 0;
  /** What went wrong last, where it is failing or halted. */
  fault: string | undefined;

  constructor(
    readonly view: View,
    private readonly shared: Shared,
  ) {}

  /** Until the signal is raised, or the view halts. */
  async run(signal: AbortSignal): Promise<void> {
    const { leases } = this.shared;
    while (!signal.aborted && this.state !== 'halted') {
      this.state = 'waiting';
      const lease = await leases.hold(`view ${this.view.table}`, signal).catch(() => undefined);
      if (!lease) break;
      await this.#own(lease, AbortSignal.any([signal, lease.signal]));
      await this.shared.passing.leaves(this.view.table); // the next owner reads on from there
      await lease.release();
    }
    if (this.state !== 'halted') this.state = 'stopped';
  }

  /** For as long as the lease lasts; a fault is tried again from the checkpoint. */
  async #own(lease: Lease, over: AbortSignal): Promise<void> {
    for (let wait = FIRST_PAUSE_MS; !over.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      const before = this.position;
      try {
        await this.#follow(lease, over);
      } catch (error) {
        if (over.aborted || error instanceof LeaseLost) return;
        this.fault = String(error);
        if (error instanceof Halted || error instanceof ViewChanged) return await this.#halt(lease, error);
        this.state = 'failing';
        this.shared.say.warn(`View ${this.view.table} failed and is tried again: ${this.fault}`);
        if (this.position > before) wait = FIRST_PAUSE_MS;
        await pause(wait, undefined, { signal: over }).catch(() => {});
      }
    }
  }

  async #halt(lease: Lease, error: Halted | ViewChanged): Promise<void> {
    this.state = 'halted';
    this.shared.say.warn(`View ${this.view.table} has halted: ${this.fault}`);
    await this.shared.passing.leaves(this.view.table); // or what is written after would tell that it goes on
    await this.shared.checkpoints.halt(this.view, lease.epoch, error.message).catch(() => {});
    if (error instanceof Halted) this.shared.onHalted(error.message);
  }

  async #follow(lease: Lease, over: AbortSignal): Promise<void> {
    const { checkpoints, log, say, feed } = this.shared;
    const taken = await checkpoints.takeOver(this.view, lease.epoch);
    if (taken.rebuilt !== undefined) say.warn(`View ${this.view.table} is built anew, since ${taken.rebuilt}.`);
    this.quarantined = taken.quarantined;
    const head = await log.head();
    const reader = feed.reader(taken.place);
    try {
      await this.#read(reader, taken, head, lease, over);
    } finally {
      reader.close();
    }
  }

  async #read(reader: FeedReader, { place: from, ready: wasReady }: Taken, head: Position, lease: Lease, over: AbortSignal): Promise<void> {
    const { pool, passing } = this.shared;
    const { table } = this.view;
    const writer = this.view.writer(pool);
    const lost = new AbortController();
    const ends = AbortSignal.any([over, lost.signal]);
    const { epoch } = lease;
    const standing = (place: Place, written: Position) => ({
      epoch,
      written,
      place,
      lost: (isOurs: boolean) => lost.abort(isOurs ? new SetBack(table) : new LeaseLost(table)),
    });
    passing.stands(table, standing(from, from.position));
    this.#arrived(from, from.position);
    for (let place = from, written = from.position, ready = wasReady; !over.aborted;) {
      if (!ready && place.position >= head) {
        await passing.leaves(table); // while its checkpoint is held, nothing waits for it
        await this.#index({ epoch, written });
        passing.moved(table, standing(place, written));
        ready = true;
      }
      this.state = ready ? 'live' : 'loading';
      const page = await unlessAborted(reader.next(), ends);
      const cut = this.view.takesUnknown ? undefined : readable(page, place);
      const { entries, place: next } = cut?.page ?? page;
      const change = await writer.take(entries);
      if (change) {
        await this.#write({ epoch, written }, entries, change, next);
        written = next.position;
        passing.stands(table, standing(next, written));
      } else {
        passing.moved(table, standing(next, written));
      }
      gonePast(this.view, entries);
      place = next;
      this.#arrived(place, written);
      this.fault = undefined;
      if (cut) throw new Halted(cut.fault.message);
    }
  }

  async #write(held: Held, entries: readonly PageEntry[], change: Change, place: Place): Promise<void> {
    const { pool, checkpoints, say } = this.shared;
    const write = () =>
      transaction(pool, async (client) => {
        await checkpoints.move(client, this.view, held, place, change.quarantined.length);
        await change.write(client);
      });
    await observed(this.view, entries, this.state === 'live', write);
    this.quarantined += change.quarantined.length;
    for (const row of change.quarantined) say.warn(`View ${this.view.table} has quarantined ${row}`);
  }

  /**
   * After the first load, since filling a bare table and then indexing it is faster. It may take longer than any other transaction; a process
   * that is paused in the middle of it is not waited for, since nobody else could take the view over.
   */
  async #index(held: Held): Promise<void> {
    this.state = 'indexing';
    const { pool, checkpoints, indexing } = this.shared;
    const begin = "begin; set local transaction_timeout = 0; set local idle_in_transaction_session_timeout = '10s'; set local maintenance_work_mem = '256MB'";
    const build = async (client: ClientBase) => {
      await checkpoints.becomeReady(client, this.view, held);
      for (const text of [...this.view.index, `analyze views.${this.view.table}`]) await client.query({ text, query_timeout: INDEXING_MS } as QueryConfig);
    };
    await indexing.take(() => inTransaction(pool, begin, build));
  }

  #arrived({ position }: Place, written: Position): void {
    this.position = position;
    this.shared.arrivals.moved(this.view.table, position, written);
  }
}
