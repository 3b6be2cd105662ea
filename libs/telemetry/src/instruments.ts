import { collectDefaultMetrics, Counter, Histogram, Registry, type Gauge } from 'prom-client';

/** A number that is asked for when Prometheus comes: one, or one for each of some labels. */
export interface Metric {
  /** `uppsikt_…`, with its unit last: `uppsikt_views_behind_positions`. */
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  read(): Sample[] | number | Promise<Sample[] | number>;
}
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A store that is away may not keep Prometheus from the other numbers. */
const TIMEOUT_MS = 3_000;

/**
 * What is counted where it happens, in this process, whatever it serves: a lib declares its own when it is loaded, once.
 * A label never holds what a person wrote or is: names of our own, codes, tenants.
 */
export const instruments = new Registry();

/** @throws Error where something else has the name already */
export const counter = <L extends string = never>(name: `uppsikt_${string}_total`, help: string, labels: readonly L[] = []): Counter<L> =>
  new Counter({ name, help, labelNames: labels, registers: [instruments] });

/**
 * How long something took, or how much it held.
 * @param buckets upper bounds, in the unit that the name ends with
 * @throws Error where something else has the name already
 */
export const histogram = <L extends string = never>(
  name: `uppsikt_${string}`,
  help: string,
  buckets: readonly number[],
  labels: readonly L[] = [],
): Histogram<L> => new Histogram({ name, help, buckets: [...buckets], labelNames: labels, registers: [instruments] });

/**
 * What is asked for when Prometheus comes.
 * @throws Error where something else has the name already
 */
export const gauge = (name: `uppsikt_${string}`, help: string, read: Metric['read']): void =>
  instruments.registerMetric(asked({ name, help, type: 'gauge', read }));

/** For what takes from half a millisecond to ten seconds. */
export const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** Since a moment of `performance.now()`. */
export const secondsSince = (began: number): number => (performance.now() - began) / 1_000;

/** As a registry takes it in. A number that cannot be had now is left out, as Prometheus expects. */
export const asked = (metric: Metric): Gauge => {
  const { name, help, type } = metric;
  const get = async () => {
    const said = await inTime(metric);
    const values = typeof said === 'number' ? [{ labels: {}, value: said }] : said;
    return { name, help, type, values };
  };
  return { name, help, get } as unknown as Gauge; // what a registry asks of one
};

const inTime = async (metric: Metric): Promise<Sample[] | number> => {
  const late = Promise.withResolvers<[]>();
  const timer = setTimeout(() => late.resolve([]), TIMEOUT_MS);
  try {
    return await Promise.race([metric.read(), late.promise]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
};

let isMeasured = false;

/** Begins to measure the process itself: memory, processor, event loop, garbage collection. Said again it does nothing. */
export const measureProcess = (): void => {
  if (isMeasured) return;
  isMeasured = true;
  collectDefaultMetrics({ register: instruments });
};
