import { LogUnavailable, type EventLog, type Position } from './event-log.js';
import type { Entry } from '#libs/kernel';

/** Whether processes may append: while the entries of one log are moved to another, and after that, only one of the two is in use. */
export type LogState =
  | { readonly state: 'open' }
  /** Entries of another log, by its id, are being put here: until all of them are, nothing may stand on it. */
  | { readonly state: 'filling'; readonly other: string }
  /** Its entries were moved to another log, by its id, and go on there. */
  | { readonly state: 'moved'; readonly other: string };

export const OPEN: LogState = { state: 'open' };

/** As an adapter keeps it. @throws TypeError where a newer release knows another state */
export const stateOf = (state: string, other: string | null | undefined): LogState => {
  if (state === 'open') return OPEN;
  if ((state === 'filling' || state === 'moved') && other) return { state, other };
  throw new TypeError(`The event log is in a state that this release does not know: ${state}.`);
};

const sentence = (state: LogState): string => {
  switch (state.state) {
    case 'open':
      return 'The event log is in use.';
    case 'filling':
      return `The event log is being filled from log ${state.other} and does not hold all of it yet. Let uppsikt copy-log, or restore, come to its end.`;
    case 'moved':
      return `The event log was closed when its entries were moved to log ${state.other}. Set EVENT_LOG, and its address, to where they are now.`;
  }
};

/** Nobody may append to the log as it stands. Of an append that was under way it is not known whether it is in the log that goes on. */
export class LogClosed extends LogUnavailable {
  override readonly name: string = 'LogClosed';

  constructor(state: LogState) {
    super(sentence(state));
  }
}

/** A log as whoever moves it sees it (see `moveLog`). Everybody else opens one that is in use, or none. */
export interface MovingLog extends EventLog {
  state(): Promise<LogState>;

  /** Once it resolves, no append is acknowledged that the new state forbids. */
  become(state: LogState): Promise<void>;

  /**
   * Puts entries at the end of a log that is being filled, in their order; where it is broken off, the first of them alone.
   * Does nothing where the log ends elsewhere than after a position: whoever fills it reads what is there.
   * @throws RangeError where the log cannot hold an entry
   */
  fill(after: Position, entries: readonly Entry[]): Promise<void>;
}

/** @throws LogClosed where nobody may append to it */
export const inUse = async (log: MovingLog): Promise<EventLog> => {
  try {
    await log.assertInUse();
    return log;
  } catch (error) {
    await log.close();
    throw error;
  }
};
