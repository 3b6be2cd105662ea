import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { killProcesses } from '../../many/server-process.js';
import { movesBack } from '../../many/watched-moves.js';
import { auditLog } from '../audit-log.js';
import { auditLists, auditPages, auditRepeats } from '../audit-pages.js';
import { mails, reminders } from '../audit-reminders.js';
import { compareViews, putAside } from '../audit-views.js';
import type { TestOptions } from '../crash-test.js';
import type { LogRow } from '../database.js';
import { table, type Finding } from '../findings.js';
import { Random } from '../random.js';
import { BLOWS, LOG_BLOWS, strike, type Blow } from './blow.js';
import { ManyRun } from './many-run.js';

const REPEATS = 400;

export interface ManyOptions extends TestOptions {
  /** The log is in an EventStoreDB instead of PostgreSQL, and that is struck too. */
  readonly onEventStore: boolean;
}

/**
 * Two API processes and two workers, all of which are struck under load, again and again, and so are PostgreSQL and Redis; then what is there is
 * held against what was told.
 * @returns whether everything was as it must be
 */
export const runManyTest = async ({ folder, kills: rounds, seed, print, onEventStore }: ManyOptions): Promise<boolean> => {
  const began = performance.now();
  const random = new Random(seed);
  const run = await ManyRun.begin(folder, random, { onEventStore });
  const inTurn = onEventStore ? LOG_BLOWS.flatMap((one, nth) => [one, ...BLOWS.slice(nth * 2, nth * 2 + 2)]) : BLOWS;
  try {
    const blows: Blow[] = [];
    for (let nth = 0; nth < rounds; nth++) {
      const blow = inTurn[nth % inTurn.length] as Blow;
      await round(run, blow, random);
      blows.push(blow);
      if ((nth + 1) % 10 === 0) print(`${nth + 1} rounds, ${run.ledger.acknowledged.length} commands acknowledged, ${secondsSince(began)} s`);
    }
    await run.rest();
    const findings = await audit(run, blows, random);
    print(table(`Crash test, many processes: ${rounds} rounds in ${secondsSince(began)} s, seed ${seed}`, findings));
    return findings.every(({ deviations }) => deviations.length === 0);
  } finally {
    for (const member of run.members) await run.note(member);
    await killProcesses();
    await run.close();
  }
};

const secondsSince = (moment: number): number => Math.round((performance.now() - moment) / 1_000);

/** Clients work; something is struck and comes back; they work on; then, when all they have sent is known and followed up, the clock goes on. */
const round = async (run: ManyRun, blow: Blow, random: Random): Promise<void> => {
  const over = new AbortController();
  const loading = run.load(over.signal);
  await pause(random.between(400, 2_000));
  await strike(run, blow, random);
  await pause(random.between(300, 1_200));
  over.abort();
  await loading;
  await run.settle();
  await run.assertAlive();
  await run.followedUp();
  run.pass();
};

const audit = async (run: ManyRun, blows: readonly Blow[], random: Random): Promise<readonly Finding[]> => {
  const { acknowledged } = run.ledger;
  const { rows: log, told } = await run.log.read(acknowledged);
  const orders = run.officers.flatMap((officer) => officer.orders);
  const issued = new Map<string, number>();
  for (const { type, tenant } of log) if (type === 'ReminderIssued') issued.set(tenant, (issued.get(tenant) ?? 0) + 1);
  const findings = [
    ...(await struck(run, blows)),
    { what: 'commands acknowledged, and what else clients met', counted: acknowledged.length, deviations: run.surprises },
    { what: 'requests without a certain answer, asked again', counted: run.unanswered, deviations: [] },
    ...(await run.database((client) => auditLog(client, log, told))),
    ...reminders(told, log, run.clock.now()),
    ...auditMails(run, log),
    await auditLists(run.api, orders, issued),
    await auditPages(run.api, orders),
    await auditRepeats(
      run.api,
      acknowledged.filter(() => random.chance(REPEATS / acknowledged.length)),
    ),
  ];
  return [...findings, ...(await auditRebuild(run, log))];
};

/** What was struck, and that PostgreSQL itself says how often it recovered. */
const struck = async (run: ManyRun, blows: readonly Blow[]): Promise<readonly Finding[]> => {
  const said = await readFile(join(run.folder, 'data', 'postgres.log'), 'utf8');
  const recovered = said.match(/automatic recovery in progress/g)?.length ?? 0;
  const immediate = blows.filter(({ postgres }) => postgres === 'immediate').length;
  return [
    counted('API processes killed', sum(blows.map(({ apis }) => apis))),
    counted('workers killed', sum(blows.map(({ workers }) => workers))),
    counted('restarts of PostgreSQL, fast', blows.filter(({ postgres }) => postgres === 'fast').length),
    counted('restarts of PostgreSQL, immediate', immediate),
    {
      what: 'recoveries of PostgreSQL from its write-ahead log',
      counted: recovered,
      deviations: recovered === immediate ? [] : [`${immediate} immediate restarts, and ${recovered} recoveries`],
    },
    counted('EventStoreDB cut off, silent, or away', blows.filter(({ log }) => log).length),
    counted('Redis killed, and empty afterwards', blows.filter(({ redis }) => redis).length),
  ];
};

const counted = (what: string, count: number): Finding => ({ what, counted: count, deviations: [] });

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** A mail goes again only where it was never recorded that it had gone: whoever sent it was killed, or could not reach the database. */
const auditMails = ({ mail: { caught } }: ManyRun, log: readonly LogRow[]): readonly Finding[] => {
  const distinct = [...new Set(caught.map(({ messageId }) => messageId))];
  const known = caught.filter(({ wasRecorded }) => wasRecorded).map(({ messageId }) => `${messageId} went again though it was recorded as gone`);
  return [
    ...mails(log, distinct),
    { what: 'repeats of a Message-ID, since it was not recorded that it had gone', counted: caught.length - distinct.length, deviations: known },
  ];
};

/** The views that lived through it are those that are built anew; that brings nothing about and sends nothing again; and all end politely. */
const auditRebuild = async (run: ManyRun, log: readonly LogRow[]): Promise<readonly Finding[]> => {
  const codes: (number | null)[] = [];
  const workers = run.members.filter(({ kind }) => kind === 'worker');
  for (const { process } of workers) codes.push(await process.stop());
  const moves = await run.database(movesBack);
  await run.database(putAside);
  const sent = run.mail.caught.length;
  for (const worker of workers) await run.restart(worker);
  const head = await run.log.head();
  const rebuilt = await run.database((client) => compareViews(client, head));
  for (const { process } of run.members) codes.push(await process.stop());
  const more = (await run.log.read([])).rows.slice(log.length);
  return [
    { what: 'moves of checkpoints that go back', counted: moves.counted, deviations: moves.back.map((move) => JSON.stringify(move)) },
    ...rebuilt,
    { what: 'entries that the rebuild brought about', counted: log.length, deviations: more.map(({ type, position }) => `${type} at ${position}`) },
    { what: 'mails that the rebuild sent again', counted: sent, deviations: run.mail.caught.slice(sent).map(({ messageId }) => messageId) },
    { what: 'polite stops that went wrong', counted: codes.length, deviations: codes.filter((code) => code !== 0).map(String) },
  ];
};
