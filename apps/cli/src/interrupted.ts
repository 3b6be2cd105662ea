/** What a command throws that was asked to end by Ctrl-C or SIGTERM. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('Stopped before the end.');
  }
}

/** Does some work that is told when it is to end. A second Ctrl-C ends the process at once. */
export const interruptible = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const asked = new AbortController();
  const end = () => asked.abort(new Interrupted());
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, end);
  try {
    return await work(asked.signal);
  } finally {
    for (const signal of signals) process.off(signal, end);
  }
};
