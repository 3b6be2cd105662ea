import '../../api/src/process/require-node.js';
import { runMain } from '../../api/src/process/run-main.js';
import { readSettings } from '#libs/settings';
import { startWorker } from './start-worker.js';

await runMain((surroundings) => startWorker(readSettings(process.env, process.argv.slice(2)), surroundings));
