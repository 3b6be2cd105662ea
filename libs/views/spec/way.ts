import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a database that may fall silent. */
export interface Way {
  readonly url: string;
  /** Nothing passes any more on the connections that there are, and nobody is told; on new ones all does. */
  fallSilent(): void;
  close(): void;
}

export const wayTo = async (url: string): Promise<Way> => {
  const there = new URL(url);
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(there.port), there.hostname);
    near.pipe(far).pipe(near);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => {});
    }
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  const from = new URL(url);
  from.host = `127.0.0.1:${port}`;
  return {
    url: from.href,
    fallSilent: () => ends.forEach((end) => void end.unpipe().pause()),
    close: () => {
      for (const end of ends) end.destroy();
      server.close();
    },
  };
};
