import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '#libs/database';
import { eventStoreLog, LogUnavailable, START, type EventLog, type Position } from '#libs/event-log';
import { eventStoreServer, type EventStoreServer } from '#libs/test-servers';
import { readLog, type LogRow } from '../database.js';

/** What can befall an EventStoreDB: its connections are cut, or go silent and stay open; it is gone for a while, or stands still. */
export type Mishap = 'cut' | 'half-open' | 'away' | 'paused';

/** The log that the processes of a run share, past them. */
export interface RunLog {
  /** How a process is told where it is. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where it ends. */
  head(): Promise<bigint>;
  /** Whether the stream holds an event of the type; a log that is away is asked again until it is there. */
  holds(tenant: string, stream: string, type: string): Promise<boolean>;
  /** Everything in it, in its order, positions counted from one; with what was acknowledged, at positions counted alike. */
  read<T extends { readonly position: number }>(acknowledged: readonly T[]): Promise<{ readonly rows: readonly LogRow[]; readonly told: readonly T[] }>;
  /** It befalls the log alone, and goes by. */
  befall?(mishap: Mishap, forMs: number): Promise<void>;
  close(): Promise<void>;
}

const BETWEEN_MS = 50;

/** In PostgreSQL, as the superuser sees it; positions are counted from one there. */
export const postgresRunLog = (superuserUrl: string): RunLog => {
  const query = async <T extends object>(text: string, values: unknown[] = []) =>
    withClient(superuserUrl, 'crash test', async (client) => (await client.query<T>(text, values)).rows);
  return {
    environment: {},
    head: async () => (await query<{ head: bigint }>('select max(position) as head from log.events'))[0]?.head ?? 0n,
    holds: async (tenant, stream, type) => {
      for (;;) {
        const found = await query('select from log.events where tenant = $1 and stream = $2 and type = $3', [tenant, stream, type]).catch(() => undefined);
        if (found) return found.length > 0;
        await pause(BETWEEN_MS);
      }
    },
    read: async (acknowledged) => ({ rows: await withClient(superuserUrl, 'crash test', readLog), told: acknowledged }),
    close: () => Promise.resolve(),
  };
};

/** In an EventStoreDB: the test server, in this process. */
export const eventStoreRunLog = async (): Promise<RunLog> => {
  const server = await eventStoreServer();
  const log = await eventStoreLog({ url: server.url });
  return {
    environment: { EVENT_LOG: 'eventstoredb', EVENTSTORE_URL: server.url },
    head: () => log.head(),
    holds: async (tenant, stream, type) => {
      for (;;) {
        try {
          return (await log.readStream(tenant, stream)).some(({ entry }) => entry.type === type);
        } catch (error) {
          if (!(error instanceof LogUnavailable)) throw error;
        }
      }
    },
    read: async (acknowledged) => {
      const rows: LogRow[] = [];
      const nth = new Map<number, number>();
      for await (const { position, entry } of everyEntry(log)) {
        nth.set(Number(position), rows.length + 1);
        const { tenant, stream, rev: revision, id, type } = entry;
        rows.push({ position: rows.length + 1, tenant, stream, revision, id, type, entry });
      }
      return { rows, told: acknowledged.map((one) => ({ ...one, position: nth.get(one.position) ?? -1 })) };
    },
    befall: (mishap, forMs) => befall(server, mishap, forMs),
    close: async () => {
      await log.close();
      await server.close();
    },
  };
};

async function* everyEntry(log: EventLog) {
  for (let after: Position | undefined = START; after !== undefined;) {
    const { entries, next }: Awaited<ReturnType<EventLog['readAll']>> = await log.readAll({ after });
    yield* entries;
    after = next;
  }
}

const befall = async (server: EventStoreServer, mishap: Mishap, forMs: number): Promise<void> => {
  switch (mishap) {
    case 'cut':
      return server.cut();
    case 'half-open':
      return server.halfOpen();
    case 'away':
      await server.away();
      await pause(forMs);
      return server.back();
    case 'paused':
      server.pause();
      await pause(forMs);
      return server.resume();
  }
};
