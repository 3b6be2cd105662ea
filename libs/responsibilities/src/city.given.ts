import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { Commands, Executor, Moments, Queries, Streams, type Answer, type Asking } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type Position } from '#libs/event-log';
import type { Query } from '#libs/fields';
import { event, EventRegistry, instant, randomId, stockholmDay, type By, type Entry, type Event, type Instant } from '#libs/kernel';
import { meeting } from '#libs/meetings';
import { holdingsOn, organisationId, organisationStream, units } from '#libs/organisation';
import { Reactions } from '#libs/reactions';
import { preparedDatabase } from '#libs/testing';
import { DeadlineRuleSet, deadlineRules, deadlineRulesId, deadlinesView, defaultRules } from '#libs/timers';
import { TrailMoments, trailView } from '#libs/trail';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { Leases, sql, ViewRunner, Views } from '#libs/views';
import { circumstance } from './circumstance.js';
import { circumstancesView } from './circumstances.view.js';
import { coverageFollows } from './coverage-follows.reaction.js';
import { coverageWatch } from './coverage-watch.js';
import { organisationFacts, administrator } from './responsibilities.given.js';
import { ResponsibilitiesModule } from './responsibilities.module.js';
import { responsibilityRulesView } from './responsibility-rules.view.js';
import { responsibilityRules } from './responsibility-rules.js';

// The rules of two municipalities on a real log, with views and reactions. Timers do not run here: nobody is reminded.

const TENANTS = ['stockholm', 'tyreso'] as const;
export type Tenant = (typeof TENANTS)[number];

const streams = [organisationStream, deadlineRules, meeting, responsibilityRules, coverageWatch, circumstance];
const registry = new EventRegistry([...new Set(streams.flatMap(({ events }) => events))]);
const all = [trailView(registry), units, deadlinesView, responsibilityRulesView, circumstancesView];

/** Everything on a database of the spec's own, and how it is torn down. */
export const smallCity = async () => {
  await using opened = new AsyncDisposableStack();
  const kept = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => opened.adopt(thing, async (one) => void (await close(one)));
  const database = kept(await preparedDatabase([vaultMigrations, logMigrations]), (one) => one.drop());
  const worker = kept(openPool(database.worker, { max: 8, name: 'spec' }), (one) => one.end());
  const api = kept(openPool(database.api, { max: 6, name: 'spec' }), (one) => one.end());
  const log = kept(await postgresLog({ url: database.worker }), (one) => one.close());
  const runner = kept(new ViewRunner({ pool: worker, log, registry, views: all }), (one) => one.stop());
  await runner.start();
  const views = new Views({ pool: api, log, views: all });
  const vault = new Vault(new PostgresVault(api), new Keyring(Buffer.alloc(32, 7)));
  const moments = new TrailMoments(log, views, all);
  const executor = new Executor(log, vault, registry);
  const given = new Map<unknown, unknown>([
    [Executor, executor],
    [Views, views],
    [Streams, new Streams(log, registry, moments)],
    [Moments, moments],
    [EventRegistry, registry],
  ]);
  const provided = [...given].map(([provide, useValue]) => ({ provide: provide as symbol, useValue }));
  @Global()
  @Module({ imports: [CqrsModule.forRoot()], providers: [Commands, Queries, ...provided], exports: [Commands, Queries, ...(given.keys() as Iterable<symbol>)] })
  class Core {}
  // Nothing is asked over HTTP here: what only the routes need stays empty.
  const wired = Test.createTestingModule({ imports: [Core, ResponsibilitiesModule] }).useMocker(() => ({}));
  const app = kept(await wired.compile(), (one) => one.close());
  await app.init();
  const [commands, queries] = [app.get(Commands), app.get(Queries)];

  let now: Instant = instant('2016-01-04T08:00:00.000Z');
  const reactions = new Reactions([coverageFollows], {
    pool: worker,
    log,
    registry,
    views: new Views({ pool: worker, log, views: all }),
    leases: new Leases(worker),
    clock: { now: () => now, real: false },
    send: (command, context) => commands.send(command, context),
  });
  kept(reactions, (one) => one.stop());
  await reactions.start();

  const record = async (tenant: Tenant, stream: string, from: number, ...facts: readonly Event[]): Promise<void> => {
    const entries = facts.map(({ type, data }, nth): Entry => ({
      v: 1,
      id: randomId(),
      tenant,
      stream,
      rev: from + nth,
      type,
      schema: registry.find(type)?.schema ?? 1,
      at: now,
      by: administrator,
      corr: '0'.repeat(32),
      cmd: randomId(),
      data: data as Entry['data'],
    }));
    await log.append(tenant, stream, from - 1, entries);
  };
  // The merger is recorded by the story, when it was decided.
  const register = organisationFacts.filter(({ type }) => type !== 'BoardSucceeded');
  for (const tenant of TENANTS) {
    await record(tenant, `organisation-${organisationId(tenant)}`, 0, ...register);
    const rules = defaultRules.filter(({ type }) => type === 'responsibility-uncovered');
    await record(tenant, `deadline-rules-${deadlineRulesId(tenant)}`, 0, ...rules.map((terms) => event(DeadlineRuleSet, { ...terms, version: 1 })));
  }

  const holdings = async (tenant: Tenant, { unit }: By) =>
    holdingsOn((await executor.reads(tenant).fold(organisationStream, organisationId(tenant))).state, unit, stockholmDay(now));
  /** Until what followed has been followed up to its end. */
  const settled = async (): Promise<void> => {
    for (let before: Position | undefined; before !== (await log.head());) {
      before = await log.head();
      await reactions.settled(before, AbortSignal.timeout(20_000));
    }
    await views.waitFor(await log.head(), all);
  };
  const everything = opened.move();
  return {
    send: async <C extends object>(command: C, said: Partial<C>, by: By = administrator, tenant: Tenant = 'stockholm'): Promise<Answer> => {
      const context = { tenant, by, holdings: await holdings(tenant, by), commandId: randomId(), corr: '0'.repeat(32), now };
      const answer = await commands.send(Object.assign(command, said), context);
      await settled();
      return answer;
    },
    ask: async <A>(query: Query, said: object = {}, by: By = administrator, tenant: Tenant = 'stockholm'): Promise<A> => {
      const { asOf } = Object.assign(query, said);
      const asking: Asking = { tenant, by, holdings: await holdings(tenant, by), now, today: stockholmDay(asOf ?? now), ...(asOf !== undefined && { asOf }) };
      return (await queries.ask(query, asking)) as A;
    },
    /** What the register says from now on besides. */
    registers: async (...facts: readonly Event[]): Promise<void> => {
      await record('stockholm', `organisation-${organisationId('stockholm')}`, register.length, ...facts);
      await settled();
    },
    /** What is or was awaited, and of whom. */
    waits: () => views.read('stockholm', (read) => read.page(deadlinesView, { order: sql`due_on, key`, limit: 100 })),
    refusedReactions: () => reactions.deadLetters(),
    /** It is that moment from now on. */
    at: (moment: string): Instant => (now = instant(moment)),
    close: () => everything.disposeAsync(),
  };
};
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
