import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Attributes, type Context, type Span, type Tracer } from '@opentelemetry/api';
import { asFirst, firstSpanOf } from './ids.js';

/**
 * Spans: what was done when, and because of what. A *chain* is a request and everything that follows from it, in whatever process and however
 * much later: reactions, knocks, mail. Its id, the `corr` of its entries, is the trace id; so one trace tells the whole of it.
 * Names and attributes hold names of our own, codes, numbers and ids: never what a person wrote or is.
 */
export interface Traced {
  /** The chain: 32 hex digits. */
  readonly corr: string;
  readonly attributes?: Attributes;
  /** `client` for a call to another service. */
  readonly kind?: 'client';
  /** Whether what was thrown is a fault; a refusal is none. Everything is where left out. */
  readonly isFault?: (error: unknown) => boolean;
}

/** More chains than this share no span of one piece of work: there it is a mass, and the metrics tell of it. */
const MOST_TOGETHER = 32;

let tracer: Tracer | undefined;

/** Given by whoever has put an SDK behind the API; as long as there is none, nothing here costs anything. */
export const traceBy = (one: Tracer | undefined): void => void (tracer = one);
export const isTracing = (): boolean => tracer !== undefined;

/** Within a span of the chain, that; else right under the chain's first. */
const contextOf = (corr: string): Context => {
  const active = context.active();
  if (trace.getSpanContext(active)?.traceId === corr) return active;
  return under(corr, firstSpanOf(corr));
};

const under = (traceId: string, spanId: string): Context =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });

const KINDS = { client: SpanKind.CLIENT } as const;

/** Does some work under a span of its chain. Without tracing it does the work. */
export const traced = async <T>(
  name: string,
  { corr, attributes, kind, isFault }: Traced,
  work: (note: (attributes: Attributes) => void) => Promise<T>,
): Promise<T> => {
  if (!tracer) return work(nothing);
  const parent = contextOf(corr);
  const span = tracer.startSpan(name, { ...(attributes && { attributes }), ...(kind && { kind: KINDS[kind] }) }, parent);
  try {
    return await context.with(trace.setSpan(parent, span), work, undefined, (more: Attributes) => void span.setAttributes(more));
  } catch (error) {
    failed(span, error, isFault?.(error) ?? true);
    throw error;
  } finally {
    span.end();
  }
};

const nothing = (): void => {};

/** Does some work that belongs to several chains, under a span in each. */
export const tracedTogether = async <T>(name: string, corrs: Iterable<string>, attributes: Attributes, work: () => Promise<T>): Promise<T> => {
  const by = tracer;
  if (!by) return work();
  const chains = new Set(corrs);
  if (chains.size > MOST_TOGETHER) return work();
  const spans = [...chains].map((corr) => by.startSpan(name, { attributes }, contextOf(corr)));
  try {
    return await work();
  } catch (error) {
    for (const span of spans) failed(span, error, true);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
};

/** Does something as part of a chain, so that what others trace inside belongs to it. */
export const inChain = <T>(corr: string, work: () => T): T => (tracer ? context.with(contextOf(corr), work) : work());

/** Only what kind of error it was: its message may tell what somebody wrote. */
const failed = (span: Span, error: unknown, isFault: boolean): void => {
  span.setAttribute('error.type', (error as Partial<Error> | undefined)?.name ?? typeof error);
  if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
};

/** A span that is ended elsewhere than where it began, as that of a request is. */
export interface OpenSpan {
  /** Does something as part of it. */
  within<T>(work: () => T): T;
  end(name: string, attributes: Attributes, isFault: boolean): void;
}

/**
 * Opens the span of a request.
 * @param caller the caller's span, where the caller brought the trace along; else it becomes the chain's first
 */
export const openRequest = (corr: string, caller: string | undefined): OpenSpan | undefined => {
  const by = tracer;
  if (!by) return undefined;
  const begin = (parent: Context) => by.startSpan('request', { kind: SpanKind.SERVER }, parent);
  const span = caller === undefined ? asFirst(corr, () => begin(ROOT_CONTEXT)) : begin(under(corr, caller));
  const inside = trace.setSpan(ROOT_CONTEXT, span);
  return {
    within: (work) => context.with(inside, work),
    end: (name, attributes, isFault) => {
      span.updateName(name).setAttributes(attributes);
      if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
};
