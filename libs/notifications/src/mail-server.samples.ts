import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

// Mail servers as the specs meet them: real ones, on a free port of this machine.

/** A mail that a server has taken in. */
interface Received {
  readonly messageId: string | undefined;
  readonly recipients: readonly string[];
  readonly raw: string;
}

/** What the server does with a mail that it has read to its end. */
export type Reply = 'accept' | 'die' | { readonly code: number };

export interface MailServer {
  readonly url: string;
  readonly port: number;
  /** Everything that was read to its end, answered or not. */
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** An error that the server answers with this code. */
export const replying = (responseCode: number): Error => Object.assign(new Error('No.'), { responseCode });

export const startMailServer = async (replies: Reply[] = [], options: SMTPServerOptions & { readonly port?: number } = {}): Promise<MailServer> => {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const takeIn: NonNullable<SMTPServerOptions['onData']> = (stream, { envelope }, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      received.push({ raw, messageId: /^Message-ID: (.+)$/im.exec(raw)?.[1]?.trim(), recipients: envelope.rcptTo.map(({ address }) => address) });
      const reply = replies.shift() ?? 'accept';
      if (reply === 'die') for (const socket of sockets) socket.destroy();
      else done(reply === 'accept' ? null : replying(reply.code), 'Kept');
    });
  };
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], closeTimeout: 100, onData: takeIn, ...options });
  server.on('error', () => {}); // a client that breaks off is no fault of the server
  server.server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((ready) => server.listen(options.port ?? 0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, port, received, close: () => new Promise((closed) => server.close(() => closed())) };
};

/** Takes connections and never says a word. */
export const startSilentServer = async (): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      for (const socket of sockets) socket.destroy();
    });
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
};
