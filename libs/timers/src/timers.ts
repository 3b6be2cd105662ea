import { setTimeout as pause } from 'node:timers/promises';
import { laterOf, type Clock, type Instant } from '#libs/kernel';
import type { DueKnocks } from './due-knocks.js';
import type { Knocker } from './knocker.js';
import { keepQueue } from './reconciler.js';
import type { KnockQueue } from './queue.js';
import { sweep, type Fault } from './sweep.js';

/** What the timers need. */
export interface TimerParts {
  readonly clock: Clock;
  readonly due: DueKnocks;
  readonly knocker: Knocker;
  /** Resolves when the view of deadlines holds everything that the log held when it was asked. */
  readonly caughtUp: (signal: AbortSignal) => Promise<void>;
  /** Opens the queue; left out, the sweep does everything. */
  readonly openQueue?: (trouble: (error: Error) => void) => Promise<KnockQueue>;
  readonly fault: Fault;
  /** 15 seconds; `never` leaves everything to the queue. */
  readonly sweepEveryMs?: number | 'never';
  /** One minute. */
  readonly reconcileEveryMs?: number;
}

/** A clock that somebody steps. */
export interface SteppedClock extends Clock {
  set(now: Instant): void;
}

/** Knocks when the time has come: by delayed jobs, which are prompt, and by a sweep, which forgets nothing. Each suffices alone. */
export class Timers {
  constructor(private readonly parts: TimerParts) {}

  /**
   * Runs until the signal, on one process at a time (a `duty`). Begins when the view has caught up, so that a rebuild knocks for nothing.
   * Under a stepped clock it does nothing by itself: see {@link step}.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, caughtUp, openQueue: open, reconcileEveryMs: everyMs = 60_000 } = this.parts;
    await caughtUp(signal);
    if (!clock.real) return aborted(signal);
    await Promise.all([this.#sweeping(signal), open && keepQueue({ ...this.parts, open, everyMs }, signal)]);
  }

  /** Knocks for everything that is due now. */
  async sweep(signal?: AbortSignal): Promise<number> {
    const { due, knocker, clock, fault } = this.parts;
    return sweep(due, knocker, clock, fault, signal);
  }

  /**
   * Steps a clock to a moment by way of every due moment before it, in order, so that each fact is recorded when it would have been.
   * @param drained resolves when commands, reactions, views and outbox have come to rest; called after every moment
   * @param down as if the system had been off: the clock jumps, and what is due is knocked for afterwards
   */
  async step(clock: SteppedClock, until: Instant, drained: () => Promise<void>, { down = false }: { readonly down?: boolean } = {}): Promise<void> {
    await drained();
    for (let at = down ? undefined : await this.parts.due.next({ until }); at; at = await this.parts.due.next({ after: laterOf(at, clock.now()), until })) {
      if (at > clock.now()) clock.set(at);
      await this.sweep();
      await drained();
    }
    clock.set(until);
    await this.sweep();
    await drained();
  }

  async #sweeping(signal: AbortSignal): Promise<void> {
    const { sweepEveryMs = 15_000, fault } = this.parts;
    if (sweepEveryMs === 'never') return;
    while (!signal.aborted) {
      await this.sweep(signal).catch(fault);
      await pause(sweepEveryMs, undefined, { signal }).catch(() => {});
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((over) => {
    if (signal.aborted) over();
    signal.addEventListener('abort', () => over(), { once: true });
  });
