import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands before a server: what can happen to connections happens here. */
export class Door {
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  readonly #frozen = new Set<Socket>();
  #server: Server | undefined;
  #paused = false;
  port = 0;

  constructor(private readonly behind: number) {}

  async open(): Promise<void> {
    const server = createServer((outer) => this.#enter(outer));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  #enter(outer: Socket): void {
    const inner = connect(this.behind, '127.0.0.1');
    const pair = [outer, inner] as const;
    this.#pairs.add(pair);
    for (const [socket, other] of [pair, [inner, outer] as const]) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('data', (bytes: Buffer) => {
        if (this.#frozen.has(socket)) return;
        if (!other.write(bytes)) socket.pause();
      });
      other.on('drain', () => this.#frozen.has(socket) || this.#paused || socket.resume());
      socket.on('close', () => {
        if (other.destroyed) this.#pairs.delete(pair);
        // What has come through is given out first.
        if (!this.#frozen.has(socket)) other.destroySoon();
      });
    }
    if (this.#paused) for (const socket of pair) socket.pause();
  }

  /** What is sent over the connections that are open now gets lost, both ways, and nobody is told. */
  freeze(): void {
    for (const socket of [...this.#pairs].flat()) this.#frozen.add(socket);
  }

  pause(): void {
    this.#paused = true;
    for (const socket of [...this.#pairs].flat()) socket.pause();
  }
  resume(): void {
    this.#paused = false;
    for (const socket of [...this.#pairs].flat()) socket.resume();
  }

  cut(): void {
    for (const socket of [...this.#pairs].flat()) socket.destroy();
  }

  /** Takes no more connections, and waits until those that are open have ended. */
  async left(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  async shut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const shut = new Promise<void>((resolve) => server.close(() => resolve()));
    this.cut();
    await shut;
  }
}
