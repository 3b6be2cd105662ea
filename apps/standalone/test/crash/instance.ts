import '../../../api/src/process/require-node.js';
import { readSettings } from '#libs/settings';
import { startStandalone } from '../../src/standalone.js';
import { FAULTS } from './faults.js';

/**
 * The product as `npm start` starts it, for the crash test: nobody's requests are counted, the end of the log is told before anything is
 * followed up, and, for a control, one part is faulty. Usage: instance.js <fault> --test-clock <instant>.
 */
const [fault = 'none', ...argv] = process.argv.slice(2);
const replace = FAULTS.get(fault);
if (!replace) throw new RangeError(`There is no fault ${fault}.`);

const say = (line: string) => void process.stdout.write(`${line}\n`);
const over = Promise.withResolvers<void>();
process.once('SIGTERM', () => over.resolve());

const MANY = 1_000_000;
const instance = await startStandalone(readSettings(process.env, argv), {
  say,
  lost: (why) => over.reject(why),
  rates: { perUser: MANY, perTenant: MANY },
  anotherLog: async (log, url) => {
    say(`head ${await log.head()}`);
    return replace(log, url);
  },
});
try {
  say(`serving ${instance.address}`);
  await over.promise;
} finally {
  await instance.stop();
}
process.exit();
