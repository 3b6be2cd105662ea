import { DatabaseUnreachable, MigrationRefused, NotDurable, NotMigrated } from '#libs/database';
import { DocumentsUnavailable } from '#libs/documents';
import { AddressRefused, LogClosed } from '#libs/event-log';
import { ProviderUnusable } from '#libs/http';
import { SettingsError } from '#libs/settings';
import { RedisUrlError } from '#libs/timers';
import { KeyFileError, LedgerUnavailable, RestoreUnfinished } from '#libs/vault';
import { startErrorLine } from './start-error.js';

/** What a process that has been started can do. */
export interface Running {
  /** Where it serves, as it is told to whoever started it. */
  readonly says: string;
  /** Finishes what is under way, then stops everything. */
  stop(): Promise<void>;
}

/** What a process that starts is told, and tells. */
export interface Surroundings {
  /** Tells the operator one line. */
  readonly say: (line: string) => void;
  /** Told when the process cannot go on, and why. */
  readonly lost: (why: Error) => void;
  /** Aborted when it is asked to end, perhaps before it has started. */
  readonly signal: AbortSignal;
}

/** Errors whose message is one line that says what to mend. */
const TOLD = [
  SettingsError,
  KeyFileError,
  DatabaseUnreachable,
  NotDurable,
  NotMigrated,
  MigrationRefused,
  DocumentsUnavailable,
  AddressRefused,
  LogClosed,
  LedgerUnavailable,
  RestoreUnfinished,
  ProviderUnusable,
  RedisUrlError,
];

/** Says why a command or a start failed: one clear line where it is known what to mend; else everything there is. The exit code is 1. */
const fail = (error: unknown): void => {
  process.stderr.write(`${startErrorLine(error, ...TOLD) ?? ((error as Error).stack || String(error))}\n`);
  process.exitCode = 1;
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Whoever stops processes waits this long, and then kills them. */
const STOP_MS = 10_000;

/**
 * Runs a process from its start until it is asked to end by SIGINT or SIGTERM, or cannot go on; then ends it, exit code and all.
 * @param stopMs after how long it ends whatever is still under way: it is left as by a kill, which everything can bear
 */
export const runMain = async (
  start: (surroundings: Surroundings) => Promise<Running>,
  { stopMs = STOP_MS }: { readonly stopMs?: number } = {},
): Promise<void> => {
  const stopping = Promise.withResolvers<void>();
  stopping.promise.catch(() => {}); // it may be lost while it still starts, when nobody waits for that yet
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      asked.abort();
      stopping.resolve();
    });
  }
  try {
    const running = await start({ say, lost: (why) => stopping.reject(why), signal: asked.signal });
    try {
      say(running.says);
      await stopping.promise;
    } finally {
      setTimeout(() => {
        fail(new Error(`Not everything came to its end in ${stopMs / 1_000} s; the rest is left as it is.`));
        process.exit();
      }, stopMs).unref();
      await running.stop();
    }
  } catch (error) {
    if (error !== asked.signal.reason) fail(error); // being asked to end is none
  }
  process.exit(); // a pool of some library may keep a timer; everything of ours has been closed
};
