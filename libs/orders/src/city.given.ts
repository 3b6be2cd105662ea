import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { Commands, Executor, Moments, Queries, Streams, SYSTEM_ROLE, type Answer, type Asking } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog } from '#libs/event-log';
import type { Query } from '#libs/fields';
import { derivedId, EventRegistry, instant, randomId, stockholmDay, type By, type Instant } from '#libs/kernel';
import {
  holdingsOn,
  organisationId,
  OrganisationModule,
  organisationStream,
  personStream,
  RegisterMunicipality,
  RegisterProvider,
  RegisterUnit,
} from '#libs/organisation';
import { preparedDatabase } from '#libs/testing';
import { deadlineRules, genomförandeplanRule, SetDeadlineRule, TimersModule } from '#libs/timers';
import { TrailMoments, trailView } from '#libs/trail';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { ViewRunner, Views } from '#libs/views';
import { order } from './order.js';
import { OrdersModule } from './orders.module.js';
import { ordersView } from './orders.view.js';

// Two municipalities on a real log, vault and views, where orders are sent and asked about.

export const id = (name: string): string => derivedId('city', name);

/** Whoever holds a role in a unit. */
export const who = (role: string, unit: string): By => ({ actor: id(`${role} of ${unit}`), role, unit: id(unit) });

const registry = new EventRegistry([...organisationStream.events, ...personStream.events, ...deadlineRules.events, ...order.events]);
const all = [ordersView, trailView(registry)];

/** Everything on a database of the spec's own, and how it is torn down. */
export const smallCity = async () => {
  await using opened = new AsyncDisposableStack();
  const kept = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => opened.adopt(thing, async (one) => void (await close(one)));
  const database = kept(await preparedDatabase([vaultMigrations, logMigrations]), (one) => one.drop());
  const worker = kept(openPool(database.worker, { max: 6, name: 'spec' }), (one) => one.end());
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
  const wired = Test.createTestingModule({ imports: [Core, OrganisationModule, TimersModule, OrdersModule] }).useMocker(() => ({}));
  const app = kept(await wired.compile(), (one) => one.close());
  await app.init();
  const [commands, queries] = [app.get(Commands), app.get(Queries)];

  let now: Instant = instant('2020-01-01T08:00:00.000Z');
  /** As the sign-in says it: what whoever asks handles today. */
  const holdings = async (tenant: string, { unit }: By) =>
    holdingsOn((await executor.reads(tenant).fold(organisationStream, organisationId(tenant))).state, unit, stockholmDay(now));
  const send = async <C extends object>(command: C, said: Partial<C>, by: By, tenant = 'stockholm'): Promise<Answer> =>
    commands.send(Object.assign(command, said), {
      tenant,
      by,
      holdings: await holdings(tenant, by),
      commandId: randomId(),
      corr: '0'.repeat(32),
      now,
    });
  const ask = async <A>(query: Query, said: object, by: By, tenant = 'stockholm'): Promise<A> => {
    await views.waitFor(await log.head(), all);
    const { asOf } = Object.assign(query, said);
    const asking: Asking = { tenant, by, holdings: await holdings(tenant, by), now, today: stockholmDay(asOf ?? now), ...(asOf !== undefined && { asOf }) };
    return (await queries.ask(query, asking)) as A;
  };

  const system = who(SYSTEM_ROLE, 'Östermalm');
  for (const [tenant, name, units] of [
    ['stockholm', 'Stockholms stad', ['Östermalm', 'Norrmalm']],
    ['tyreso', 'Tyresö kommun', ['Tyresö']],
  ] as const) {
    await send(new RegisterMunicipality(), { name }, system, tenant);
    for (const unit of units) await send(new RegisterUnit(), { unit: id(unit), name: unit, kind: 'unit' }, system, tenant);
    for (const provider of ['Fritids', 'Skolan']) await send(new RegisterProvider(), { provider: id(provider), name: provider }, system, tenant);
    const { type, validFrom, length, roll, time } = genomförandeplanRule;
    await send(new SetDeadlineRule(), { type, validFrom, length, roll, time, ladder: [] }, system, tenant); // no timers run here: nobody is reminded
  }
  const everything = opened.move();
  return {
    send,
    ask,
    /** It is that moment from now on. */
    at: (moment: string): Instant => (now = instant(moment)),
    /** Destroys the key of an order's case. */
    erase: async (orderId: string) => {
      const [sent] = await log.readStream('stockholm', `order-${orderId}`);
      if (sent) await vault.destroy('stockholm', String(sent.entry.data.subject));
    },
    close: () => everything.disposeAsync(),
  };
};
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
