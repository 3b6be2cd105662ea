import '../../../api/src/process/require-node.js';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONTROLS, runControl } from './control.js';
import { runTest } from './crash-test.js';
import { runManyTest } from './many/many-test.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    control: { type: 'string', multiple: true },
    /** Two API processes and two workers on one PostgreSQL and one Redis, instead of one instance. */
    many: { type: 'boolean', default: false },
    /** With --many: the log is in an EventStoreDB. */
    eventstoredb: { type: 'boolean', default: false },
    /** Leaves data, ledger and what the instances said where they are. */
    keep: { type: 'boolean', default: false },
  },
});
const print = (text: string) => void process.stdout.write(`${text}\n`);
const [kills, seed] = [Number(values.kills), Number(values.seed)];
const controls = values.control ?? CONTROLS;
const unknown = controls.find((name) => !CONTROLS.includes(name));
if (unknown !== undefined || !Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  print(`Usage: npm run test:crash -- [--many [--eventstoredb]] [--kills 100] [--seed 1] [--keep] [--control ${CONTROLS.join('|')}]`);
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'uppsikt-crash-'));
await chmod(folder, 0o755);
const results: boolean[] = [];
try {
  if (values.many) results.push(await runManyTest({ folder: join(folder, 'many'), kills, seed, print, onEventStore: values.eventstoredb }));
  else if (!values.control) results.push(await runTest({ folder: join(folder, 'test'), kills, seed, print }));
  for (const control of values.many ? [] : controls) results.push(await runControl(control, { folder: join(folder, control), seed, print }));
} finally {
  if (values.keep || results.length === 0 || results.includes(false)) print(`What was found can be looked at in ${folder}.`);
  else await rm(folder, { recursive: true, force: true });
}
process.exit(results.includes(false) ? 1 : 0);
