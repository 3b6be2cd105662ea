import { trace, TraceFlags, type Context } from '@opentelemetry/api';
import type { Sampler } from '@opentelemetry/sdk-trace';
import { isFirst } from './ids.js';

/**
 * Traces what belongs to a chain, and of the chains a share. What others trace by themselves, such as a queue that looks whether there is
 * something to be done, has no parent: it is part of nothing, and is left out with all that lies under it.
 * @param share decides by the id of the trace alone, so that every process decides alike
 * @param leftOut the decision that leaves a span out
 */
export const ofChains = (share: Sampler, leftOut: ReturnType<Sampler['shouldSample']>): Sampler => ({
  shouldSample: (context: Context, ...rest) => {
    const { traceFlags = TraceFlags.NONE } = trace.getSpanContext(context) ?? {};
    return isFirst() || (traceFlags & TraceFlags.SAMPLED) !== 0 ? share.shouldSample(context, ...rest) : leftOut;
  },
  toString: () => `OfChains{${share.toString()}}`,
});
