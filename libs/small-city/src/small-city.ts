import { Global, Module, type Provider, type Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { Commands, Executor, Moments, Queries, Streams, type Answer, type Asking } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type Position } from '#libs/event-log';
import type { Query } from '#libs/fields';
import {
  derivedId,
  EventRegistry,
  instant,
  MAX_EVENTS,
  randomId,
  stockholmDay,
  type AnyEventType,
  type By,
  type Entry,
  type Event,
  type Instant,
} from '#libs/kernel';
import { holdingsOn, organisationId, organisationStream } from '#libs/organisation';
import { Reactions, type Reaction } from '#libs/reactions';
import { preparedDatabase } from '#libs/testing';
import { TrailMoments, trailView } from '#libs/trail';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { Leases, ViewRunner, Views, type View } from '#libs/views';

/** The municipality of most stories. */
export const TENANT = 'stockholm';

/** What a city is made of beside its register and its trail. */
export interface CityParts {
  /** The moment at which its story begins. */
  readonly begins: string;
  readonly streams: readonly { readonly events: readonly AnyEventType[] }[];
  readonly views: readonly View[];
  /** Whose commands can be sent and whose questions asked. */
  readonly modules: readonly Type[];
  readonly reactions?: readonly Reaction[];
  /** Commands of others, by which what a story rests on is recorded. */
  readonly others?: readonly Provider[];
}

/**
 * A municipality or several on a real log, vault and views, for the specs of a domain: commands are sent and questions asked as whoever one
 * likes, at any moment. No timers run and no mail is sent.
 */
export const smallCityOf = async ({ begins, streams, views: shown, modules, reactions: reacting = [], others = [] }: CityParts) => {
  await using opened = new AsyncDisposableStack();
  const kept = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => opened.adopt(thing, async (one) => void (await close(one)));
  const registry = new EventRegistry([...new Set([organisationStream, ...streams].flatMap(({ events }) => events))]);
  const all = [trailView(registry), ...shown];
  const database = kept(await preparedDatabase([vaultMigrations, logMigrations]), (one) => one.drop());
  const worker = kept(openPool(database.worker, { max: 12, name: 'spec' }), (one) => one.end());
  const api = kept(openPool(database.api, { max: 6, name: 'spec' }), (one) => one.end());
  const log = kept(await postgresLog({ url: database.worker }), (one) => one.close());
  const runner = kept(new ViewRunner({ pool: worker, log, registry, views: all }), (one) => one.stop());
  await runner.start();
  const views = new Views({ pool: api, log, views: all });
  const vault = new Vault(new PostgresVault(api), new Keyring(Buffer.alloc(32, 7)), { record: () => Promise.resolve() });
  const moments = new TrailMoments(log, views, all);
  const executor = new Executor(log, vault, registry);
  const given = new Map<unknown, unknown>([
    [Executor, executor],
    [Vault, vault],
    [Views, views],
    [Streams, new Streams(log, registry, moments)],
    [Moments, moments],
    [EventRegistry, registry],
  ]);
  const provided = [...given].map(([provide, useValue]) => ({ provide: provide as symbol, useValue }));
  @Global()
  @Module({
    imports: [CqrsModule.forRoot()],
    providers: [Commands, Queries, ...provided, ...others],
    exports: [Commands, Queries, ...(given.keys() as Iterable<symbol>)],
  })
  class Core {}
  // Nothing is asked over HTTP here: what only the routes need stays empty.
  const wired = Test.createTestingModule({ imports: [Core, ...modules] }).useMocker(() => ({}));
  const app = kept(await wired.compile(), (one) => one.close());
  await app.init();
  const [commands, queries] = [app.get(Commands), app.get(Queries)];

  let now: Instant = instant(begins);
  const reactions = new Reactions(reacting, {
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

  /** As the sign-in says it: what whoever asks handles today. */
  const holdings = async (tenant: string, { unit }: By) =>
    holdingsOn((await executor.reads(tenant).fold(organisationStream, organisationId(tenant))).state, unit, stockholmDay(now));
  /** Until what followed has been followed up to its end. */
  const settled = async (): Promise<void> => {
    for (let before: Position | undefined; reacting.length > 0 && before !== (await log.head());) {
      before = await log.head();
      await reactions.settled(before, AbortSignal.timeout(60_000));
    }
    await views.waitFor(await log.head(), all, { timeoutMs: 60_000 });
  };
  const revisions = new Map<string, number>();
  const registrar: By = { actor: derivedId('small city', 'registrar'), role: 'administrator', unit: derivedId('small city') };
  /** Records facts in one stream as they are: the rules that let them happen are others' to test. */
  const recordIn = async (tenant: string, stream: string, ...facts: readonly Event[]): Promise<void> => {
    const place = `${tenant} ${stream}`;
    const before = revisions.get(place) ?? -1;
    const entries = facts.map(({ type, data }, index): Entry => ({
      v: 1,
      id: randomId(),
      tenant,
      stream,
      rev: before + 1 + index,
      type,
      schema: registry.find(type)?.schema ?? 1,
      at: now,
      by: registrar,
      corr: '0'.repeat(32),
      cmd: randomId(),
      data: data as Entry['data'],
    }));
    for (let from = 0; from < entries.length; from += MAX_EVENTS) await log.append(tenant, stream, before + from, entries.slice(from, from + MAX_EVENTS));
    revisions.set(place, before + facts.length);
    await settled();
  };
  const everything = opened.move();
  return {
    recordIn,
    record: (stream: string, ...facts: readonly Event[]): Promise<void> => recordIn(TENANT, stream, ...facts),
    send: async <C extends object>(command: C, said: Partial<C>, by: By, tenant = TENANT): Promise<Answer> => {
      const context = { tenant, by, holdings: await holdings(tenant, by), commandId: randomId(), corr: '0'.repeat(32), now };
      const answer = await commands.send(Object.assign(command, said), context);
      await settled();
      return answer;
    },
    ask: async <A>(query: Query, said: object, by: By, tenant = TENANT): Promise<A> => {
      const { asOf } = Object.assign(query, said);
      const asking: Asking = { tenant, by, holdings: await holdings(tenant, by), now, today: stockholmDay(asOf ?? now), ...(asOf !== undefined && { asOf }) };
      return (await queries.ask(query, asking)) as A;
    },
    /** Streams as they are folded for a decision. */
    fold: executor.reads(TENANT),
    log,
    vault,
    views,
    refusedReactions: () => reactions.deadLetters(),
    /** It is that moment from now on. */
    at: (moment: string): Instant => (now = instant(moment)),
    now: (): Instant => now,
    close: () => everything.disposeAsync(),
  };
};
