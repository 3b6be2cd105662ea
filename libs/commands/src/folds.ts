import type { EventLog, Stored } from '#libs/event-log';
import type { Event, EventRegistry, Stream } from '#libs/kernel';
import type { Folded } from './use-case.js';

/** What a command wrote: the answer that its repeat is given. */
export interface Written {
  readonly revision: number;
  readonly etag: number;
  readonly position: bigint;
}

/** A stream read so far, and what each command in it wrote. */
export interface Fold<S> extends Folded<S> {
  readonly position: bigint;
  /** By command id. Only ever added to, so that folds of the same stream may share it. */
  readonly commands: Map<string, Written>;
}

const PAGE = 1_000;
/** How many entries the folds kept may stand for together: a bound on memory, whatever the streams' lengths. */
const MAX_KEPT_ENTRIES = 1_000_000;

/**
 * Folded streams, kept by (stream, revision): only what came since is read, so that a command
 * on a stream of 10,000 events costs what it costs on one of 10. Least recently used go first.
 */
export class Folds {
  readonly #kept = new Map<string, Fold<unknown>>();
  #keptEntries = 0;

  constructor(
    private readonly log: EventLog,
    private readonly registry: EventRegistry,
  ) {}

  /**
   * The stream as it stands now.
   * @throws UnknownEvent where a newer release has written what this one cannot read
   */
  async load<S, E extends Event>(tenant: string, stream: Stream<S, E>, id: string): Promise<Fold<S>> {
    const name = `${stream.name}-${id}`;
    const key = `${tenant}.${name}`;
    let fold = (this.#kept.get(key) as Fold<S> | undefined) ?? {
      state: stream.initial,
      revision: -1,
      etag: -1,
      lastId: undefined,
      position: 0n,
      commands: new Map<string, Written>(),
    };
    const before = fold.revision;
    for (let full = true; full;) {
      const tail = await this.log.readStream(tenant, name, { from: fold.revision + 1, max: PAGE });
      fold = tail.reduce((so, entry) => this.#step(stream, so, entry), fold);
      full = tail.length === PAGE;
    }
    if (fold.revision >= 0) this.#keep(key, fold, before);
    return fold;
  }

  #step<S, E extends Event>(stream: Stream<S, E>, fold: Fold<S>, { entry, position }: Stored): Fold<S> {
    const event = this.registry.read(entry);
    const state = stream.evolve(fold.state, event as unknown as E, event);
    const etag = this.registry.find(entry.type)?.byTimer ? fold.etag : entry.rev;
    const next = { state, revision: entry.rev, etag, lastId: entry.id, position, commands: fold.commands };
    fold.commands.set(entry.cmd, { revision: entry.rev, etag, position });
    return next;
  }

  #keep(key: string, fold: Fold<unknown>, before: number): void {
    const kept = this.#kept.get(key);
    if (kept && kept.revision > fold.revision) return; // somebody read further meanwhile
    this.#kept.delete(key);
    this.#kept.set(key, fold);
    this.#keptEntries += fold.revision - (kept ? kept.revision : before);
    for (const [oldest, { revision }] of this.#kept) {
      if (this.#keptEntries <= MAX_KEPT_ENTRIES || oldest === key) break;
      this.#kept.delete(oldest);
      this.#keptEntries -= revision + 1;
    }
  }
}
