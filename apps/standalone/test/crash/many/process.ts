import '../../../../api/src/process/require-node.js';
import { readSettings } from '#libs/settings';
import { runMain } from '../../../../api/src/process/run-main.js';
import { startApi } from '../../../../api/src/start-api.js';
import { startWorker } from '../../../../worker/src/start-worker.js';
import { SharedClock } from './shared-clock.js';

// A process of the server profile as its own main starts it, but for its clock, the limits on rates and how often the timers look.
// Usage: process.js api|worker <file of the clock>.
const [kind, file = ''] = process.argv.slice(2);
const settings = readSettings(process.env, []);
const clock = new SharedClock(file);
const MANY = 1_000_000;

if (kind === 'api') await runMain((around) => startApi(settings, around, { clock, rates: { perUser: MANY, perTenant: MANY } }));
else await runMain((around) => startWorker(settings, around, { clock, timers: { sweepEveryMs: 2_000, reconcileEveryMs: 1_000 } }));
