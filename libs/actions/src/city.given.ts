import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { obligation, ObligationArisen } from '#libs/audits';
import { Commands, Executor, handles, Moments, Queries, Streams, system as theSystem, SYSTEM_ROLE, type Answer, type Asking } from '#libs/commands';
import { openPool } from '#libs/database';
import { document, documentId, DocumentStored } from '#libs/documents';
import { logMigrations, postgresLog } from '#libs/event-log';
import type { Query } from '#libs/fields';
import { derivedId, event, EventRegistry, instant, randomId, stockholmDay, type By, type Instant } from '#libs/kernel';
import { meeting } from '#libs/meetings';
import {
  holdingsOn,
  organisationId,
  OrganisationModule,
  organisationStream,
  personStream,
  RegisterMunicipality,
  RegisterUnit,
  type UnitKind,
} from '#libs/organisation';
import { preparedDatabase } from '#libs/testing';
import { deadlineRules, defaultRules, SetDeadlineRule, TimersModule } from '#libs/timers';
import { TrailMoments, trailView } from '#libs/trail';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { ViewRunner, Views } from '#libs/views';
import { paper } from './action.given.js';
import { actionObligationsView } from './action-obligations.view.js';
import { actionRules } from './action-rules.js';
import { action } from './action.js';
import { ActionsModule } from './actions.module.js';
import { actionsView } from './actions.view.js';

// Two municipalities on a real log and views, where actions are proposed and asked about.

export const id = (name: string): string => derivedId('city', name);

/** Whoever holds a role in a unit. */
export const who = (role: string, unit: string): By => ({ actor: id(`${role} of ${unit}`), role, unit: id(unit) });

/** A recommendation has been made to the board. */
export class Arise {
  obligation!: string;
  board!: string;
}
/** A document has been uploaded. */
class Store {
  sha256!: string;
}
const others = [
  handles(Arise, {
    of: obligation,
    id: (command) => command.obligation,
    may: [theSystem],
    decide: ({ obligation: one, board }) => [
      event(ObligationArisen, { obligation: one, audit: id('Nr 5 2020'), recommendation: id('R3'), board, number: 'R3', addressed: 'group' }),
    ],
  }),
  handles(Store, {
    of: document,
    id: ({ sha256 }, { tenant }) => documentId(tenant, sha256),
    may: [theSystem],
    decide: ({ sha256 }) => [event(DocumentStored, { sha256, size: 1, mediaType: 'application/pdf', name: 'underlag.pdf' })],
  }),
];

const streams = [organisationStream, personStream, deadlineRules, obligation, document, meeting, action, actionRules];
const registry = new EventRegistry([...new Set(streams.flatMap(({ events }) => events))]);
const all = [actionsView, actionObligationsView, trailView(registry)];

/** Boards with a unit each; Norra innerstaden is there to succeed two of them. */
const UNITS: readonly (readonly [tenant: string, name: string, kind: UnitKind, partOf?: string])[] = [
  ['stockholm', 'Östermalm', 'district-board'],
  ['stockholm', 'Stöd och service', 'unit', 'Östermalm'],
  ['stockholm', 'Norrmalm', 'district-board'],
  ['stockholm', 'Norrmalms enhet', 'unit', 'Norrmalm'],
  ['stockholm', 'Norra innerstaden', 'district-board'],
  ['stockholm', 'Nya enheten', 'unit', 'Norra innerstaden'],
  ['stockholm', 'Kommunstyrelsen', 'executive-board'],
  ['tyreso', 'Socialnämnden', 'board'],
];

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
  @Module({
    imports: [CqrsModule.forRoot()],
    providers: [Commands, Queries, ...provided, ...others],
    exports: [Commands, Queries, ...(given.keys() as Iterable<symbol>)],
  })
  class Core {}
  // Nothing is asked over HTTP here: what only the routes need stays empty.
  const wired = Test.createTestingModule({ imports: [Core, OrganisationModule, TimersModule, ActionsModule] }).useMocker(() => ({}));
  const app = kept(await wired.compile(), (one) => one.close());
  await app.init();
  const [commands, queries] = [app.get(Commands), app.get(Queries)];

  let now: Instant = instant('2020-01-01T08:00:00.000Z');
  /** As the sign-in says it: what whoever asks handles today. */
  const holdings = async (tenant: string, { unit }: By) =>
    holdingsOn((await executor.reads(tenant).fold(organisationStream, organisationId(tenant))).state, unit, stockholmDay(now));
  const send = async <C extends object>(command: C, said: Partial<C>, by: By, tenant = 'stockholm'): Promise<Answer> =>
    commands.send(Object.assign(command, said), { tenant, by, holdings: await holdings(tenant, by), commandId: randomId(), corr: '0'.repeat(32), now });
  const ask = async <A>(query: Query, said: object, by: By, tenant = 'stockholm'): Promise<A> => {
    await views.waitFor(await log.head(), all);
    const { asOf } = Object.assign(query, said);
    const asking: Asking = { tenant, by, holdings: await holdings(tenant, by), now, today: stockholmDay(asOf ?? now), ...(asOf !== undefined && { asOf }) };
    return (await queries.ask(query, asking)) as A;
  };

  const system = who(SYSTEM_ROLE, 'Östermalm');
  for (const [tenant, name] of [
    ['stockholm', 'Stockholms stad'],
    ['tyreso', 'Tyresö kommun'],
  ] as const) {
    await send(new RegisterMunicipality(), { name }, system, tenant);
    for (const [of, unit, kind, partOf] of UNITS)
      if (of === tenant)
        await send(new RegisterUnit(), { unit: id(unit), name: unit, kind, ...(partOf !== undefined && { partOf: id(partOf) }) }, system, tenant);
    for (const { type, validFrom, length, roll, time } of defaultRules)
      await send(new SetDeadlineRule(), { type, validFrom, length, roll, time, ladder: [] }, system, tenant); // no timers run here: nobody is reminded
    await send(new Store(), { sha256: paper('report') }, system, tenant);
  }
  const everything = opened.move();
  return {
    send,
    ask,
    system,
    /** It is that moment from now on. */
    at: (moment: string): Instant => (now = instant(moment)),
    close: () => everything.disposeAsync(),
  };
};
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
