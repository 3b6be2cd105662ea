import type { Moved, MovingLog } from '#libs/event-log';
import type { CarriedReactions } from '#libs/reactions';

/** What a move is told by, beside what came of it. */
export interface Report {
  readonly from: string;
  readonly to: string;
  readonly source: MovingLog;
  readonly target: MovingLog;
  /** By the monotonic clock. */
  readonly began: number;
  /** Left undefined where nothing was carried over. */
  carried: { readonly reactions: CarriedReactions; readonly answers: number } | undefined;
}

/** What an operator is told of a move, or a program. */
export const saysCopied = (report: Report, moved: Moved, json: boolean): string =>
  json ? `${JSON.stringify(asJson(report, moved))}\n` : asText(report, moved);

const asJson = ({ from, to, source, target, began, carried }: Report, moved: Moved) => {
  const { outcome, entries, put, streams, tenants, sha256 } = moved;
  return {
    outcome,
    entries,
    put,
    streams,
    tenants: Object.fromEntries(tenants),
    source: { log: from, id: source.id, position: moved.source.toString(), sha256: sha256.source },
    target: { log: to, id: target.id, position: moved.target.toString(), sha256: sha256.target },
    seconds: secondsSince(began),
    ...(carried && { reactions: carried.reactions, answers: carried.answers }),
  };
};

const asText = (report: Report, moved: Moved): string => {
  const { from, to, source, target, carried } = report;
  const { entries, put, streams, tenants, sha256 } = moved;
  const lines = [
    `${entries} entries of ${streams} streams are the same in ${from} (log ${source.id}) and in ${to} (log ${target.id}), each compared; ${put} were put there now, in ${secondsSince(report.began)} s.`,
    ...[...tenants].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([tenant, count]) => `  ${tenant}: ${count}`),
    `SHA-256 over their texts, a line feed after each: ${sha256.source} in ${from}, ${sha256.target} in ${to}.`,
  ];
  if (carried) {
    lines.push(`${carried.reactions.carried.length} reactions go on where they stood, and ${carried.answers} answers kept for repeats hold good.`);
    if (carried.reactions.left.length > 0)
      lines.push(`These stand in neither of the two logs, and are left as they are: ${carried.reactions.left.join(', ')}.`);
  }
  return [...lines, whatNext(report, moved), ''].join('\n');
};

const whatNext = ({ from, to }: Report, { outcome }: Moved): string => {
  switch (outcome) {
    case 'moved':
      return `The log is in ${to} now, and closed in ${from}. Start every process with EVENT_LOG=${to}: views are built anew, and until they are nothing is ready. Positions and cursors given out before are refused.`;
    case 'moved before':
      return `It was moved before, and is in use in ${to}: EVENT_LOG=${to}.`;
    case 'copied':
      return `The log in ${from} stays in use. Run this again without --ahead to move it: only what came since is copied while nobody can append, and processes that still run end by themselves.`;
    case 'stopped':
      return 'Stopped before the end. Run it again to go on.';
  }
};

const secondsSince = (began: number): number => Math.round((performance.now() - began) / 10) / 100;
