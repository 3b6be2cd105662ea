import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { Commands, Executor, Moments, Queries, Streams, type Answer, type Asking } from '#libs/commands';
import { openPool } from '#libs/database';
import { document } from '#libs/documents';
import { logMigrations, postgresLog, type Position } from '#libs/event-log';
import type { Query } from '#libs/fields';
import { derivedId, EventRegistry, instant, randomId, stockholmDay, type By, type Entry, type Event, type Instant, MAX_EVENTS } from '#libs/kernel';
import { calendar, decisionsView, meeting, meetingsView, paragraphsView } from '#libs/meetings';
import { holdingsOn, organisationId, organisationStream } from '#libs/organisation';
import { Reactions } from '#libs/reactions';
import { preparedDatabase } from '#libs/testing';
import { circumstancesView, ResponsibilitiesModule, responsibilityRules, responsibilityRulesView } from '#libs/responsibilities';
import { deadlineRules, deadlinesView } from '#libs/timers';
import { TrailMoments, trailView } from '#libs/trail';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { Leases, ViewRunner, Views } from '#libs/views';
import { agreementDecisionsView } from './agreement-decisions.view.js';
import { agreementPartiesView } from './agreement-parties.view.js';
import { agreement } from './agreement.js';
import { agreementsFollowMinutes } from './agreements-follow-minutes.reaction.js';
import { AgreementsModule } from './agreements.module.js';
import { agreementsView } from './agreements.view.js';
import { delegatedDecision } from './delegated-decision.js';
import { delegatedDecisionsFollowAgreements, delegatedReportsFollow } from './delegated-decisions-follow.reaction.js';
import { delegatedDecisionsView } from './delegated-decisions.view.js';
import { delegationOrder } from './delegation-order.js';
import { delegationsFollowMinutes } from './delegations-follow-minutes.reaction.js';
import { delegationsView } from './delegations.view.js';
import { rulesFollowAgreements } from './rules-follow-agreements.reaction.js';

// Agreements, delegations and the rules that follow on a real log with their views and reactions; what others record (boards, meetings,
// minutes) is recorded as facts.

export const TENANT = 'stockholm';
export const who = (role: string, unit: string): By => ({ actor: derivedId('city', role, unit), role, unit });

const streams = [organisationStream, deadlineRules, calendar, meeting, document, responsibilityRules, agreement, delegationOrder, delegatedDecision];
const registry = new EventRegistry([...new Set(streams.flatMap(({ events }) => events))]);
const all = [
  trailView(registry),
  deadlinesView,
  meetingsView,
  paragraphsView,
  decisionsView,
  responsibilityRulesView,
  circumstancesView,
  agreementsView,
  agreementPartiesView,
  agreementDecisionsView,
  delegationsView,
  delegatedDecisionsView,
];
const reacting = [agreementsFollowMinutes, rulesFollowAgreements, delegatedDecisionsFollowAgreements, delegatedReportsFollow, delegationsFollowMinutes];

/** Everything on a database of the spec's own, and how it is torn down. */
export const smallCity = async () => {
  await using opened = new AsyncDisposableStack();
  const kept = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => opened.adopt(thing, async (one) => void (await close(one)));
  const database = kept(await preparedDatabase([vaultMigrations, logMigrations]), (one) => one.drop());
  const worker = kept(openPool(database.worker, { max: 12, name: 'spec' }), (one) => one.end());
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
    [Vault, vault],
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
  const wired = Test.createTestingModule({ imports: [Core, ResponsibilitiesModule, AgreementsModule] }).useMocker(() => ({}));
  const app = kept(await wired.compile(), (one) => one.close());
  await app.init();
  const [commands, queries] = [app.get(Commands), app.get(Queries)];

  let now: Instant = instant('2022-05-17T08:00:00.000Z');
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
  const revisions = new Map<string, number>();
  const everything = opened.move();
  return {
    /** Records facts in one stream as they are: the rules that let them happen are others' to test. */
    record: async (stream: string, ...facts: readonly Event[]): Promise<void> => {
      const before = revisions.get(stream) ?? -1;
      const entries = facts.map(({ type, data }, index): Entry => ({
        v: 1,
        id: randomId(),
        tenant: TENANT,
        stream,
        rev: before + 1 + index,
        type,
        schema: registry.find(type)?.schema ?? 1,
        at: now,
        by: who('administrator', derivedId('city')),
        corr: '0'.repeat(32),
        cmd: randomId(),
        data: data as Entry['data'],
      }));
      for (let from = 0; from < entries.length; from += MAX_EVENTS) await log.append(TENANT, stream, before + from, entries.slice(from, from + MAX_EVENTS));
      revisions.set(stream, before + facts.length);
      await settled();
    },
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
    fold: executor.reads(TENANT),
    refusedReactions: () => reactions.deadLetters(),
    /** It is that moment from now on. */
    at: (moment: string): Instant => (now = instant(moment)),
    now: (): Instant => now,
    close: () => everything.disposeAsync(),
  };
};
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
