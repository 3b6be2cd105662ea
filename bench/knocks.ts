// 100,000 open deadlines, all of which have a reminder within two days, of which 1,000 fall due at one moment: how long until all of these are
// issued, with the queue on Redis, with the queue on PostgreSQL, each without the sweep, and with the sweep alone.
import { Executor, system, type UseCase } from '#libs/commands';
import { migrate, openPool, prepareDatabase } from '#libs/database';
import { logMigrations, postgresLog, type EventLog } from '#libs/event-log';
import {
  addMilliseconds,
  EventRegistry,
  instant,
  millisecondsBetween,
  randomId,
  stockholmDay,
  type Clock,
  type Entry,
  type Instant,
  type Stream,
} from '#libs/kernel';
import {
  DeadlineSet,
  deadlineEvents,
  DueKnocks,
  dueViews,
  evolveDeadlines,
  Knock,
  knock,
  knockedBy,
  Knocker,
  migrateQueue,
  openQueueOn,
  Timers,
  type DeadlineEvent,
  type Deadlines,
  type DeadlinePlan,
  type KnockQueue,
} from '#libs/timers';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { Arrivals, ViewRunner } from '#libs/views';
import { withRedis, withServer } from './server.js';

const OPEN = Number(process.env.KNOCKS_OPEN ?? 100_000);
const DUE = Number(process.env.KNOCKS_DUE ?? 1_000);
const TENANT = 'bench';
const UNIT = randomId();
const HOUR_MS = 3_600_000;
const IN_FLIGHT = 256;

const waits: Stream<Deadlines, DeadlineEvent> = { name: 'bench', events: deadlineEvents, initial: {}, evolve: evolveDeadlines };
class BenchKnock extends Knock {}
knockedBy(waits.name, BenchKnock);
const knocking: UseCase<Knock, Deadlines, DeadlineEvent, Record<never, never>> = {
  of: waits,
  id: ({ owner }) => owner,
  may: [system],
  decide: (command, deadlines, { now }) => knock(command, deadlines[command.deadline], now),
};

const wall: Clock = { real: true, now: () => instant(new Date().toISOString()) };

/** Reminded once, at that moment, and not due for a month. */
const planOf = (at: Instant): DeadlinePlan => ({
  deadline: randomId(),
  type: 'bench',
  unit: UNIT,
  startOn: stockholmDay(wall.now()),
  dueOn: stockholmDay(addMilliseconds(at, 720 * HOUR_MS)),
  missedAt: addMilliseconds(at, 744 * HOUR_MS),
  steps: [],
  rule: { id: UNIT, version: 1 },
  ladder: [{ rung: 'before', role: 'case-officer', on: stockholmDay(at), at }],
});

const setOn = (at: Instant): Entry => ({
  v: 1,
  id: randomId(),
  tenant: TENANT,
  stream: `${waits.name}-${randomId()}`,
  rev: 0,
  type: DeadlineSet.type,
  schema: 1,
  at: wall.now(),
  by: { actor: 'bench', role: 'system', unit: UNIT },
  corr: 'b'.repeat(32),
  cmd: randomId(),
  data: { ...planOf(at), generation: 1 },
});

/** What was seen of one way to knock. */
export interface KnocksMeasured {
  readonly name: string;
  /** Until the queue held all that is due within two days, and until it had been looked through for them again; undefined without a queue. */
  readonly fillMs: number | undefined;
  readonly lookMs: number | undefined;
  /** From the moment that they are due: until the first was issued, and until the last. */
  readonly firstMs: number;
  readonly allMs: number;
  /** What the process held more than before, at the most. */
  readonly heldMiB: number;
}

interface Place {
  readonly log: EventLog;
  readonly timers: (parts: { readonly openQueue?: (trouble: (error: Error) => void) => Promise<KnockQueue>; readonly sweepEveryMs?: 'never' }) => Timers;
  /** Deadlines with a reminder at those moments; resolves when the view holds them. */
  readonly set: (moments: readonly Instant[]) => Promise<void>;
}

/** Watches how long each filling of a queue takes, and has it filled when asked. */
const watched = (open: (trouble: (error: Error) => void) => Promise<KnockQueue>) => {
  let again: (error: Error) => void;
  let filled = Promise.withResolvers<number>();
  return {
    open: async (trouble: (error: Error) => void): Promise<KnockQueue> => {
      again = trouble;
      const queue = await open(trouble);
      return {
        ...queue,
        fill: async (...given) => {
          const [began, told] = [performance.now(), filled];
          filled = Promise.withResolvers<number>();
          await queue.fill(...given);
          told.resolve(performance.now() - began);
        },
      };
    },
    first: () => filled.promise,
    /** Milliseconds that a filling took that began after this was called. */
    fillAgain: () => {
      const { promise } = filled;
      again(new Error('look again'));
      return promise;
    },
  };
};

