import './process/require-node.js';
import { runMain } from './process/run-main.js';
import { readSettings } from '#libs/settings';
import { startApi } from './start-api.js';

await runMain((surroundings) => startApi(readSettings(process.env, process.argv.slice(2)), surroundings));
