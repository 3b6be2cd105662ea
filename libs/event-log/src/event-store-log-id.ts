import { randomId } from '#libs/kernel';
import { NoAnswer, typeOf, type EventStoreCalls } from './event-store-calls.js';
import { LOG_STREAM } from './event-store-entries.js';

/** The log's own id: read, or made by whoever comes first. The one event of its stream has it for its own. */
export const logId = async (calls: EventStoreCalls): Promise<string> => {
  for (const id = randomId(); ;) {
    const known = await calls.call(async (client, { signal }) => {
      const reading = client.readStream(LOG_STREAM, { maxCount: 1 });
      reading.on('error', () => {});
      signal.addEventListener('abort', () => void reading.cancel().catch(() => {}), { once: true });
      try {
        for (const { event } of await Array.fromAsync(reading)) return event?.id;
      } catch (error) {
        if (typeOf(error) === 'stream-not-found') return null;
        throw error;
      }
      throw new NoAnswer('the answer held nothing');
    });
    if (known) return known;
    const event = { id, type: 'LogBegun', data: Buffer.from(JSON.stringify({ log: id })), metadata: new Uint8Array() };
    // Where somebody else was first, the next round reads what it says.
    await calls.call((client, { signal }) => client.appendTo({ name: LOG_STREAM, expected: -1, events: [event] }, signal));
  }
};
