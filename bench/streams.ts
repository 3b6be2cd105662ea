// A command on streams of 10, 1,000 and 10,000 events: it costs what came since, not what there is.
import { Type } from 'typebox';
import { Executor, system, type Context, type UseCase } from '#libs/commands';
import { migrate, openPool, prepareDatabase } from '#libs/database';
import { logMigrations, postgresLog } from '#libs/event-log';
import { event, eventType, EventRegistry, instant, randomId, type Entry, type EventOf, type Stream } from '#libs/kernel';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { measure, print, type Way } from './measure.js';
import { withServer } from './server.js';

const Noted = eventType('BenchNoted', { name: { sv: 'Antecknat', en: 'Noted' }, schema: 1, data: { number: Type.Integer() } });
type Noting = EventOf<typeof Noted>;
const notes: Stream<number, Noting> = { name: 'bench', events: [Noted], initial: 0, evolve: (count) => count + 1 };
class Note {
  id = '';
}
const noting: UseCase<Note, number, Noting, Record<never, never>> = {
  of: notes,
  id: ({ id }) => id,
  may: [system],
  decide: (_, number) => [event(Noted, { number })],
};

const LENGTHS = [10, 1_000, 10_000];
const BATCH = 15;
const by = { actor: 'bench', role: 'system', unit: randomId() };
const context = (): Context => ({ tenant: 'bench', by, commandId: randomId(), corr: 'b'.repeat(32), now: instant('2026-01-02T08:00:00Z') });

export const run = (): Promise<void> =>
  withServer(async (superuserUrl) => {
    const urls = await prepareDatabase(superuserUrl);
    await migrate(urls.owner, [vaultMigrations, logMigrations]);
    const log = await postgresLog({ url: urls.worker });
    const pool = openPool(urls.worker, { max: 2, name: 'bench' });
    const executor = new Executor(log, new Vault(new PostgresVault(pool), new Keyring(Buffer.alloc(32, 1))), new EventRegistry([Noted]));
    const filled = async (length: number): Promise<string> => {
      const id = randomId();
      const entry = (rev: number): Entry => ({
        v: 1,
        id: randomId(),
        tenant: 'bench',
        stream: `bench-${id}`,
        rev,
        type: Noted.type,
        schema: 1,
        at: context().now,
        by,
        corr: 'b'.repeat(32),
        cmd: randomId(),
        data: { number: rev },
      });
      for (let rev = 0; rev < length; rev += BATCH) {
        const entries = Array.from({ length: Math.min(BATCH, length - rev) }, (_, index) => entry(rev + index));
        await log.append('bench', `bench-${id}`, rev - 1, entries);
      }
      return id;
    };
    const ways: Way[] = [];
    for (const length of LENGTHS) {
      const id = await filled(length);
      await executor.execute(noting, { id }, context()); // the first one reads the whole stream
      ways.push({ name: `a stream of ${length}`, worker: () => () => executor.execute(noting, { id }, context()), close: () => Promise.resolve() });
    }
    print('A command on streams of different lengths, one at a time', await measure(ways, { inFlight: 1, seconds: 5 }));
    await Promise.all([log.close(), pool.end()]);
  });
