import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { Commands, Executor, Moments, Queries, Streams, type Answer, type Asking } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type Position } from '#libs/event-log';
import type { Query } from '#libs/fields';
import { derivedId, event, EventRegistry, instant, randomId, stockholmDay, type By, type Entry, type Event, type Instant, MAX_EVENTS } from '#libs/kernel';
import { holdingsOn, organisationId, organisationStream, units } from '#libs/organisation';
import { Reactions } from '#libs/reactions';
import { preparedDatabase } from '#libs/testing';
import { DeadlineRuleSet, deadlineRules, deadlineRulesId, deadlinesView, defaultRules } from '#libs/timers';
import { TrailMoments, trailView } from '#libs/trail';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { Leases, ViewRunner, Views } from '#libs/views';
import { calendar } from './calendar.js';
import { decisionsView } from './decisions.view.js';
import { meeting } from './meeting.js';
import { organisationFacts } from './meetings.given.js';
import { MeetingsModule } from './meetings.module.js';
import { meetingsView } from './meetings.view.js';
import { openedMeetingsFollow } from './opened-meetings-follow.reaction.js';
import { paragraphsView } from './paragraphs.view.js';
import { urgentReportsFollow } from './urgent-reports-follow.reaction.js';

// Boards with their meetings on a real log, with views and reactions. Timers do not run here: nobody is reminded.

const TENANT = 'stockholm';
export const who = (role: string, unit: string): By => ({ actor: derivedId('city', role, unit), role, unit });

const registry = new EventRegistry([...organisationStream.events, ...deadlineRules.events, ...calendar.events, ...meeting.events]);
const all = [trailView(registry), units, deadlinesView, meetingsView, paragraphsView, decisionsView];

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
  const wired = Test.createTestingModule({ imports: [Core, MeetingsModule] }).useMocker(() => ({}));
  const app = kept(await wired.compile(), (one) => one.close());
  await app.init();
  const [commands, queries] = [app.get(Commands), app.get(Queries)];

  let now: Instant = instant('2020-01-02T08:00:00.000Z');
  const reactions = new Reactions([openedMeetingsFollow, urgentReportsFollow], {
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

  const record = async (stream: string, ...facts: readonly Event[]): Promise<void> => {
    const entries = facts.map(({ type, data }, rev): Entry => ({
      v: 1,
      id: randomId(),
      tenant: TENANT,
      stream,
      rev,
      type,
      schema: registry.find(type)?.schema ?? 1,
      at: now,
      by: who('administrator', derivedId('city')),
      corr: '0'.repeat(32),
      cmd: randomId(),
      data: data as Entry['data'],
    }));
    for (let from = 0; from < entries.length; from += MAX_EVENTS) await log.append(TENANT, stream, from - 1, entries.slice(from, from + MAX_EVENTS));
  };
  await record(`organisation-${organisationId(TENANT)}`, ...organisationFacts);
  await record(`deadline-rules-${deadlineRulesId(TENANT)}`, ...defaultRules.map((terms) => event(DeadlineRuleSet, { ...terms, version: 1 })));

  const holdings = async ({ unit }: By) =>
    holdingsOn((await executor.reads(TENANT).fold(organisationStream, organisationId(TENANT))).state, unit, stockholmDay(now));
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
    send: async <C extends object>(command: C, said: Partial<C>, by: By): Promise<Answer> => {
      const context = { tenant: TENANT, by, holdings: await holdings(by), commandId: randomId(), corr: '0'.repeat(32), now };
      const answer = await commands.send(Object.assign(command, said), context);
      await settled();
      return answer;
    },
    ask: async <A>(query: Query, said: object, by: By): Promise<A> => {
      const { asOf } = Object.assign(query, said);
      const asking: Asking = { tenant: TENANT, by, holdings: await holdings(by), now, today: stockholmDay(asOf ?? now), ...(asOf !== undefined && { asOf }) };
      return (await queries.ask(query, asking)) as A;
    },
    refusedReactions: () => reactions.deadLetters(),
    /** It is that moment from now on. */
    at: (moment: string): Instant => (now = instant(moment)),
    close: () => everything.disposeAsync(),
  };
};
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
