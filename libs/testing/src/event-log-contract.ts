import { afterAll, beforeAll, describe } from '@jest/globals';
import type { EventLog } from '#libs/event-log';
import { appendContract } from './event-log-appends.js';
import { positionContract } from './event-log-positions.js';
import { readContract } from './event-log-reads.js';
import { repeatContract } from './event-log-repeats.js';
import { subscribeContract } from './event-log-subscriptions.js';

/** A log that an adapter was opened on. */
export interface OpenLog {
  /** Another connection to the same log, as another process has one; closed by whoever asked for it. */
  log(): Promise<EventLog>;
  close(): Promise<void>;
}

/** What the parts of the contract are tried on: two connections to one log, as two processes have, and more when asked for. */
export interface Logs {
  readonly one: EventLog;
  readonly other: EventLog;
  another(): Promise<EventLog>;
}

/**
 * What every adapter of the event log keeps, whatever lies beneath. The suite uses only positions that it was given,
 * and tenants and streams of its own, so that it may run on a log that holds something already.
 */
export const eventLogContract = (name: string, open: () => Promise<OpenLog>): void => {
  describe(`the event log's contract on ${name}`, () => {
    let opened: OpenLog;
    const logs = {} as { -readonly [K in keyof Logs]: Logs[K] };

    beforeAll(async () => {
      opened = await open();
      logs.another = () => opened.log();
      logs.one = await opened.log();
      logs.other = await opened.log();
    }, 60_000);

    afterAll(async () => {
      await logs.one.close();
      await logs.other.close();
      await opened.close();
    }, 60_000);

    appendContract(logs);
    repeatContract(logs);
    readContract(logs);
    positionContract(logs);
    subscribeContract(logs);
  });
};
