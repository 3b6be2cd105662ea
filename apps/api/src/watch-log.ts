import { LogClosed, type EventLog } from '#libs/event-log';
import type { Keep } from './stores.js';

const EVERY_MS = 5_000;

/** Ends the process soon after its log was closed: on a log that goes on elsewhere there is nothing for it to do. */
export const watchLog = (keep: Keep, log: EventLog, lost: (why: Error) => void): void => {
  const look = () =>
    log.assertInUse().catch((error: unknown) => {
      if (error instanceof LogClosed) lost(error); // a log that is away comes back
    });
  const timer = keep(
    setInterval(() => void look(), EVERY_MS),
    (one) => Promise.resolve(clearInterval(one)),
  );
  timer.unref();
};
