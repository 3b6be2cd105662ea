import { setTimeout as pause } from 'node:timers/promises';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { Commands, Executor, handles, system, type Context } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog } from '#libs/event-log';
import {
  addDays,
  addMilliseconds,
  derivedId,
  EventRegistry,
  randomId,
  stockholmDay,
  type Clock,
  type Decide,
  type Event,
  type Instant,
  type Stream,
} from '#libs/kernel';
import { organisationStream, roleHolders, successions, units } from '#libs/organisation';
import { preparedDatabase } from '#libs/testing';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { Views, ViewRunner } from '#libs/views';
import { metOn, setDeadline } from './deadline-decisions.js';
import type { DeadlinePlan } from './deadline-plan.js';
import { deadlineEvents, type DeadlineEvent } from './deadline.events.js';
import type { Deadlines } from './deadline.js';
import { DueKnocks, dueViews } from './due-knocks.js';
import { Knocker } from './knocker.js';
import { knocks } from './knocks.js';
import { lateSummaries } from './late-summary.js';
import { from, unit, waits } from './deadline.samples.js';
import { migrateQueue } from './postgres-queue.js';
import { Timers, type SteppedClock, type TimerParts } from './timers.js';

/** An owner waits for something by a day. */
class Await {
  owner!: string;
  plan!: DeadlinePlan;
}
class Receive {
  owner!: string;
}
const awaits: Decide<Await, Deadlines, DeadlineEvent> = ({ plan }, deadlines, { now }) => (deadlines[plan.deadline] ? [] : setDeadline(plan, now));
const receives: Decide<Receive, Deadlines, DeadlineEvent> = (_command, deadlines, { today, now }) =>
  Object.values(deadlines).flatMap((one) => metOn(one, today, now));
const ofWaits = { of: waits, id: ({ owner }: { readonly owner: string }) => owner, may: [system] };

export const wallClock: Clock = { real: true, now: () => Temporal.Now.instant().round('millisecond').toString({ fractionalSecondDigits: 3 }) as Instant };

export const steppedClock = (start: Instant): SteppedClock => {
  let now = start;
  return { real: false, now: () => now, set: (to) => void (now = to) };
};

/** A plan whose whole life takes seconds: reminded after one, missed after two, reminded again after three. */
export const shortPlan = (deadline: string, now: Instant): DeadlinePlan => {
  const on = stockholmDay(now);
  const rung = (name: string, role: string, ms: number) => ({ rung: name, role, on, at: addMilliseconds(now, ms) });
  return {
    ...from('2026-02-02'),
    deadline,
    startOn: addDays(on, -1),
    dueOn: on,
    missedAt: addMilliseconds(now, 2_000),
    steps: [],
    ladder: [rung('before', 'case-officer', 1_000), rung('after', 'case-officer', 3_000)],
  };
};

const kept = [...dueViews, units, successions, roleHolders];

/** Everything timers need, on a database of the spec's own. */
export const timersOn = async (clock: Clock) => {
  const database = await preparedDatabase([vaultMigrations, logMigrations]);
  await migrateQueue(database.owner);
  const pool = openPool(database.worker, { max: 8, name: 'spec' });
  const log = await postgresLog({ url: database.worker });
  const registry = new EventRegistry([...deadlineEvents, ...organisationStream.events, ...lateSummaries.events]);
  const executor = new Executor(log, new Vault(new PostgresVault(pool), new Keyring(Buffer.alloc(32, 7))), registry);
  const runner = new ViewRunner({ pool, log, registry, views: kept });
  await runner.start();
  const views = new Views({ pool, log, views: kept });
  const wiring = { imports: [CqrsModule.forRoot()], providers: [Commands, { provide: Executor, useValue: executor }, ...handlers] };
  const app = await Test.createTestingModule(wiring).compile();
  await app.init();
  const commands = app.get(Commands);
  const due = new DueKnocks(pool);
  const faults: unknown[] = [];
  const parts: TimerParts = {
    clock,
    due,
    knocker: new Knocker(commands, clock),
    caughtUp: (signal) => views.caughtUp(dueViews, signal),
    fault: (error) => void faults.push(error),
  };
  const context = (commandId: string, tenant = 'stockholm'): Context => ({
    tenant,
    by: { actor: 'spec', role: 'system', unit },
    commandId,
    corr: commandId.replaceAll('-', ''),
    now: clock.now(),
  });
  const drained = async () => views.waitFor(await log.head(), kept);
  /** Facts of an owner, in the order of its stream. */
  const factsOf = async (owner: string, tenant = 'stockholm') => (await log.readStream(tenant, `wait-${owner}`)).map(({ entry }) => entry);

  return {
    database,
    pool,
    log,
    views,
    due,
    commands,
    parts,
    faults,
    drained,
    factsOf,
    /** Facts as they stand, in a stream of which nobody decides here. */
    record: <S, E extends Event>(of: Stream<S, E>, id: string, facts: readonly E[], tenant = 'stockholm') =>
      executor.execute({ of, id: () => id, may: [system], decide: () => facts }, {}, context(randomId(), tenant)),
    await: (owner: string, plan: DeadlinePlan, tenant?: string) =>
      commands.send(Object.assign(new Await(), { owner, plan }), context(derivedId(owner, 'await'), tenant)),
    receive: (owner: string) => commands.send(Object.assign(new Receive(), { owner }), context(derivedId(owner, 'receive'))),
    /** Waits until the owner has so many facts, and gives them; says what went wrong where they do not come. */
    until: async (owner: string, count: number) => {
      for (let left = 600; left > 0; left--) {
        const facts = await factsOf(owner);
        if (facts.length >= count) return facts;
        await pause(50);
      }
      throw new Error(`Only ${(await factsOf(owner)).map(({ type }) => type).join(', ')}. Told: ${faults.map(String).join(' ')}`);
    },
    /** Runs timers while the work is done. */
    running: async <T>(change: Partial<TimerParts>, work: () => Promise<T>): Promise<T> => {
      const stop = new AbortController();
      const run = new Timers({ ...parts, ...change }).run(stop.signal);
      try {
        return await work();
      } finally {
        stop.abort();
        await run;
      }
    },
    close: async () => {
      await app.close();
      await runner.stop();
      await log.close();
      await pool.end();
      await database.drop();
    },
  };
};

const handlers = [knocks(waits, (deadlines) => deadlines), handles(Await, { ...ofWaits, decide: awaits }), handles(Receive, { ...ofWaits, decide: receives })];
