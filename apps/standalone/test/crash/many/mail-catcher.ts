import type { AddressInfo } from 'node:net';
import { callbackify } from 'node:util';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail that was taken in. */
export interface Caught {
  readonly messageId: string;
  /** Whether it was recorded by then that an earlier copy had been taken: then this one should never have been sent. */
  readonly wasRecorded: boolean;
}

/** A mail server that counts. Before it answers it asks whether what it is told has been recorded as sent. */
export class MailCatcher {
  readonly caught: Caught[] = [];
  readonly #seen = new Set<string>();
  readonly #server: SMTPServer;

  /** @param isRecorded asked of a Message-ID that comes again */
  constructor(isRecorded: (messageId: string) => Promise<boolean>) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      closeTimeout: 100,
      disableReverseLookup: true, // else each mail waits for a name that nobody asks for
      onData: (stream, _session, done) => {
        callbackify(() => this.#take(stream, isRecorded))((error: Error | null) => done(error, 'Kept'));
      },
    });
    this.#server.on('error', () => {}); // a client that breaks off is no fault of the server
  }

  async #take(stream: Readable, isRecorded: (messageId: string) => Promise<boolean>): Promise<void> {
    const [, messageId = 'none'] = /^Message-ID: <(.+)>/im.exec(await text(stream)) ?? [];
    const isRepeat = this.#seen.has(messageId);
    this.#seen.add(messageId);
    this.caught.push({ messageId, wasRecorded: isRepeat && (await isRecorded(messageId)) });
  }

  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.#server.close(() => closed()));
  }
}
