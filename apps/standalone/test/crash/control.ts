import { auditLog } from './audit-log.js';
import { CrashRun } from './crash-run.js';
import { readLog, withDatabase } from './database.js';
import { Random } from './random.js';
import { strikeOf, type Aim } from './strike.js';

/** A fault that must be seen: by which deviation, and how to strike so that it shows. */
interface Control {
  readonly sees: string;
  readonly aims: readonly Aim[];
  readonly withPostgres: boolean;
}

const controls: ReadonlyMap<string, Control> = new Map([
  ['answer-early', { sees: 'acknowledged and lost', aims: ['answer'], withPostgres: false }],
  ['ignore-cmd', { sees: 'recorded twice', aims: ['answer', 'load'], withPostgres: false }],
  ['async-commit', { sees: 'acknowledged and lost', aims: ['answer'], withPostgres: true }],
]);
export const CONTROLS: readonly string[] = [...controls.keys()];

const KILLS_MAX = 15;
/** How many kills are made before it is looked what came of them. */
const KILLS_AT_ONCE = 3;

/**
 * The same test with one faulty part.
 * @returns whether the fault was seen, by the deviation that it must bring about
 */
export const runControl = async (
  name: string,
  { folder, seed, print }: { readonly folder: string; readonly seed: number; readonly print: (text: string) => void },
): Promise<boolean> => {
  const control = controls.get(name);
  if (!control) throw new RangeError(`There is no control ${name}.`);
  const random = new Random(seed);
  const run = await CrashRun.begin(folder, random, name);
  for (let nth = 0; nth < KILLS_MAX; nth++) {
    const strike = strikeOf(nth, random, control.aims);
    await run.round({ ...strike, afterMs: 0, ...(control.withPostgres && { victims: 'postgres-then-process' }) });
    if ((nth + 1) % KILLS_AT_ONCE !== 0) continue;
    const { instance } = await run.rest();
    const findings = await withDatabase(run.data, async (client) => auditLog(client, await readLog(client), run.ledger.acknowledged));
    await instance.stop();
    const seen = findings.find(({ what }) => what === control.sees)?.deviations ?? [];
    if (seen.length > 0) {
      print(`Control ${name}: seen after ${nth + 1} kills, ${seen.length} × ${control.sees} of ${run.ledger.acknowledged.length}, such as ${seen[0]}.`);
      await run.ledger.close();
      return true;
    }
  }
  print(`Control ${name}: NOT SEEN in ${KILLS_MAX} kills. The test is blind to ${control.sees}.`);
  return false;
};
