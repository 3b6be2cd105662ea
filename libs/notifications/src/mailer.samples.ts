import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Pool } from 'pg';
import { Commands, Executor, Moments, Queries, Streams, system, type Context } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog } from '#libs/event-log';
import { CaughtUp, CLOCK, createHttpApp, DevelopmentIdentity, Identities, LOG_ID, People, Requests, requestsMigration, SignIns, Uploads } from '#libs/http';
import { addMilliseconds, day, derivedId, EventRegistry, instant, randomId, type Clock, type Day, type Decide, type Instant, type Stream } from '#libs/kernel';
import {
  AssignRole,
  Colleagues,
  organisationStream,
  OrganisationModule,
  people,
  personStream,
  RegisteredPeople,
  RegisterMunicipality,
  RegisterPerson,
  RegisterUnit,
  roleHolders,
  successions,
  units,
  type Language,
  type Role,
} from '#libs/organisation';
import { preparedDatabase } from '#libs/testing';
import { Reactions } from '#libs/reactions';
import {
  deadlineEvents,
  deadlineRules,
  defaultRules,
  DueKnocks,
  dueViews,
  DutyUnheld,
  evolveDeadlines,
  genomförandeplanRule,
  knock,
  Knocker,
  knocks,
  lateRecordings,
  lateSummaries,
  metOn,
  moveDeadline,
  nextKnock,
  noteDuties,
  planFor,
  planUntil,
  setDeadline,
  Timers,
  TimersModule,
  type DeadlineEvent,
  type Deadlines,
} from '#libs/timers';
import { TrailMoments, trailView } from '#libs/trail';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { Arrivals, Leases, ViewRunner, Views } from '#libs/views';
import { mailStream } from './mail.js';
import type { MailTransport } from './mail-transport.js';
import { Mailer, type MailerParts } from './mailer.js';
import { NotificationsModule } from './notifications.module.js';
import { outbox } from './outbox.view.js';
import { PendingMails } from './pending-mail.js';

// A small municipality on a real log, vault and views, where orders wait for their plans and reminders are issued.

export const id = (name: string): string => derivedId('mailer', name);

/** Orders as far as the mailer knows them: something with deadlines. */
const orders: Stream<Deadlines, DeadlineEvent> = { name: 'order', events: deadlineEvents, initial: {}, evolve: evolveDeadlines };
const replies: typeof orders = { ...orders, name: 'reply' };
const knocksAtReplies = knocks(replies, (deadlines) => deadlines);
const registry = new EventRegistry([
  ...organisationStream.events,
  ...personStream.events,
  ...deadlineRules.events,
  ...lateSummaries.events,
  DutyUnheld,
  ...mailStream.events,
  ...deadlineEvents,
]);
const views = [outbox, ...dueViews, units, successions, roleHolders, people, trailView(registry)];
/** The rule for a reply, as a new municipality begins with it. */
const replyRule = { ...defaultRules.find(({ type }) => type === 'reply')!, id: id('reply rule'), version: 1 };

/** Stands until it is put. */
class StandingClock implements Clock {
  readonly real = false;
  constructor(private at: Instant) {}
  now(): Instant {
    return this.at;
  }
  pass(milliseconds: number): void {
    this.at = addMilliseconds(this.at, milliseconds);
  }
}

