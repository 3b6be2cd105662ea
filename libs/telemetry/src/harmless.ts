import type { Attributes, SpanStatus } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** What may leave the process with a span, beside our own: everything else may hold what a person wrote, the message of an error above all. */
const MAY_LEAVE: ReadonlySet<string> = new Set([
  'error.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'bullmq.queue.name',
  'bullmq.queue.operation',
  'bullmq.job.id',
  'bullmq.job.name',
  'bullmq.job.attempts.made',
]);
const mayLeave = (name: string): boolean => name.startsWith('uppsikt.') || MAY_LEAVE.has(name);

const attributesOf = (all: Attributes): Attributes => Object.fromEntries(Object.entries(all).filter(([name]) => mayLeave(name)));

/** The span without whatever others noted on it: only the attributes that are known to be harmless, no messages and no stacks. */
const harmless = (span: ReadableSpan): ReadableSpan => {
  const changed = { attributes: attributesOf(span.attributes), events: [], status: { code: span.status.code } satisfies SpanStatus };
  return Object.create(span, Object.fromEntries(Object.entries(changed).map(([name, value]) => [name, { value }]))) as ReadableSpan;
};

/**
 * Exports what is harmless of each span.
 * @param told how many spans were taken over, or were not
 */
export const onlyHarmless = (exporter: SpanExporter, told: (taken: boolean, spans: number) => void): SpanExporter => ({
  export: (spans, done) =>
    exporter.export(spans.map(harmless), (result) => {
      told(result.error === undefined, spans.length);
      done(result);
    }),
  forceFlush: async () => exporter.forceFlush?.(),
  shutdown: () => exporter.shutdown(),
});
