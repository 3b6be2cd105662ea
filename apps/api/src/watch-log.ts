import { LogClosed, type EventLog } from '#libs/event-log';
import type { Keep } from './stores.js';

const EVERY_MS = 5_000;

/**
 * Ends the process soon after its log was closed: on a log that goes on elsewhere there is nothing for it to do.
 * @returns whether the log was within reach when it was last looked for
 */
export const watchLog = (keep: Keep, log: EventLog, lost: (why: Error) => void): (() => boolean) => {
  let isThere = true;
  const look = () =>
    log.assertInUse().then(
      () => (isThere = true),
      (error: unknown) => {
        isThere = false;
        if (error instanceof LogClosed) lost(error); // a log that is away comes back
      },
    );
  const timer = keep(
    setInterval(() => void look(), EVERY_MS),
    (one) => Promise.resolve(clearInterval(one)),
  );
  timer.unref();
  return () => isThere;
};
