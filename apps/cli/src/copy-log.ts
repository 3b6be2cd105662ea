import { Option, type Command } from 'commander';
import { LogsDiffer, moveLog, stay, type Moved, type MovingLog } from '#libs/event-log';
import { carryRequests } from '#libs/http';
import { carryReactions } from '#libs/reactions';
import { readCopyLogSettings } from '#libs/settings';
import { keeping } from '../../api/src/stores.js';
import { saysCopied, type Report } from './copy-log-report.js';
import { openLogs, type OpenLogs } from './open-logs.js';
import { progressBar } from './progress-bar.js';

const LOGS = ['postgres', 'eventstoredb'] as const;
type Log = (typeof LOGS)[number];

interface Asked {
  readonly from: Log;
  readonly to: Log;
  readonly ahead?: boolean;
  readonly undo?: boolean;
  readonly json?: boolean;
}

/** One of the logs is not sound, or they are not the same. */
const NOT_SOUND = 3;

/** `uppsikt copy-log`: the event log moves house. */
export const copyLog = (program: Command): void => {
  const command = program
    .command('copy-log')
    .description(
      'moves the event log: copies every entry, compares it, closes the one log and opens the other (EVENTSTORE_URL; UPPSIKT_DATA, or DATABASE_URL of the worker and MIGRATE_DATABASE_URL)',
    )
    .addOption(new Option('--from <log>', 'where the events lie now').choices(LOGS).makeOptionMandatory())
    .addOption(new Option('--to <log>', 'where they go').choices(LOGS).makeOptionMandatory())
    .addOption(new Option('--ahead', 'only copies what there is so far, while the log stays in use').conflicts('undo'))
    .option('--undo', 'gives up a move that was broken off: the one log is in use again')
    .option('--json', 'tells what came of it as JSON');
  command.action(async (asked: Asked) => {
    if (asked.from === asked.to) command.error('error: --from and --to name the same log', { exitCode: 2, code: 'commander.invalidArgument' });
    await using opened = new AsyncDisposableStack();
    const logs = await openLogs(keeping(opened), readCopyLogSettings(process.env));
    try {
      await (asked.undo ? undo(asked, logs) : move(asked, logs));
    } catch (error) {
      if (!(error instanceof LogsDiffer)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = NOT_SOUND;
    }
  });
};

const move = async ({ from, to, ahead = false, json = false }: Asked, logs: OpenLogs): Promise<void> => {
  const [source, target] = [logs[from], logs[to]];
  const report: Report = { from, to, source, target, began: performance.now(), carried: undefined };
  const bar = progressBar(process.stderr);
  const stop = new AbortController();
  const interrupted = () => stop.abort();
  process.on('SIGINT', interrupted);
  try {
    const moving = moveLog({
      source,
      target,
      ahead,
      signal: stop.signal,
      carry: async (end) => void (report.carried = await carry(logs, source, target, end)),
    });
    let moved: Moved | undefined;
    for (let step = await moving.next(); !moved; step = step.done ? step : await moving.next()) {
      if (step.done) moved = step.value;
      else bar.show(step.value);
    }
    bar.clear();
    process.stdout.write(saysCopied(report, moved, json));
    if (moved.outcome === 'stopped') process.exitCode = 1;
  } finally {
    bar.clear();
    process.off('SIGINT', interrupted);
  }
};

const undo = async ({ from, to, json = false }: Asked, logs: OpenLogs): Promise<void> => {
  const [source, target] = [logs[from], logs[to]];
  await stay({ source, target, carry: async () => void (await carry(logs, target, source, await source.head())) });
  process.stdout.write(
    json
      ? `${JSON.stringify({ outcome: 'undone' })}\n`
      : `The log in ${from} is in use again. What was copied stays, out of use; a later move goes on with it.\n`,
  );
};

/** What stands on positions of the log that is left. Views need nothing: a checkpoint of another log makes them begin anew. */
const carry = async ({ owner, worker }: OpenLogs, from: MovingLog, to: MovingLog, end: Parameters<typeof carryRequests>[3]) => ({
  reactions: await carryReactions(worker, from.id, to),
  answers: await carryRequests(owner, from.id, to, end),
});
