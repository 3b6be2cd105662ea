import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { SYSTEM_ROLE, type Context } from '#libs/commands';
import type { EventLog, Position, Stored } from '#libs/event-log';
import { derivedId, Refusal, type Clock, type EventRegistry } from '#libs/kernel';
import { duty, type Lease, type Leases, type Seen, type Views } from '#libs/views';
import { prepareReactions, ReactionCheckpoints, type DeadLetter } from './checkpoints.js';
import type { AsOfEvent, Reaction } from './reaction.js';

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
  readonly fault?: (error: unknown) => void;
}

const LOOK_EVERY_MS = 5;

/**
 * Carries out reactions: each follows the log from a checkpoint of its own, in one process at a time. Every command has an id that
 * follows from event, reaction and target, so that what is done twice has one effect. A rebuild of views runs none of them.
 */
export class Reactions {
  readonly #checkpoints: ReactionCheckpoints;
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly reactions: readonly Reaction[],
    private readonly ground: ReactionsGround,
  ) {
    const twice = reactions.find(({ name }, at) => reactions.findIndex((other) => other.name === name) < at);
    if (twice) throw new TypeError(`Two reactions are called ${twice.name}.`);
    this.#checkpoints = new ReactionCheckpoints(ground.pool, ground.log);
  }

  /** Resolves when each has its checkpoint: whatever is recorded from now on is reacted to. */
  async start(): Promise<void> {
    const { pool, leases, fault } = this.ground;
    await prepareReactions(pool);
    for (const { name } of this.reactions) await this.#checkpoints.of(name);
    const follow = (one: Reaction) => duty(leases, `reaction ${one.name}`, (signal, lease) => this.#follow(one, signal, lease), this.#stop.signal, fault);
    this.#running = Promise.all(this.reactions.map(follow));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
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
    return this.#checkpoints.deadLetters();
  }

  async #follow(one: Reaction, signal: AbortSignal, lease: Lease): Promise<void> {
    const after = await this.#checkpoints.of(one.name);
    for await (const { entries, upTo } of this.ground.log.subscribe({ after, signal })) {
      for (const stored of entries) if (one.on.has(stored.entry.type)) await this.#react(one, stored);
      lease.signal.throwIfAborted();
      await this.#checkpoints.moved(one.name, upTo);
    }
  }

  async #react(one: Reaction, stored: Stored): Promise<void> {
    const { registry, views, clock, send } = this.ground;
    const event = seen(registry, stored);
    const asOf: AsOfEvent = async (needed, questions) => {
      await views.waitFor(event.position, needed);
      return views.read(event.tenant, questions, { at: event.position });
    };
    for (const [index, target] of (await one.targets(event, asOf)).entries()) {
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
        await send(one.react(event, target), context);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error; // tried again, ever more patiently
        await this.#checkpoints.refused(one.name, event, target, error);
      }
    }
  }
}

const seen = (registry: EventRegistry, { entry, position }: Stored): Seen => ({
  ...registry.read(entry),
  tenant: entry.tenant,
  stream: entry.stream,
  position,
  recordedAt: entry.at,
  cmd: entry.cmd,
  corr: entry.corr,
  ...(entry.caus !== undefined && { caus: entry.caus }),
});
