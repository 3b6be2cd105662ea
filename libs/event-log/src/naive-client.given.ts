import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { randomId } from '#libs/kernel';

const run = promisify(execFile);

/**
 * A process of its own that appends with the bare client as it comes, and swallows whatever it is told.
 * @param data statements about `data`, which is what it appends
 * @returns 'lives', or what it died of
 */
export const bareProcess = async (url: string, data = ''): Promise<string> => {
  const script = `import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
    const client = EventStoreDBClient.connectionString('${url}');
    const data = {}; ${data}
    const appending = client.appendToStream('naive-${randomId()}', jsonEvent({ type: 'Tried', data }), { expectedRevision: 'no_stream' }).then(() => {}, () => {});
    await Promise.race([appending, new Promise((resolve) => setTimeout(resolve, 20_000))]);
    await new Promise((resolve) => setTimeout(resolve, 1_000)); process.exit(0);`;
  return run(process.execPath, ['--input-type=module', '--eval', script]).then(
    () => 'lives',
    (error: { stderr: string }) => error.stderr,
  );
};

/** What a call has come to after a while: most that hang do so for ever, and nobody can wait that long. */
export const after = async (ms: number, call: Promise<unknown>): Promise<'resolved' | 'rejected' | 'pending'> =>
  Promise.race([
    call.then(
      () => 'resolved' as const,
      () => 'rejected' as const,
    ),
    pause(ms).then(() => 'pending' as const),
  ]);

export const reasonOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
