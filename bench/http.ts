// New orders over HTTP, with sealed parts and all consumers running, against a bare POST with the same plugins.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CONNECTIONS, post } from './http/orders.js';
import { started, stopped } from './process.js';

const SECONDS = 10;
const TURNS = 3;

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
      const empty = await post(bare.address, { duration: SECONDS });
      const full = await post(product.address, { duration: SECONDS });
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
