import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CrashRun, Kill } from './crash-run.js';
import type { LogRow } from './database.js';
import type { Finding } from './findings.js';
import { AIMS } from './strike.js';

/** So many kills that some must have fallen where they were aimed. */
const MANY = 20;

/** Replacements that were recorded before the kill in the one stream, and only after it in the other. */
const splitBy = ({ headAfter = 0 }: Kill, log: readonly LogRow[], sentAt: ReadonlyMap<unknown, number>): number =>
  log.filter(({ type, position, entry }) => type === 'ServiceOrderReplaced' && position > headAfter && (sentAt.get(entry.data['by']) ?? Infinity) <= headAfter)
    .length;

/** PostgreSQL itself says that it was killed and recovered, each time; one that was killed while it started may have had nothing to recover. */
const recoveries = async ({ data, kills }: CrashRun): Promise<Finding> => {
  const said = await Promise.all(['postgres.log.old', 'postgres.log'].map((name) => readFile(join(data, name), 'utf8').catch(() => '')));
  const recovered = said.join('').match(/automatic recovery in progress/g)?.length ?? 0;
  const killed = kills.filter(({ strike, hadServer }) => hadServer && strike.aim !== 'start').length;
  const deviations = recovered < killed ? [`${killed} servers were killed, and ${recovered} recovered`] : [];
  return { what: 'recoveries of PostgreSQL from its write-ahead log', counted: recovered, deviations };
};

/** What the kills fell upon: a test that hits nothing proves nothing. */
export const auditKills = async (run: CrashRun, log: readonly LogRow[]): Promise<readonly Finding[]> => {
  const { kills } = run;
  const sentAt = new Map(log.flatMap(({ type, entry, position }) => (type === 'ServiceOrderSent' ? [[entry.data['orderId'], position] as const] : [])));
  const recordedAt = new Map(log.map(({ entry, position }) => [entry.cmd, position]));
  const unanswered = kills.flatMap(({ unanswered: sent, headAfter = 0 }) => sent.map(({ command }) => (recordedAt.get(command) ?? Infinity) <= headAfter));
  const counted = (what: string, count: number, must = false): Finding => {
    const deviations = must && count === 0 && kills.length >= MANY ? [`none of ${kills.length} kills`] : [];
    return { what, counted: count, deviations };
  };
  return [
    ...AIMS.map((aim) => counted(`kills aimed at: ${aim}`, kills.filter(({ strike }) => strike.aim === aim).length)),
    counted('kills that took PostgreSQL along', kills.filter(({ hadServer }) => hadServer).length, true),
    await recoveries(run),
    counted('kills between the two streams of a replacement', kills.filter((kill) => splitBy(kill, log, sentAt) > 0).length, true),
    counted('commands unanswered at a kill', unanswered.length, true),
    counted('of these, recorded already', unanswered.filter(Boolean).length, true),
  ];
};
