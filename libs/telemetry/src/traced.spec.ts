import { randomBytes } from 'node:crypto';
import { context, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { firstSpanOf } from './ids.js';
import { inChain, instruments, isTracing, openRequest, traced, tracedTogether, traceInto } from './index.js';

const chain = (): string => randomBytes(16).toString('hex');

let exporter: InMemorySpanExporter;
let end: (() => Promise<void>) | undefined;
beforeEach(() => {
  exporter = new InMemorySpanExporter();
  exporter.shutdown = () => Promise.resolve(); // it would forget what it was given
});
afterEach(() => end?.());

const begin = async (share?: number): Promise<void> => {
  end = await traceInto({ service: 'spec', exporter, ...(share !== undefined && { share }) });
};
/** What was exported, in the order in which it ended. */
const exported = async (): Promise<readonly ReadableSpan[]> => {
  await end?.();
  end = undefined;
  return exporter.getFinishedSpans();
};
const fails = () => Promise.reject(new TypeError('Elsa Andersson, 20120101-1234'));
const told = (spans: readonly ReadableSpan[]) =>
  spans.map((span) => [span.name, span.spanContext().traceId, span.parentSpanContext?.spanId ?? '-', span.spanContext().spanId] as const);

describe('without a collector', () => {
  test('work is done, and nothing else', async () => {
    expect(isTracing()).toBe(false);
    expect(await traced('append', { corr: chain() }, () => Promise.resolve(1))).toBe(1);
    expect(await tracedTogether('view', [chain()], {}, () => Promise.resolve(2))).toBe(2);
    expect(inChain(chain(), () => 3)).toBe(3);
    expect(openRequest(chain(), undefined)).toBeUndefined();
  });
});

describe('a chain', () => {
  test('begins with the request, under which stands what the request does', async () => {
    await begin();
    const corr = chain();
    const request = openRequest(corr, undefined);
    await request?.within(() => traced('command', { corr }, () => traced('append', { corr }, () => Promise.resolve())));
    request?.end('POST /orders', { 'http.route': '/orders' }, false);
    const [append, command, first] = told(await exported());
    expect(first).toEqual(['POST /orders', corr, '-', firstSpanOf(corr)]);
    expect(command?.slice(0, 3)).toEqual(['command', corr, firstSpanOf(corr)]);
    expect(append?.slice(0, 3)).toEqual(['append', corr, command?.[3]]);
  });

  test('goes on in another process, days later, right under the request that began it', async () => {
    await begin();
    const corr = chain();
    await traced('knock', { corr }, () => traced('command', { corr }, () => Promise.resolve()));
    const [command, knock] = told(await exported());
    expect(knock?.slice(0, 3)).toEqual(['knock', corr, firstSpanOf(corr)]);
    expect(command?.slice(0, 3)).toEqual(['command', corr, knock?.[3]]);
  });

  test('is part of the caller’s trace where the caller brought one along', async () => {
    await begin();
    const corr = chain();
    openRequest(corr, '00f067aa0ba902b7')?.end('GET /orders', {}, false);
    const [request] = told(await exported());
    expect(request?.slice(0, 3)).toEqual(['GET /orders', corr, '00f067aa0ba902b7']);
    expect(request?.[3]).not.toBe(firstSpanOf(corr));
  });

  test('takes nothing from another one that happens to be under way', async () => {
    await begin();
    const [one, other] = [chain(), chain()];
    await traced('command', { corr: one }, () => traced('append', { corr: other }, () => Promise.resolve()));
    const [append] = told(await exported());
    expect(append?.slice(0, 3)).toEqual(['append', other, firstSpanOf(other)]);
  });

  test('is traced by all processes or by none, where only a share is', async () => {
    await begin(0.5);
    const corrs = Array.from({ length: 200 }, chain);
    for (const corr of corrs) await traced('command', { corr }, () => Promise.resolve());
    const here = new Set((await exported()).map((span) => span.spanContext().traceId));
    expect(here.size).toBeGreaterThan(50);
    expect(here.size).toBeLessThan(150);
    exporter.reset();
    await begin(0.5);
    for (const corr of corrs) await tracedTogether('view', [corr], {}, () => Promise.resolve());
    expect(new Set((await exported()).map((span) => span.spanContext().traceId))).toEqual(here);
  });
});

describe('what others trace by themselves', () => {
  test('is part of the chain that they are asked in', async () => {
    await begin();
    const corr = chain();
    const other = trace.getTracer('queue');
    await traced('knock', { corr }, () => Promise.resolve(other.startSpan('add').end()));
    inChain(corr, () => other.startSpan('process').end());
    const [add, knock, process] = told(await exported());
    expect([add?.slice(0, 3), process?.slice(0, 3)]).toEqual([
      ['add', corr, knock?.[3]],
      ['process', corr, firstSpanOf(corr)],
    ]);
  });

  test('is left out where it belongs to no chain, but not what is done for one meanwhile', async () => {
    await begin();
    const corr = chain();
    const other = trace.getTracer('queue');
    const poll = other.startSpan('poll');
    await context.with(trace.setSpan(context.active(), poll), async () => {
      other.startSpan('look').end();
      await traced('knock', { corr }, () => Promise.resolve());
    });
    poll.end();
    expect(told(await exported()).map(([name, of]) => [name, of])).toEqual([['knock', corr]]);
  });
});

describe('work that belongs to several chains', () => {
  test('has a span in each of them, once', async () => {
    await begin();
    const [one, other] = [chain(), chain()];
    await tracedTogether('view', [one, other, one], { 'uppsikt.entries': 3 }, () => Promise.resolve());
    expect(told(await exported()).map(([name, corr]) => [name, corr])).toEqual([
      ['view', one],
      ['view', other],
    ]);
  });

  test('has none where they are a mass', async () => {
    await begin();
    await tracedTogether('view', Array.from({ length: 33 }, chain), {}, () => Promise.resolve());
    expect(await exported()).toEqual([]);
  });

  test('tells of its fault in each', async () => {
    await begin();
    await expect(tracedTogether('view', [chain(), chain()], {}, () => Promise.reject(new RangeError('Elsa')))).rejects.toThrow('Elsa');
    expect((await exported()).map(({ status, attributes }) => [status.code, attributes])).toEqual([
      [2, { 'error.type': 'RangeError' }],
      [2, { 'error.type': 'RangeError' }],
    ]);
  });
});

describe('what leaves the process', () => {
  test('is of an error what kind it was, not its message and not its stack', async () => {
    await begin();
    await expect(traced('command', { corr: chain() }, fails)).rejects.toThrow(TypeError);
    await expect(traced('command', { corr: chain(), isFault: () => false }, fails)).rejects.toThrow(TypeError);
    const [fault, refusal] = await exported();
    expect([fault?.status, fault?.attributes, fault?.events]).toEqual([{ code: 2 }, { 'error.type': 'TypeError' }, []]);
    expect([refusal?.status, refusal?.attributes]).toEqual([{ code: 0 }, { 'error.type': 'TypeError' }]);
  });

  test('is nothing that others noted on a span, but for what is known to be harmless', async () => {
    await begin();
    const noted = { 'uppsikt.entries': 2, 'http.route': '/orders/:id', 'url.full': '/orders?text=Elsa', 'db.query.text': "select 'Elsa'" };
    await traced('command', { corr: chain() }, (note) => Promise.resolve(note(noted)));
    const [span] = await exported();
    expect(span?.attributes).toEqual({ 'uppsikt.entries': 2, 'http.route': '/orders/:id' });
  });

  test('is counted, also where the collector is away', async () => {
    exporter.export = (_spans, done) => done(JSON.parse('{"code":1,"error":"away"}') as Parameters<typeof done>[0]);
    await begin();
    await traced('command', { corr: chain() }, () => Promise.resolve());
    await exported();
    expect(await instruments.getSingleMetricAsString('uppsikt_spans_exported_total')).toMatch(/\{outcome="lost"\} 1$/m);
  });
});
