import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogRow } from './database.js';
import type { Finding } from './findings.js';
import type { Acknowledged } from './ledger.js';
import { missedAt, planDueOn, remindersOf } from './reminder-oracle.js';

/** One wait for a plan, as the clients brought it about. */
interface Wait {
  readonly name: string;
  readonly dueOn: string;
  /** When it was recorded that nothing is awaited any more; the end of the run where it goes on. */
  readonly endedAt: string;
  readonly goesOn: boolean;
}

/** The waits of each order, in their order: from what was acknowledged, with the moment that the log says each was recorded at. */
const waitsOf = (ledger: readonly Acknowledged[], log: readonly LogRow[], now: string): ReadonlyMap<string, readonly Wait[]> => {
  const at = new Map(log.map(({ position, entry }) => [position, entry.at]));
  const replacedAt = new Map(log.flatMap(({ type, stream, entry }) => (type === 'ServiceOrderReplaced' ? [[stream, entry.at] as const] : [])));
  const waits = new Map<string, Wait[]>();
  for (const { sent, id, position } of ledger.toSorted((a, b) => a.position - b.position)) {
    const stream = `order-${id}`;
    const own = waits.get(stream) ?? [];
    waits.set(stream, own);
    const begins = sent.kind === 'return' ? String(sent.body['awaitedOn']) : 'sentOn' in sent.body ? planDueOn(String(sent.body['sentOn'])) : undefined;
    if (begins !== undefined)
      own.push({ name: `wait ${own.length} of ${stream}`, dueOn: begins, endedAt: replacedAt.get(stream) ?? now, goesOn: !replacedAt.has(stream) });
    const last = own.at(-1);
    if (sent.kind === 'plan' && last) own[own.length - 1] = { ...last, endedAt: at.get(position) ?? now, goesOn: false };
  }
  return waits;
};

interface Handled {
  readonly issued: readonly string[];
  readonly suppressed: readonly string[];
  readonly missed: number;
}

/** What the log holds of one deadline: each reminder in words, with its moment where it was issued. */
const handled = (rows: readonly LogRow[]): Handled => ({
  issued: rows.flatMap(({ type, entry: { data } }) =>
    type === 'ReminderIssued' ? [`${String(data['rung'])} ${String(data['occurrence'])} of ${String(data['dueAt'])}`] : [],
  ),
  suppressed: rows.flatMap(({ type, entry: { data } }) => {
    const ranges = type === 'RemindersSuppressed' ? (data['reminders'] as readonly { rung: string; first: number; last: number }[]) : [];
    return ranges.flatMap(({ rung, first, last }) => Array.from({ length: last - first + 1 }, (_, n) => `${rung} ${first + n}`));
  }),
  missed: rows.filter(({ type }) => type === 'DeadlineMissed').length,
});

const times = (words: readonly string[], one: string): number => words.filter((other) => other === one).length;

/**
 * Every reminder that fell due was issued or suppressed, once; none that did not.
 * @param now where the clock stood when everything had come to rest
 */
export const reminders = (ledger: readonly Acknowledged[], log: readonly LogRow[], now: string): readonly Finding[] => {
  const deadlines = Map.groupBy(
    log.filter(({ stream, entry }) => stream.startsWith('order-') && entry.data['deadline'] !== undefined),
    ({ stream }) => stream,
  );
  const [wrong, missed]: [string[], string[]] = [[], []];
  let [due, waiting] = [0, 0];
  for (const [stream, waits] of waitsOf(ledger, log, now)) {
    const byDeadline = [...Map.groupBy(deadlines.get(stream) ?? [], ({ entry }) => String(entry.data['deadline'])).values()];
    if (byDeadline.length !== waits.length) wrong.push(`${stream} has ${byDeadline.length} waits, not ${waits.length}`);
    for (const [index, wait] of waits.entries()) {
      const found = handled(byDeadline[index] ?? []);
      const expected = remindersOf(wait.dueOn).filter(({ at }) => at <= wait.endedAt);
      const names = expected.map(({ rung, occurrence, at }) => [`${rung} ${occurrence}`, `${rung} ${occurrence} of ${at}`] as const);
      due += names.length;
      for (const [name, ofMoment] of names) {
        const count = times(found.issued, ofMoment) + times(found.suppressed, name);
        if (count !== 1) wrong.push(`${wait.name}: ${ofMoment} was issued or suppressed ${count} times`);
      }
      const surplus = found.issued.length + found.suppressed.length - names.length;
      if (surplus > 0) wrong.push(`${wait.name}: ${surplus} more than fell due by ${wait.endedAt}`);
      const isOver = wait.goesOn && missedAt(wait.dueOn) <= now;
      if (isOver) waiting++;
      if (isOver && found.missed !== 1) missed.push(`${wait.name}, due ${wait.dueOn}: called missed ${found.missed} times`);
    }
  }
  return [
    { what: 'reminders due: not issued or suppressed just once', counted: due, deviations: wrong },
    { what: 'days passed in vain: not called missed just once', counted: waiting, deviations: missed },
  ];
};

const twice = (words: readonly string[]): string[] =>
  [...Map.groupBy(words, (word) => word)].flatMap(([word, all]) => (all.length > 1 ? [`${word}, ${all.length} times`] : []));
const without = (words: readonly string[], others: readonly string[]): string[] => [...new Set(words).difference(new Set(others))];

/** The Message-IDs of reminders that were issued, and of those that were recorded as taken by a mail server. */
const messageIds = (log: readonly LogRow[]) => ({
  issued: log.flatMap(({ type, tenant, entry }) => (type === 'ReminderIssued' ? [`${String(entry.data['reminder'])}@${tenant}.uppsikt`] : [])),
  accepted: log.flatMap(({ type, tenant, stream }) => (type === 'MailAccepted' ? [`${stream.slice('mail-'.length)}@${tenant}.uppsikt`] : [])),
});

/**
 * Each reminder that was issued went out as mail, under its own Message-ID and no other, and that is recorded once.
 * @param ids the Message-IDs of the mails that went
 */
export const mails = (log: readonly LogRow[], ids: readonly string[]): readonly Finding[] => {
  const { issued, accepted } = messageIds(log);
  return [
    { what: 'reminders issued: twice', counted: issued.length, deviations: twice(issued) },
    {
      what: 'Message-IDs: of no reminder, missing, or twice',
      counted: new Set(ids).size,
      deviations: [...without(ids, issued), ...without(issued, ids), ...twice(ids)],
    },
    { what: 'mails accepted: missing, or recorded twice', counted: accepted.length, deviations: [...without(issued, accepted), ...twice(accepted)] },
  ];
};

const inFolder = async (outbox: string): Promise<readonly string[]> => {
  const files = (await readdir(outbox).catch(() => [])).filter((name) => name.endsWith('.eml') && !name.startsWith('.'));
  const ids: string[] = [];
  for (const name of files) ids.push(/^Message-ID: <(.+)>/im.exec(await readFile(join(outbox, name), 'utf8'))?.[1] ?? `none in ${name}`);
  return ids;
};

/** @param now where the clock stood when everything had come to rest */
export const auditReminders = async (ledger: readonly Acknowledged[], log: readonly LogRow[], now: string, outbox: string): Promise<readonly Finding[]> => [
  ...reminders(ledger, log, now),
  ...mails(log, await inFolder(outbox)),
];
