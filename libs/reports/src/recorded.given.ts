import { Executor, Streams, type Asking, type Reach } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog } from '#libs/event-log';
import { derivedId, EventRegistry, instant, randomId, stockholmDay, type AnyEventType, type By, type Entry, type Event, type Instant } from '#libs/kernel';
import { preparedDatabase } from '#libs/testing';
import { TrailMoments, trailView } from '#libs/trail';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { ViewRunner, Views, type View } from '#libs/views';

/** Ids of the spec: the same name is the same thing. */
export const id = (name: string): string => derivedId('reports', name);

/** Whoever holds a role in a unit. */
export const who = (role: string, unit: string): By => ({ actor: id(`${role} of ${unit}`), role, unit: id(unit) });

/** Whatever was recorded, and the views of it, on a database of the spec's own. Facts are written as they are: the rules that let them happen are others' to test. */
export const recorded = async ({ events, views: more }: { readonly events: readonly AnyEventType[]; readonly views: readonly View[] }) => {
  await using opened = new AsyncDisposableStack();
  const kept = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => opened.adopt(thing, async (one) => void (await close(one)));
  const registry = new EventRegistry([...new Set(events)]);
  const all = [trailView(registry), ...more];
  const database = kept(await preparedDatabase([vaultMigrations, logMigrations]), (one) => one.drop());
  const worker = kept(openPool(database.worker, { max: 6, name: 'spec' }), (one) => one.end());
  const api = kept(openPool(database.api, { max: 6, name: 'spec' }), (one) => one.end());
  const log = kept(await postgresLog({ url: database.worker }), (one) => one.close());
  const runner = kept(new ViewRunner({ pool: worker, log, registry, views: all }), (one) => one.stop());
  await runner.start();
  const views = new Views({ pool: api, log, views: all });
  const executor = new Executor(log, new Vault(new PostgresVault(api), new Keyring(Buffer.alloc(32, 7))), registry);
  const moments = new TrailMoments(log, views, all);
  const streams = new Streams(log, registry, moments);
  const revisions = new Map<string, number>();
  const everything = opened.move();
  return {
    log,
    registry,
    executor,
    moments,
    streams,
    views,
    /** Records facts in one stream, at a moment. */
    record: async (at: string, stream: string, ...facts: readonly Event[]): Promise<void> => {
      const before = revisions.get(stream) ?? -1;
      const entries = facts.map(({ type, data }, index): Entry => ({
        v: 1,
        id: randomId(),
        tenant: 'stockholm',
        stream,
        rev: before + 1 + index,
        type,
        schema: registry.find(type)?.schema ?? 1,
        at: instant(at),
        by: who('registrar', 'Stadsledningskontoret'),
        corr: '0'.repeat(32),
        cmd: randomId(),
        data: data as Entry['data'],
      }));
      await log.append('stockholm', stream, before, entries);
      revisions.set(stream, before + facts.length);
    },
    /** Somebody asks, at a moment, once the views have everything. */
    asking: async (now: string, by: By, reach: Reach = {}, asOf?: Instant): Promise<Asking & { readonly reach: Reach }> => {
      await views.waitFor(await log.head(), all);
      return { tenant: 'stockholm', by, now: instant(now), today: stockholmDay(asOf ?? instant(now)), reach, ...(asOf !== undefined && { asOf }) };
    },
    close: () => everything.disposeAsync(),
  };
};
export type Recorded = Awaited<ReturnType<typeof recorded>>;
