import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { clientConfig } from './client.js';

/** Somebody who is told of notifications until closed. */
export interface Listener {
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Listens on a channel for as long as it takes: a lost connection is made again, ever more patiently.
 * `onNotify` is also called once after each (re)connection, since what was said meanwhile is lost.
 */
export const listen = (url: string, channel: string, onNotify: () => void): Listener => {
  const closed = new AbortController();
  const running = listenUntil(closed.signal, url, channel, onNotify);
  return {
    async close() {
      closed.abort();
      await running;
    },
  };
};

const listenUntil = async (signal: AbortSignal, url: string, channel: string, onNotify: () => void): Promise<void> => {
  let wait = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const client = new Client(clientConfig(url, `uppsikt listen ${channel}`));
    client.on('error', () => {});
    client.on('notification', onNotify);
    const ended = new Promise<void>((end) => client.once('end', end));
    const end = () => void client.end();
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      wait = FIRST_PAUSE_MS;
      onNotify();
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
      await ended;
    } catch {
      await client.end().catch(() => {});
    } finally {
      signal.removeEventListener('abort', end);
    }
    await pause(wait, undefined, { signal }).catch(() => {});
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }
};
