import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes everything in, and counts under which Message-IDs. */
export interface Mailbox {
  readonly url: string;
  readonly distinct: number;
  /** Mails that came again under a Message-ID that had come: taken in, and never known to be. */
  readonly repeats: number;
  close(): Promise<void>;
}

export const mailbox = async (): Promise<Mailbox> => {
  const seen = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const [, id = ''] = /^message-id:\s*<([^>]+)>/im.exec(Buffer.concat(chunks).toString()) ?? [];
        seen.set(id, (seen.get(id) ?? 0) + 1);
        done();
      });
    },
  });
  server.on('error', () => {}); // a client that is killed is no fault of the server
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    get distinct() {
      return seen.size;
    },
    get repeats() {
      return [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
};
