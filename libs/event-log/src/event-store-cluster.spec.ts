import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EventStoreDBClient } from '@eventstore/db-client';
import { certificateAuthority, EventStoreCluster, someEntry, someStream } from '#libs/testing';
import { AddressRefused, eventStoreLog, prepareEventStore, type EventLog, type Position } from './index.js';

const tenant = 'stockholm';
const WRITERS = 8;
const patience = { patienceMs: 60_000, timeoutMs: 500, pauseMs: 20, watchMs: 200 };
let folder: string;
let cluster: EventStoreCluster;
const address = (user: string) => {
  const nodes = cluster.nodes.map(({ port }) => `localhost:${port}`);
  return `esdb://${user}@${nodes.join(',')}?tlsCAFile=${join(folder, 'ca.pem')}&discoveryInterval=20`;
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-cluster-'));
  const ca = certificateAuthority();
  await writeFile(join(folder, 'ca.pem'), ca.cert);
  cluster = await EventStoreCluster.open({ tls: ca.certify('node'), users: [{ name: 'admin', password: 'of-the-server', groups: ['$admins'] }] });
  await prepareEventStore(address('admin:of-the-server'), address('uppsikt:hidden'));
});
/** Closed after each test, whatever became of it. */
const opened: EventLog[] = [];
const open = async (more: Partial<Parameters<typeof eventStoreLog>[0]> = {}) => {
  const log = await eventStoreLog({ url: address('uppsikt:hidden'), ...patience, ...more });
  opened.push(log);
  return log;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
  await cluster.close();
  await rm(folder, { recursive: true });
});

/** Writers that go on until they are told to stop, and what became of each entry. */
const write = (log: EventLog) => {
  const stop = new AbortController();
  const acknowledged: { readonly position: Position; readonly id: string; readonly stream: string; readonly rev: number }[] = [];
  const writing = Array.from({ length: WRITERS }, async () => {
    const stream = someStream();
    for (let rev = 0; !stop.signal.aborted; rev++) {
      const entry = someEntry(tenant, stream, rev);
      const outcome = await log.append(tenant, stream, rev - 1, [entry]);
      // Nobody else writes there, so that a conflict would be an entry written twice, or lost.
      if (outcome.outcome !== 'appended') throw new Error(`A conflict at ${rev} of ${stream}, which has one writer: it holds ${outcome.actual}.`);
      acknowledged.push({ position: outcome.position, id: entry.id, stream, rev });
      await pause(2);
    }
  });
  const enough = async (more: number) => {
    for (const from = acknowledged.length; acknowledged.length < from + more;) await Promise.race([pause(10), Promise.all(writing)]);
  };
  const end = async () => {
    stop.abort();
    await Promise.all(writing);
    return acknowledged;
  };
  return { enough, end };
};

const read = async (log: EventLog) => {
  const entries: { readonly id: string; readonly stream: string; readonly rev: number }[] = [];
  for (let after: Position | undefined; ;) {
    const page = await log.readAll({ tenant, ...(after !== undefined && { after }) });
    entries.push(...page.entries.map(({ entry: { id, stream, rev } }) => ({ id, stream, rev })));
    if (page.next === undefined) return entries;
    after = page.next;
  }
};
const twice = (ids: readonly string[]) => ids.length - new Set(ids).size;
const missing = (from: readonly string[], all: readonly string[]) => {
  const there = new Set(all);
  return from.filter((id) => !there.has(id)).length;
};

const happenings: readonly [name: string, happens: () => Promise<(() => void | Promise<void>) | undefined>][] = [
  [
    'the leader is killed',
    async () => {
      const { leader } = cluster;
      await cluster.kill(leader);
      return () => cluster.revive(leader);
    },
  ],
  [
    'the leader falls silent',
    async () => {
      const { leader } = cluster;
      await cluster.silence(leader);
      return () => cluster.wake(leader);
    },
  ],
  [
    'the leader is stopped politely',
    async () => {
      const { leader } = cluster;
      await cluster.stop(leader);
      return () => cluster.revive(leader);
    },
  ],
  [
    'the leader is deposed, and ends by itself',
    async () => {
      const { leader } = cluster;
      await cluster.depose(leader);
      return () => cluster.revive(leader);
    },
  ],
  [
    'a follower is killed',
    async () => {
      const { follower } = cluster;
      await cluster.kill(follower);
      return () => cluster.revive(follower);
    },
  ],
  [
    'the leader is killed, and the next one too',
    async () => {
      const { leader } = cluster;
      await cluster.kill(leader);
      const next = cluster.leader;
      await cluster.kill(next);
      return async () => {
        await cluster.revive(leader);
        await cluster.revive(next);
      };
    },
  ],
];

