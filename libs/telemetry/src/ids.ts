/** The chain whose first span is being begun. */
let first: string | undefined;

/**
 * The id of a chain's first span. It follows from the chain's, so that whatever comes later knows its parent without being told.
 * Where a caller brought the trace along there is no such span: what follows stands beside the caller's, in the same trace.
 */
export const firstSpanOf = (corr: string): string => corr.slice(16);

/** Whether a span is being begun as the first of its chain. */
export const isFirst = (): boolean => first !== undefined;

/** Begins a span as the first of its chain. */
export const asFirst = <T>(corr: string, begin: () => T): T => {
  first = corr;
  try {
    return begin();
  } finally {
    first = undefined;
  }
};

interface Ids {
  generateTraceId(): string;
  generateSpanId(): string;
}

/** Ids as others make them, but for the first span of a chain. */
export const chainIds = (others: Ids): Ids => ({
  generateTraceId: () => first ?? others.generateTraceId(),
  generateSpanId: () => (first === undefined ? others.generateSpanId() : firstSpanOf(first)),
});
