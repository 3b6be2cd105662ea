import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { SYSTEM_ROLE, type Context } from '#libs/commands';
import type { EventLog, Position } from '#libs/event-log';
import { derivedId, Refusal, type Clock, type EventRegistry } from '#libs/kernel';
import { traced } from '#libs/telemetry';
import { duty, Feed, unlessAborted, type Lease, type Leases, type Views } from '#libs/views';
import { ReactionCheckpoints } from './checkpoints.js';
import { DeadLetters, type DeadLetter } from './dead-letters.js';
import type { AsOfEvent, Happened, Reaction } from './reaction.js';
import { prepareReactions } from './schema.js';

export interface ReactionsGround {
  /** Of the role `uppsikt_worker`. */
  readonly pool: Pool;
  /** Over all tenants. */
  readonly log: EventLog;
  readonly registry: EventRegistry;
  readonly views: Views;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly send: (command: object, context: Context) => Promise<unknown>;
  /** Told of what was not a refusal: it is tried again, ever more patiently. */
  readonly fault?: (error: unknown) => void;
  /** How often it is said again how far the reactions have come, in milliseconds: the database may have lost it. */
  readonly lookEveryMs?: number;
}

const LOOK_EVERY_MS = 5;
const isFault = (error: unknown): boolean => !(error instanceof Refusal);

/**
 * Carries out reactions: each follows the log from a checkpoint of its own, in one process at a time. Every command has an id that
 * follows from event, reaction and target, so that what is done twice has one effect: also by a process that was paused and goes on when another
 * has taken over. A rebuild of views runs none of them.
 */
export class Reactions {
  readonly #checkpoints: ReactionCheckpoints;
  readonly #deadLetters: DeadLetters;
  readonly #feed: Feed;
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  /** @throws TypeError where two share a name */
  constructor(
    private readonly reactions: readonly Reaction[],
    private readonly ground: ReactionsGround,
  ) {
    const twice = reactions.find(({ name }, at) => reactions.findIndex((other) => other.name === name) < at);
    if (twice) throw new TypeError(`Two reactions are called ${twice.name}.`);
    this.#checkpoints = new ReactionCheckpoints(ground.pool, ground.log, ground.lookEveryMs);
    this.#deadLetters = new DeadLetters(ground.pool);
    this.#feed = new Feed(ground.log, ground.registry);
  }

  /** Resolves when each has its checkpoint: whatever is recorded from now on is reacted to. */
  async start(): Promise<void> {
    const { pool, leases, fault } = this.ground;
    await prepareReactions(pool);
    for (const { name, from } of this.reactions) await this.#checkpoints.begin(name, from);
    const follow = (one: Reaction) => duty(leases, `reaction ${one.name}`, (signal, lease) => this.#follow(one, lease, signal), this.#stop.signal, fault);
    this.#running = Promise.all(this.reactions.map(follow));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#feed.close();
    await this.#running;
  }

  /**
   * Waits until everything up to a position has been reacted to, by whatever process does.
   * @throws the signal's reason
   */
  async settled(position: Position, signal: AbortSignal): Promise<void> {
    const names = this.reactions.map(({ name }) => name);
    while (!(await this.#checkpoints.have(names, position))) await pause(LOOK_EVERY_MS, undefined, { signal });
  }

  /** Commands that were refused. */
  deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#deadLetters.all();
  }

  /** How many there are of them. */
  deadLetterCount(): Promise<number> {
    return this.#deadLetters.count();
  }

  async #follow(one: Reaction, { epoch }: Lease, signal: AbortSignal): Promise<void> {
    const reader = this.#feed.reader(await this.#checkpoints.takeOver(one.name, epoch));
    try {
      while (!signal.aborted) {
        const { entries, place } = await unlessAborted(reader.next(), signal);
        for (const { stored, event } of entries) {
          if (event instanceof Error) throw event; // of a newer release, in which something may follow from it here: nobody goes past it
          if (!one.on.has(stored.entry.type)) continue;
          await this.#react(one, epoch, event, signal);
        }
        this.#checkpoints.moved(one.name, epoch, place);
      }
    } finally {
      reader.close();
      await this.#checkpoints.leaves(one.name); // the next owner goes on from there
    }
  }

  async #react(one: Reaction, epoch: bigint, event: Happened, signal: AbortSignal): Promise<void> {
    const { views } = this.ground;
    const asOf: AsOfEvent = async (needed, questions) => {
      await unlessAborted(views.waitFor(event.position, needed), signal);
      return views.read(event.tenant, questions, { at: event.position });
    };
    const targets = await one.targets(event, asOf);
    const refused = targets.length > 0 ? await this.#deadLetters.of(one.name, event.id) : undefined;
    for (const [index, target] of targets.entries()) {
      signal.throwIfAborted();
      if (!refused?.has(target)) await this.#send(one, epoch, event, target, index);
    }
  }

  async #send(one: Reaction, epoch: bigint, event: Happened, target: string, index: number): Promise<void> {
    const { clock, send } = this.ground;
    const { tenant, id, corr, by } = event;
    const context: Context = {
      tenant,
      by: { actor: 'reactions', role: SYSTEM_ROLE, unit: by.unit },
      commandId: derivedId(id, one.name, target, index),
      corr,
      caus: id,
      now: clock.now(),
    };
    try {
      await traced(`reaction ${one.name}`, { corr, attributes: { 'uppsikt.caused_by': id }, isFault }, () => send(one.react(event, target), context));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.#deadLetters.keep(one.name, epoch, event, target, error);
    }
  }
}
