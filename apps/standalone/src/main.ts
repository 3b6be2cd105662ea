import './require-node.js';
import { MigrationRefused, NotDurable } from '#libs/database';
import { DocumentsUnavailable } from '#libs/documents';
import { readSettings, SettingsError } from '#libs/settings';
import { KeyFileError } from '#libs/vault';
import { startStandalone } from './standalone.js';
import { startErrorLine } from './start-error.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);
/** One clear line where it is known what to mend; else everything there is. */
const fail = (error: unknown) => {
  const line = startErrorLine(error, SettingsError, KeyFileError, NotDurable, MigrationRefused, DocumentsUnavailable);
  process.stderr.write(`${line ?? ((error as Error).stack || String(error))}\n`);
  process.exitCode = 1;
};

const stopping = Promise.withResolvers<void>();
const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    asked.abort();
    stopping.resolve();
  });
}

try {
  const settings = readSettings(process.env, process.argv.slice(2));
  const instance = await startStandalone(settings, { say, lost: (why) => stopping.reject(why), signal: asked.signal });
  try {
    say(`Uppsikt: ${instance.address}/api/docs`);
    await stopping.promise;
  } finally {
    await instance.stop();
  }
} catch (error) {
  if (error !== asked.signal.reason) fail(error); // being asked to end is none
}
process.exit(); // a pool of some library may keep a timer; everything of ours has been closed
