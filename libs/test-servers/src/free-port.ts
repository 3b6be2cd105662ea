import { createServer, type AddressInfo } from 'node:net';

/** A port of 127.0.0.1 at which nobody listens, for a server that is to be found there again when it is started anew. */
export const freePort = (): Promise<number> =>
  new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