/** Everything on a database of the spec's own, and how it is torn down. */
export const smallMunicipality = async () => {
  await using opened = new AsyncDisposableStack();
  const kept = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => opened.adopt(thing, async (one) => void (await close(one)));
  const database = kept(await preparedDatabase([vaultMigrations, logMigrations, requestsMigration]), (one) => one.drop());
  const pool: Pool = kept(openPool(database.worker, { max: 8, name: 'spec' }), (one) => one.end());
  const log = kept(await postgresLog({ url: database.worker }), (one) => one.close());
  const clock = new StandingClock(instant('2020-10-01T06:00:00.000Z'));
  const vault = new Vault(new PostgresVault(pool), new Keyring(Buffer.alloc(32, 7)), { record: () => Promise.resolve() });
  const executor = new Executor(log, vault, registry);
  const read = new Views({ pool, log, views });
  /** How far the views have come, as a process learns it that has just begun. */
  let arrivals = new Arrivals(pool, log.id);
  const moments = new TrailMoments(log, read, views);
  const streams = new Streams(log, registry, moments);
  const requests = kept(await Requests.open(database.api), (one) => one.close());
  const startViews = async () => {
    const runner = new ViewRunner({ pool, log, registry, views, arrivals });
    await runner.start();
    return runner;
  };
  let runner = await startViews();
  opened.defer(() => runner.stop());

  @Global()
  @Module({
    imports: [CqrsModule.forRoot()],
    providers: [
      Commands,
      Queries,
      { provide: Executor, useValue: executor },
      { provide: Vault, useValue: vault },
      { provide: Views, useValue: read },
      { provide: Streams, useValue: streams },
      { provide: Moments, useValue: moments },
      { provide: Requests, useValue: requests },
      { provide: Uploads, useValue: {} },
      { provide: People, useValue: new RegisteredPeople(pool, executor) },
      { provide: SignIns, useValue: {} },
      { provide: Identities, useClass: DevelopmentIdentity },
      { provide: CaughtUp, useValue: { with: () => Promise.resolve(true) } },
      { provide: CLOCK, useValue: clock },
      { provide: LOG_ID, useValue: log.id },
      knocksAtReplies,
    ],
    exports: [Commands, Queries, Executor, Vault, Views, Streams, Moments, Requests, Uploads, People, SignIns, Identities, CaughtUp, CLOCK, LOG_ID],
  })
  class Core {}
  @Module({ imports: [Core, OrganisationModule, TimersModule, NotificationsModule] })
  class Root {}
  const about = { name: 'uppsikt-api', version: '1.0.0', released: '2026-11-22' as Day, status: 'active' as const };
  const app = kept(await createHttpApp(Root, { about, logLevel: 'silent' }), (one) => one.close());

  const context = (tenant = 'stockholm'): Context => ({
    tenant,
    by: { actor: 'spec', role: 'system', unit: id('Enheten') },
    commandId: randomId(),
    corr: '0'.repeat(32),
    now: clock.now(),
  });
  const commands = app.get(Commands);
  const send = async <C extends object>(command: C, said: Partial<C>, tenant?: string) => commands.send(Object.assign(command, said), context(tenant));
  const caughtUp = async (signal: AbortSignal) => arrivals.wait(await log.head(), views, signal);
  const settled = () => caughtUp(AbortSignal.timeout(10_000));

  /** Registers somebody who holds a role in a unit from 2020 on. */
  const colleague = async (
    name: string,
    unit: string,
    { role = 'case-officer', language = 'sv', to }: { role?: Role; language?: Language; to?: string } = {},
  ) => {
    await send(new RegisterPerson(), { person: id(name), name, email: `${name.toLowerCase()}@stockholm.example`, language });
    await send(new AssignRole(), { person: id(name), role, unit: id(unit), from: day('2020-01-01'), ...(to !== undefined && { to: day(to) }) });
  };
  const unit = (name: string) => send(new RegisterUnit(), { unit: id(name), name, kind: 'unit' });

  /** An order was sent on 1 October 2020; its first reminder is issued now. @returns the reminder's id */
  const issue = async (order: string, inUnit: string, tenant = 'stockholm'): Promise<string> => {
    const deadline = id(`deadline ${order}`);
    const plan = planFor({ ...genomförandeplanRule, id: id('rule'), version: 1 }, day('2020-10-01'), { deadline, unit: id(inUnit) });
    const set = setDeadline(plan, instant('2020-10-01T06:00:00.000Z'));
    const open = set.reduce(evolveDeadlines, {})[deadline];
    const next = open && nextKnock(open);
    if (!open || !next) throw new TypeError('A new deadline has something to come.');
    const issued = knock({ generation: open.generation, ...next }, open, next.at);
    await executor.execute({ of: orders, id: () => id(order), may: [system], decide: () => [...set, ...issued] }, {}, context(tenant));
    const reminder = issued.find((one) => one.type === 'ReminderIssued');
    return reminder?.type === 'ReminderIssued' ? reminder.data.reminder : '';
  };

  /** A reply whose day was long ago is entered now, or anew with another day. */
  const enterReply = async (reply: string, inUnit: string, dueOn: string) => {
    const plan = planUntil(replyRule, day('2015-01-01'), day(dueOn), { deadline: id(reply), unit: id(inUnit) });
    const decide: Decide<object, Deadlines, DeadlineEvent> = (_command, known, { now }) =>
      known[id(reply)] ? moveDeadline(known[id(reply)], plan, 'day-corrected', now) : setDeadline(plan, now);
    await executor.execute({ of: replies, id: () => id(reply), may: [system], decide }, {}, context());
  };
  const giveReply = async (reply: string, on: string) =>
    executor.execute(
      { of: replies, id: () => id(reply), may: [system], decide: (_command, known, { now }) => metOn(known[id(reply)], day(on), now) },
      {},
      context(),
    );
  const leases = new Leases(pool);
  const reactions = kept(
    new Reactions([lateRecordings, noteDuties], {
      pool,
      log,
      registry,
      views: read,
      leases,
      clock,
      send: (command, circumstances) => commands.send(command, circumstances),
    }),
    (one) => one.stop(),
  );
  await reactions.start();
  const faults: unknown[] = [];
  /** Reactions and timers do what there is to be done now. */
  const worked = async () => {
    const head = await log.head();
    await reactions.settled(head, AbortSignal.timeout(10_000));
    await settled();
    const timers = new Timers({ clock, due: new DueKnocks(pool), knocker: new Knocker(commands, clock), caughtUp, fault: (error) => void faults.push(error) });
    await timers.sweep();
    await settled();
    if (faults.length > 0) throw faults[0];
  };

  const mailerTo = (transport: MailTransport, changes: Partial<MailerParts> = {}) =>
    new Mailer({
      clock,
      pending: new PendingMails(pool),
      views: read,
      streams,
      colleagues: app.get(Colleagues),
      commands,
      transport,
      from: 'Uppsikt <uppsikt@stockholm.example>',
      baseUrl: 'https://uppsikt.stockholm.example',
      caughtUp,
      fault: () => {},
      everyMs: 20,
      ...changes,
    });
  /** Sends what is to go now, and waits until the list shows what came of it. */
  const deliver = async (transport: MailTransport, changes: Partial<MailerParts> = {}) => {
    await mailerTo(transport, changes).drain(AbortSignal.timeout(30_000));
    await settled();
  };
  const fate = async (reminder: string, tenant = 'stockholm') => read.read(tenant, (of) => of.find(outbox, reminder));
  /** The outbox is thrown away; a process that begins now builds it anew from the log. */
  const rebuildOutbox = async () => {
    await runner.stop();
    await pool.query(`drop table views.${outbox.table} cascade`);
    await pool.query('delete from views.checkpoints where view = $1', [outbox.table]);
    arrivals = new Arrivals(pool, log.id);
    runner = await startViews();
  };

  await send(new RegisterMunicipality(), { name: 'Stockholms stad' });
  await unit('Enheten');
  await colleague('Åsa', 'Enheten');
  const all = opened.move();
  return {
    app,
    clock,
    pool,
    log,
    vault,
    streams,
    send,
    colleague,
    unit,
    issue,
    enterReply,
    giveReply,
    worked,
    mailerTo,
    deliver,
    fate,
    settled,
    rebuildOutbox,
    close: () => all.disposeAsync(),
  };
};
export type SmallMunicipality = Awaited<ReturnType<typeof smallMunicipality>>;
