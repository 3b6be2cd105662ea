/**
 * What is awaited, unless the signal is raised first.
 * @throws the signal's reason
 */
export const unlessAborted = <T>(awaited: Promise<T>, signal: AbortSignal): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const stop = () => reject(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  awaited.then(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', stop));
};
