import { setTimeout as pause } from 'node:timers/promises';
import { postgresLog, type EventLog, type Position, type Sealed } from '#libs/event-log';
import { randomId, type Entry } from '#libs/kernel';

type Replace = (log: EventLog, url: string) => Promise<EventLog>;

/** The same log, but for what is said; whoever opened it closes it. */
const changed = (log: EventLog, change: Partial<EventLog>): EventLog => ({
  id: log.id,
  append: (...how) => log.append(...how),
  readStream: (...how) => log.readStream(...how),
  readAll: (how) => log.readAll(how),
  head: () => log.head(),
  subscribe: (how) => log.subscribe(how),
  assertInUse: () => log.assertInUse(),
  close: () => Promise.resolve(),
  ...change,
});

/** How long a fault keeps its gap open, so that a few kills suffice to fall into it. */
const GAP_MS = 25;

const placeOf = (tenant: string, stream: string): string => `${tenant}.${stream}`;

/** Answers as soon as it knows that there will be no conflict, and commits a moment later. */
const answerEarly: Replace = (log) => {
  const writing = new Map<string, Promise<unknown>>();
  return Promise.resolve(
    changed(log, {
      readStream: async (tenant, stream, how) => {
        await writing.get(placeOf(tenant, stream));
        return log.readStream(tenant, stream, how);
      },
      append: async (tenant, stream, expected, entries, sealed) => {
        const place = placeOf(tenant, stream);
        await writing.get(place);
        const [last] = await log.readStream(tenant, stream, { direction: 'backwards', max: 1 });
        if ((last?.entry.rev ?? -1) !== expected) return log.append(tenant, stream, expected, entries, sealed);
        const position = ((await log.head()) + BigInt(entries.length)) as Position; // a guess, as good as any that is made before the commit
        const write = pause(GAP_MS).then(() => log.append(tenant, stream, expected, entries, sealed));
        writing.set(
          place,
          write.catch(() => {}),
        );
        return { outcome: 'appended', revision: expected + entries.length, position };
      },
    }),
  );
};

/** Does not know a command again, and gives what it records ids of its own, so that a repeat has a second effect. */
const ignoreCommand: Replace = (log) =>
  Promise.resolve(
    changed(log, {
      readStream: async (...how) => {
        const entries = await log.readStream(...how);
        return entries.map((stored) => ({ ...stored, entry: { ...stored.entry, cmd: randomId() } }));
      },
      append: async (tenant, stream, expected, entries, sealed) => {
        const outcome = await log.append(tenant, stream, expected, ...withOtherIds(entries, sealed));
        await pause(GAP_MS); // recorded, and not answered yet
        return outcome;
      },
    }),
  );

const withOtherIds = (entries: readonly Entry[], sealed?: Sealed): [readonly Entry[], Sealed | undefined] => {
  const ids = new Map(entries.map(({ id }) => [id, randomId()]));
  const other = (id: string) => ids.get(id) ?? id;
  return [
    entries.map((entry) => ({ ...entry, id: other(entry.id) })),
    sealed && { keys: sealed.keys, parts: sealed.parts.map((part) => ({ ...part, eventId: other(part.eventId) })) },
  ];
};

/** Acknowledges what PostgreSQL has not yet written to disk. The start has checked its own connections; these come after. */
const asyncCommit: Replace = (_log, url) => {
  const careless = new URL(url);
  careless.searchParams.set('options', '-c synchronous_commit=off');
  return postgresLog({ url: careless.href, name: 'uppsikt careless' });
};

/** Faults that the crash test must see: each breaks one promise in one place. */
export const FAULTS: ReadonlyMap<string, Replace> = new Map([
  ['none', (log) => Promise.resolve(changed(log, {}))],
  ['answer-early', answerEarly],
  ['ignore-cmd', ignoreCommand],
  ['async-commit', asyncCommit],
]);
