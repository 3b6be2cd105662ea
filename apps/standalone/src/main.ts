import '../../api/src/process/require-node.js';
import { runMain } from '../../api/src/process/run-main.js';
import { readSettings } from '#libs/settings';
import { startStandalone } from './standalone.js';

await runMain(
  async (surroundings) => {
    const instance = await startStandalone(readSettings(process.env, process.argv.slice(2)), surroundings);
    return { says: `Uppsikt: ${instance.address}/api/docs`, stop: () => instance.stop() };
  },
  { stopMs: 60_000 },
); // PostgreSQL writes everything down before it ends
