// What tracing costs: nothing where nobody collects; else by the share of chains that is traced. New orders over HTTP, with all consumers running.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { histogram, SECONDS as BUCKETS, traced, traceInto, type TracingOptions } from '#libs/telemetry';
import { post } from './http/orders.js';
import { memoryOf, started, stopped, type Started } from './process.js';

const ORDERS = Number(process.env.ORDERS ?? 500);
const TURNS = 8;
const CALLS = 200_000;
const work = () => Promise.resolve(1);
const SHARES = [undefined, 0, 0.1, 1];

/** Takes everything and keeps nothing. */
const collector = async () => {
  const server = createServer((request, response) => request.resume().on('end', () => response.end('{}')));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
};

const numberOf = async ({ address }: Started, name: string): Promise<number> => {
  const lines = (await (await fetch(`${address}/metrics`)).text()).split('\n').filter((line) => new RegExp(`^${name}[{ ]`).test(line));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
};

const perCall = async (what: string, call: (nth: number) => unknown): Promise<void> => {
  let cpu = process.cpuUsage();
  // The first round is to warm up.
  for (let round = 0; round < 2; round++) {
    const before = process.cpuUsage();
    for (let nth = 0; nth < CALLS; nth++) await call(nth);
    cpu = process.cpuUsage(before);
  }
  console.log(`  ${what.padEnd(40)}${(((cpu.user + cpu.system) * 1_000) / CALLS).toFixed(0).padStart(6)} ns`);
};

/** Sends nothing anywhere. */
const away: TracingOptions['exporter'] = {
  export: (_spans, done) => done(JSON.parse('{"code":0}') as Parameters<typeof done>[0]),
  shutdown: () => Promise.resolve(),
};

const calls = async (): Promise<void> => {
  console.log('Processor time of one call');
  const seconds = histogram('uppsikt_bench_seconds', 'Of the bench alone.', BUCKETS, ['outcome']);
  const corrs = Array.from({ length: 1_000 }, () => randomBytes(16).toString('hex'));
  const attributes = { 'uppsikt.entries': 1 };
  const span = (nth: number) => traced('append', { corr: corrs[nth % corrs.length] ?? '', attributes }, work);
  await perCall('the work alone', work);
  await perCall('under a span, nobody collecting', span);
  for (const share of [0, 1]) {
    const end = await traceInto({ service: 'bench', share, exporter: away });
    await perCall(share === 0 ? 'under a span of a chain that is left out' : 'under a span that is traced', span);
    await end();
  }
  await perCall('one observation of a time', (nth) => seconds.observe({ outcome: 'appended' }, nth / CALLS));
};

export const run = async (): Promise<void> => {
  await calls();
  const { url, close } = await collector();
  const folder = await mkdtemp(join(tmpdir(), 'uppsikt-bench-'));
  await chmod(folder, 0o755);
  const products: { readonly share: number | undefined; readonly product: Started; orders: number; took: number; cpu: number }[] = [];
  for (const share of SHARES) {
    const env = share === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_SAMPLER_ARG: String(share) };
    const product = await started('bench/http/instance.ts', { UPPSIKT_DATA: join(folder, `data-${share}`), PORT: '0', ...env });
    products.push({ share, product, orders: 0, took: 0, cpu: 0 });
  }
  try {
    console.log(`\nNew orders over HTTP, ${TURNS} turns of ${ORDERS} each`);
    for (let turn = 0; turn <= TURNS; turn++) {
      // Nobody is always the first.
      const inTurn = products.map((_one, at) => products[(at + turn) % products.length]).filter((one) => one !== undefined);
      for (const seen of inTurn) {
        const before = await numberOf(seen.product, 'process_cpu_seconds_total');
        const { requests, duration } = await post(seen.product.address, { amount: ORDERS });
        if (turn === 0) continue; // to warm up
        seen.orders += requests.total;
        seen.took += duration;
        seen.cpu += (await numberOf(seen.product, 'process_cpu_seconds_total')) - before;
      }
    }
    const [first] = products;
    const least = (first?.cpu ?? 0) / (first?.orders ?? 1);
    for (const seen of products) {
      const name = seen.share === undefined ? 'no collector' : `${seen.share * 100} % of chains`;
      const each = seen.cpu / seen.orders;
      const spans = await numberOf(seen.product, 'uppsikt_spans_exported_total');
      console.log(
        `  ${name.padEnd(18)}${(seen.orders / seen.took).toFixed(0).padStart(5)}/s  processor ${(each * 1_000).toFixed(2)} ms each, ${(each / least).toFixed(2)} of the first` +
          `  ${(await memoryOf(seen.product)).toFixed(0)} MiB  ${spans} spans`,
      );
    }
  } finally {
    for (const { product } of products) await stopped(product);
    close();
    await rm(folder, { recursive: true });
  }
};
