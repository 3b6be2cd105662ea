/** A way of doing something that is measured against others. */
export interface Way {
  readonly name: string;
  /** Makes one of those who do it at once: a function that does it one time. */
  worker(): () => Promise<unknown>;
  close(): Promise<void>;
}

/** What was seen of one way. */
export interface Measured {
  readonly name: string;
  /** Done per second. */
  readonly rate: number;
  /** Milliseconds that a share of the calls stayed below. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Microseconds of processor that this process took for each: steadier than the rate where the machine has other work. */
  readonly cpu: number;
}

/**
 * Does the same in several ways, turn by turn, so that whatever else the machine does meets all alike.
 * @param inFlight how many do it at once, each waiting for its own to be done
 * @param seconds for each way, in all its turns together
 */
export const measure = async (
  ways: readonly Way[],
  { inFlight, seconds, turns = 5 }: { inFlight: number; seconds: number; turns?: number },
): Promise<readonly Measured[]> => {
  const seen = ways.map(({ name }) => ({ name, times: [] as number[], took: 0, cpu: 0 }));
  for (let turn = 0; turn < turns; turn++) {
    // There and back, so that what one way leaves behind is not always the next one's to clear up.
    const order = [...ways.entries()];
    for (const [index, way] of turn % 2 === 0 ? order : order.toReversed()) {
      const { times, took, cpu } = await doFor(way, inFlight, (seconds / turns) * 1_000);
      const all = seen[index];
      if (!all) continue;
      all.times.push(...times);
      all.took += took;
      all.cpu += cpu;
    }
  }
  return seen.map(({ name, times, took, cpu }) => {
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    return { name, rate: times.length / took, p50: at(0.5), p95: at(0.95), p99: at(0.99), cpu: cpu / times.length };
  });
};

const doFor = async (way: Way, inFlight: number, milliseconds: number): Promise<{ times: readonly number[]; took: number; cpu: number }> => {
  const times: number[] = [];
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const until = began + milliseconds;
  const one = async (act: () => Promise<unknown>) => {
    for (let before = performance.now(); before < until;) {
      await act();
      const after = performance.now();
      times.push(after - before);
      before = after;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, () => one(way.worker())));
  const { user, system } = process.cpuUsage(cpuBefore);
  return { times, took: (performance.now() - began) / 1_000, cpu: user + system };
};

const milliseconds = (value: number) => `${value.toFixed(1)} ms`.padStart(9);

/** A line for each way, and how many times faster the first is than each. */
export const print = (title: string, all: readonly Measured[]): void => {
  console.log(`\n${title}`);
  const [first] = all;
  for (const { name, rate, p50, p95, p99 } of all) {
    const times = first && first.name !== name ? `  1 : ${(first.rate / rate).toFixed(1)}` : '';
    const perSecond = Math.round(rate).toLocaleString('en').padStart(7);
    console.log(`  ${name.padEnd(28)}${perSecond}/s  p50 ${milliseconds(p50)}  p95 ${milliseconds(p95)}  p99 ${milliseconds(p99)}${times}`);
  }
};
