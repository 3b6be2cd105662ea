// New orders over HTTP, with sealed parts and all consumers running, against a bare POST with the same plugins.
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import autocannon from 'autocannon';
import { sampleId } from '#libs/samples';
import { started, stopped } from './process.js';

const CONNECTIONS = 64;
const SECONDS = 10;
const TURNS = 3;

const order = JSON.stringify({
  provider: sampleId('provider', 'fritids'),
  service: 'short-term-supervision',
  sentOn: Temporal.Now.plainDateISO('Europe/Stockholm').toString(),
  overallGoals: ['participation', 'live-as-others'],
  subGoals: [{ wording: 'Jag vill kunna laga mellanmål själv (exempel).' }, { wording: 'Jag vill våga delta i gruppens lekar (exempel).' }],
  serviceUser: { name: 'Elev Exempel' },
});

const post = async (address: string) =>
  autocannon({
    url: `${address}/api/v1/orders`,
    method: 'POST',
    connections: CONNECTIONS,
    duration: SECONDS,
    setupClient: (client) => {
      const next = () =>
        client.setHeadersAndBody(
          { 'content-type': 'application/json', 'uppsikt-person': sampleId('person', 'norra-innerstaden-officer'), 'idempotency-key': randomUUID() },
          order,
        );
      next();
      client.on('response', next);
    },
  });

/** How many positions the view furthest behind lacks. */
const behind = async (address: string): Promise<number> => {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Math.max(0, ...[...text.matchAll(/^uppsikt_views_behind_positions\{.*\} (\d+)$/gm)].map(([, lag]) => Number(lag)));
};

export const run = async (): Promise<void> => {
  const data = await mkdtemp(join(tmpdir(), 'uppsikt-bench-'));
  await chmod(data, 0o755);
  const product = await started('bench/http/instance.ts', { UPPSIKT_DATA: join(data, 'data'), ERASURE_LEDGER: join(data, 'erasures'), PORT: '0' });
  const bare = await started('bench/http/bare.ts', {});
  try {
    console.log(`New orders over HTTP at ${CONNECTIONS} connections, ${TURNS} turns of ${SECONDS} s each`);
    let [commands, bares] = [0, 0];
    for (let turn = 0; turn < TURNS; turn++) {
      const empty = await post(bare.address);
      const full = await post(product.address);
      const ended = performance.now();
      if (full.non2xx + full.errors > 0) throw new Error(`${full.non2xx} answers were refused, ${full.errors} failed.`);
      const lag = await behind(product.address);
      while ((await behind(product.address)) > 0) await pause(20);
      const caughtUp = (performance.now() - ended) / 1_000;
      [commands, bares] = [commands + full.requests.average, bares + empty.requests.average];
      console.log(
        `  commands ${Math.round(full.requests.average)}/s p99 ${full.latency.p99} ms   bare ${Math.round(empty.requests.average)}/s p99 ${empty.latency.p99} ms   ` +
          `lag at the end ${lag} positions, gone after ${caughtUp.toFixed(1)} s`,
      );
    }
    console.log(`  1 command for ${(bares / commands).toFixed(1)} bare POSTs`);
  } finally {
    await Promise.all([stopped(product), stopped(bare)]);
    await rm(data, { recursive: true, force: true });
  }
};
