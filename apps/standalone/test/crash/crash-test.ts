import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { auditKills } from './audit-kills.js';
import { auditLog } from './audit-log.js';
import { auditLists, auditPages, auditRepeats } from './audit-pages.js';
import { auditReminders } from './audit-reminders.js';
import { auditViews, putViewsAside } from './audit-views.js';
import { CrashRun } from './crash-run.js';
import { readLog, withDatabase } from './database.js';
import { table, type Finding } from './findings.js';
import { Random } from './random.js';
import { MIXED, strikeOf } from './strike.js';

export interface TestOptions {
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  readonly print: (text: string) => void;
}

const REPEATS = 400;

/**
 * Kills an instance under load, again and again; then holds what is there against what was told.
 * @returns whether everything was as it must be
 */
export const runTest = async ({ folder, kills, seed, print }: TestOptions): Promise<boolean> => {
  const began = performance.now();
  const random = new Random(seed);
  const run = await CrashRun.begin(folder, random, 'none');
  for (let nth = 0; nth < kills; nth++) {
    await run.round(strikeOf(nth, random, MIXED));
    if ((nth + 1) % 10 === 0) print(`${nth + 1} kills, ${run.ledger.acknowledged.length} commands acknowledged, ${secondsSince(began)} s`);
  }
  const findings = await audit(run, random);
  print(table(`Crash test: ${run.kills.length} kills in ${secondsSince(began)} s, seed ${seed}`, findings));
  await run.ledger.close();
  return findings.every(({ deviations }) => deviations.length === 0);
};

const secondsSince = (moment: number): number => Math.round((performance.now() - moment) / 1_000);

/** Everything is looked at: as people see it, as it lies in the tables, and once more after the views were built anew. */
const audit = async (run: CrashRun, random: Random): Promise<readonly Finding[]> => {
  const { acknowledged } = run.ledger;
  const first = await run.rest();
  const log = await withDatabase(run.data, readLog);
  const orders = run.officers.flatMap((officer) => officer.orders);
  const issued = new Map<string, number>();
  for (const { type, tenant } of log) if (type === 'ReminderIssued') issued.set(tenant, (issued.get(tenant) ?? 0) + 1);
  const findings = [
    ...(await auditKills(run, log)),
    { what: 'commands acknowledged, and what else clients met', counted: acknowledged.length, deviations: run.surprises },
    ...(await withDatabase(run.data, (client) => auditLog(client, log, acknowledged))),
    ...(await auditReminders(acknowledged, log, run.clock, join(run.data, 'outbox'))),
    await auditLists(first.api, orders, issued),
    await auditPages(first.api, orders),
    await auditRepeats(
      first.api,
      acknowledged.filter(() => random.chance(REPEATS / acknowledged.length)),
    ),
  ];
  const codes = [await first.instance.stop()];
  const outbox = await sentOf(run);
  await putViewsAside(run.data);
  const instance = run.start();
  await instance.address;
  const rebuilt = await auditViews(run.data, log.length);
  const more = (await withDatabase(run.data, readLog)).slice(log.length);
  codes.push(await instance.stop());
  const sent = await sentOf(run);
  return [
    ...findings,
    ...rebuilt,
    { what: 'entries that the rebuild brought about', counted: log.length, deviations: more.map(({ type, position }) => `${type} at ${position}`) },
    { what: 'mails that the rebuild sent again', counted: sent.size, deviations: [...sent].flatMap(([name, at]) => (outbox.get(name) === at ? [] : [name])) },
    { what: 'polite stops that went wrong', counted: codes.length, deviations: codes.filter((code) => code !== 0).map(String) },
  ];
};

/** When each mail was written last. */
const sentOf = async ({ data }: CrashRun): Promise<ReadonlyMap<string, number>> => {
  const folder = join(data, 'outbox');
  const names = await readdir(folder).catch(() => []);
  return new Map(await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).mtimeMs] as const)));
};