/** Until the log holds so many reminders after a position: when the first of them came, and the last, on the wall clock. */
const issuedAfter = async (log: EventLog, after: Awaited<ReturnType<EventLog['head']>>, count: number): Promise<{ first: Instant; last: Instant }> => {
  let first: Instant | undefined;
  let left = count;
  for await (const { entries } of log.subscribe({ after, signal: AbortSignal.timeout(600_000) })) {
    for (const { entry } of entries) if (entry.type === 'ReminderIssued') [left, first] = [left - 1, first ?? wall.now()];
    if (left <= 0 && first) return { first, last: wall.now() };
  }
  throw new Error(`${left} reminders of ${count} did not come.`);
};

const measured = async (name: string, place: Place, open?: (trouble: (error: Error) => void) => Promise<KnockQueue>): Promise<KnocksMeasured> => {
  const stop = new AbortController();
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const looking = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  const queue = open && watched(open);
  const firstFill = queue?.first();
  const running = place.timers(queue ? { openQueue: queue.open, sweepEveryMs: 'never' } : {}).run(stop.signal);
  try {
    const fillMs = await firstFill;
    const lookMs = await queue?.fillAgain();
    const due = addMilliseconds(wall.now(), 10_000 + Math.ceil(3 * (lookMs ?? 0)));
    await place.set(Array.from({ length: DUE }, () => due));
    await queue?.fillAgain();
    const { first, last } = await issuedAfter(place.log, await place.log.head(), DUE);
    return { name, fillMs, lookMs, firstMs: millisecondsBetween(due, first), allMs: millisecondsBetween(due, last), heldMiB: (most - before) / 1_048_576 };
  } finally {
    clearInterval(looking);
    stop.abort();
    await running;
  }
};

/** Measures all three on a server of PostgreSQL, one after the other; without `redis-server` the two that need none. */
export const measureKnocks = async (superuserUrl: string): Promise<readonly KnocksMeasured[]> => {
  const urls = await prepareDatabase(superuserUrl);
  await migrate(urls.owner, [vaultMigrations, logMigrations]);
  await migrateQueue(urls.owner);
  const pool = openPool(urls.worker, { max: 8, name: 'bench' });
  const log = await postgresLog({ url: urls.worker });
  const registry = new EventRegistry([...deadlineEvents]);
  const executor = new Executor(log, new Vault(new PostgresVault(pool), new Keyring(Buffer.alloc(32, 1))), registry);
  const arrivals = new Arrivals(pool, log.id);
  const runner = new ViewRunner({ pool, log, registry, views: dueViews, arrivals });
  await runner.start();
  const knocker = new Knocker({ send: (command, context) => executor.execute(knocking, command as Knock, context) }, wall);
  const caughtUp = async (signal: AbortSignal) => arrivals.wait(await log.head(), dueViews, signal);
  const parts = { clock: wall, due: new DueKnocks(pool), knocker, caughtUp, fault: () => {}, reconcileEveryMs: HOUR_MS };
  const place: Place = {
    log,
    timers: (others) => new Timers({ ...parts, ...others }),
    set: async (moments) => {
      const left = moments.values();
      const inTurn = async () => {
        for (const at of left) {
          const entry = setOn(at);
          await log.append(TENANT, entry.stream, -1, [entry]);
        }
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, inTurn));
      await caughtUp(AbortSignal.timeout(600_000));
    },
  };
  try {
    const from = addMilliseconds(wall.now(), 24 * HOUR_MS);
    await place.set(Array.from({ length: OPEN - DUE }, (_, nth) => addMilliseconds(from, Math.floor((nth * 22 * HOUR_MS) / OPEN))));
    const redis = await withRedis((redisUrl) => measured('the queue on Redis', place, openQueueOn({ redisUrl, databaseUrl: urls.worker })));
    const postgres = await measured('the queue on PostgreSQL', place, openQueueOn({ databaseUrl: urls.worker }));
    return [...(redis ? [redis] : []), postgres, await measured('the sweep alone', place)];
  } finally {
    await runner.stop();
    await log.close();
    await pool.end();
  }
};

const written = (ms: number | undefined) => (ms === undefined ? '        -' : `${(ms / 1_000).toFixed(2)} s`.padStart(9));

export const printKnocks = (all: readonly KnocksMeasured[]): void => {
  console.log(`\n${OPEN.toLocaleString('en')} open deadlines within two days, ${DUE.toLocaleString('en')} of them due at once`);
  const [first] = all;
  for (const { name, fillMs, lookMs, firstMs, allMs, heldMiB } of all) {
    const times = first && first.name !== name ? `  1 : ${(allMs / first.allMs).toFixed(1)}` : '';
    console.log(
      `  ${name.padEnd(24)} first after ${written(firstMs)}, all after ${written(allMs)}${times.padEnd(12)} filled in ${written(fillMs)}, looked through in ${written(lookMs)}, +${heldMiB.toFixed(0)} MiB`,
    );
  }
};

export const run = (): Promise<void> => withServer(async (superuserUrl) => printKnocks(await measureKnocks(superuserUrl)));
