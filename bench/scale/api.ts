// The process that serves people, as it is, but for the limits on rates.
import { runMain } from '../../apps/api/src/process/run-main.js';
import { startApi } from '../../apps/api/src/start-api.js';
import { readSettings } from '#libs/settings';

const unlimited = { perUser: 1e9, perTenant: 1e9 };
await runMain((surroundings) => startApi(readSettings(process.env, []), surroundings, { rates: unlimited }));
