import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { traceInto } from '#libs/telemetry';

/** A span as a collector would be told of it. */
export interface TestSpan {
  readonly name: string;
  /** The chain that it belongs to. */
  readonly corr: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  /** Its own name after its parent's, where that was told too: `command SendOrder > append`. */
  readonly path: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly isFault: boolean;
}

/** Traces what is done meanwhile, as the product traces itself. @returns the spans, in the order in which they ended */
export const spansOf = async (work: () => Promise<unknown>): Promise<readonly TestSpan[]> => {
  const exporter = new InMemorySpanExporter();
  exporter.shutdown = () => Promise.resolve(); // it would forget what it was given
  const end = await traceInto({ service: 'spec', exporter });
  try {
    await work();
  } finally {
    await end();
  }
  const spans = exporter.getFinishedSpans();
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans.map((span) => {
    const { spanId, traceId: corr } = span.spanContext();
    const { name, attributes, parentSpanContext, status } = span;
    const parentId = parentSpanContext?.spanId;
    return {
      name,
      corr,
      spanId,
      parentId,
      path: [names.get(parentId ?? ''), name].filter(Boolean).join(' > '),
      attributes,
      isFault: status.code === SpanStatusCode.ERROR,
    };
  });
};
