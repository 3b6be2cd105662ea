import { setTimeout as pause } from 'node:timers/promises';
import { context, propagation, trace } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { onlyHarmless } from './harmless.js';
import { chainIds } from './ids.js';
import { counter } from './instruments.js';
import { ofChains } from './sampler.js';
import { traceBy } from './traced.js';

export interface TracingOptions {
  /** What the process is called in traces: `uppsikt-api`. `OTEL_SERVICE_NAME` says otherwise. */
  readonly service: string;
  /** The share of chains that are traced, 0 to 1. Which ones follows from their ids, so that all processes trace the same. */
  readonly share?: number;
  /** Where spans go. */
  readonly exporter: SpanExporter;
}

/** A collector that is away keeps nobody from ending for longer than this. */
const ENDING_MS = 3_000;

const exported = counter('uppsikt_spans_exported_total', 'Spans sent to the collector of traces: taken, or lost.', ['outcome']);

/**
 * Puts an SDK behind the API.
 * @returns sends what has not been sent, and ends the tracing
 */
export const traceInto = async ({ service, share = 1, exporter }: TracingOptions): Promise<() => Promise<void>> => {
  // Only who traces loads them.
  const [sdk, { AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
  ]);
  const { BatchSpanProcessor, RandomIdGenerator, SamplingDecision, TraceIdRatioBasedSampler, TracerProvider } = sdk;
  const { defaultResource, detectResources, resourceFromAttributes, serviceInstanceIdDetector, serviceNameEnvDetector, resourceAttributesEnvDetector } =
    resources;
  const detectors = [serviceInstanceIdDetector, resourceAttributesEnvDetector, serviceNameEnvDetector];
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': service }))
      .merge(detectResources({ detectors })),
    sampler: ofChains(new TraceIdRatioBasedSampler(share), { decision: SamplingDecision.NOT_RECORD }),
    idGenerator: chainIds(new RandomIdGenerator()),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: onlyHarmless(exporter, (taken, spans) => exported.inc({ outcome: taken ? 'taken' : 'lost' }, spans)),
        maxQueueSize: 8_192,
        scheduledDelayMillis: 1_000,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator()); // a job carries its parent
  trace.setGlobalTracerProvider(provider);
  traceBy(provider.getTracer('uppsikt'));
  return async () => {
    traceBy(undefined);
    await Promise.race([provider.shutdown().catch(() => {}), pause(ENDING_MS, undefined, { ref: false })]);
    trace.disable();
    propagation.disable();
    context.disable();
  };
};

/**
 * Traces this process into an OpenTelemetry collector, by OTLP over HTTP. Headers, timeout and compression are those of the environment
 * (`OTEL_EXPORTER_OTLP_HEADERS`, …).
 * @param collector its address: `http://127.0.0.1:4318`
 */
export const startTracing = async (collector: string, options: Omit<TracingOptions, 'exporter'>): Promise<() => Promise<void>> => {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const url = new URL(`${collector.replace(/\/$/, '')}/v1/traces`);
  return traceInto({ ...options, exporter: new OTLPTraceExporter({ url: url.href }) });
};