describe('of a cluster of three, over TLS, as a user with few rights', () => {
  test.each(happenings)(
    '%s: nothing acknowledged is lost, nothing doubled, nobody misses any',
    async (name, happens) => {
      const log = await open();
      const after = await log.head();
      const stop = new AbortController();
      const seen: string[] = [];
      const following = (async () => {
        for await (const { entries } of log.subscribe({ after, signal: stop.signal })) seen.push(...entries.map(({ entry }) => entry.id));
      })();
      const writers = write(log);
      await writers.enough(100);
      const mend = await happens();
      await writers.enough(100);
      await mend?.();
      await writers.enough(100);
      const acknowledged = await writers.end();
      while (seen.length < acknowledged.length) await Promise.race([pause(10), following]);
      stop.abort();
      await following;

      const there = await read(log);
      const ids = there.map(({ id }) => id);
      const inOrder = acknowledged.toSorted((a, b) => (a.position < b.position ? -1 : 1)).map(({ id }) => id);
      const revisions = new Map<string, number>();
      const outOfPlace = there.filter(({ stream, rev }) => {
        const due = revisions.get(stream) ?? 0;
        revisions.set(stream, due + 1);
        return rev !== due;
      });
      const counts = {
        lost: missing(inOrder, ids),
        doubled: twice(ids),
        'out of place': outOfPlace.length + inOrder.filter((id, index) => ids[index] !== id).length,
        missed: missing(inOrder, seen),
        'seen twice': twice(seen),
      };
      process.stdout.write(
        `${name}: acknowledged ${acknowledged.length}, ${Object.entries(counts)
          .map(([what, count]) => `${what} ${count}`)
          .join(', ')}\n`,
      );
      expect(counts).toEqual({ lost: 0, doubled: 0, 'out of place': 0, missed: 0, 'seen twice': 0 });
      expect(seen).toEqual(inOrder);
    },
    240_000,
  );
});

test('where the log ends is asked of whoever leads, also by a process that only reads: another node may be behind', async () => {
  const [writer, reader] = [await open(), await open()];
  const before = cluster.leader;
  await reader.head();
  cluster.handOver();
  const entry = someEntry(tenant, someStream(), 0);
  const appended = await writer.append(tenant, entry.stream, -1, [entry]);
  const reads = cluster.leader.calls.read;
  expect(await reader.head()).toBe('position' in appended && appended.position);
  expect(cluster.leader).not.toBe(before);
  expect(cluster.leader.calls.read).toBe(reads + 1);
});

describe('discovery', () => {
  test('asks the next node where one is silent, or answers nothing of use', async () => {
    const [first, second] = cluster.nodes;
    first?.fail('gossip', { fault: 'silence' }, { fault: 'unavailable' });
    second?.fail('gossip', { fault: 'internal' });
    const log = await open({ timeoutMs: 5_000 });
    expect(await log.readStream(tenant, someStream())).toEqual([]);
  });

  test('that finds nobody is an error without a type to the client, and one sentence to the operator', async () => {
    for (const node of cluster.nodes) await node.away();
    const url = address('uppsikt:hidden');
    const bare = EventStoreDBClient.connectionString(`${url}&maxDiscoverAttempts=2`);
    const error: unknown = await bare.appendToStream('any', []).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: 'Failed to discover after 2 attempts.' });
    expect(error).not.toHaveProperty('type');
    await bare.dispose();
    const opening = eventStoreLog({ url, ...patience, patienceMs: 300 });
    await expect(opening).rejects.toThrow(AddressRefused);
    await expect(opening).rejects.toThrow(/^EVENTSTORE_URL names an EventStoreDB that cannot be used\. [^\n]*Failed to discover after 3 attempts\.\.?$/);
  });
});
