import { hash } from 'node:crypto';
import { auditsView, obligationsView, recommendationsView } from '#libs/audits';
import type { Executor, Moments, Need, Streams } from '#libs/commands';
import type { Position } from '#libs/event-log';
import type { Instant } from '#libs/kernel';
import { organisationThen, registerOf } from '#libs/organisation';
import { entryAt, trailEntry } from '#libs/trail';
import { sql, type Views } from '#libs/views';
import type { DecideStatusReport, ShownNow } from './decide-status-report.js';
import { statusContent, type StatusContent } from './status-content.js';
import { statusReport, type StatusReport } from './status-report.js';

type Begun = Exclude<StatusReport, { status: 'none' }>;

/** A moment, and where the log stood at it. */
export interface Moment {
  readonly asOf: Instant;
  readonly at: Position;
}

/** More than any board has been recommended. */
const MOST = 50_000;

/** What a report shows of what was recorded up to a moment, and its hash: the same rows give the same. */
export const shownAt = async (tenant: string, report: Begun, moment: Moment, views: Views, executor: Executor, streams: Streams) => {
  const register = registerOf(await organisationThen(tenant, moment, executor, streams));
  const units = register.predecessorsOf(report.board, report.asOf);
  const content = await views.read(
    tenant,
    async (read) => {
      const rows = await read.page(obligationsView, { where: sql`unit = any(${units})`, order: sql`key`, limit: MOST });
      const of = (ids: readonly string[]) => ({ where: sql`key = any(${[...new Set(ids)]})`, order: sql`key`, limit: MOST });
      const audits = await read.page(auditsView, of(rows.map(({ audit }) => audit)));
      const recommendations = await read.page(recommendationsView, of(rows.map(({ recommendation }) => recommendation)));
      const byId = new Map(audits.map((audit) => [audit.key, audit]));
      const wordings = new Map(recommendations.map(({ key, wording }) => [key, wording]));
      return statusContent(rows, report.asOf, {
        audit: (id) => byId.get(id),
        wording: (id) => wordings.get(id),
        name: (board) => register.unit(board)?.name ?? board,
      });
    },
    { at: moment.at },
  );
  return { content, sha256: hashOf(report, content) };
};

const hashOf = ({ board, kind, asOf, text = '' }: Begun, { counts, rows }: StatusContent): string =>
  hash('sha256', JSON.stringify({ board, kind, asOf, text, counts, rows }));

/** What a decision on a report freezes: all that is recorded when it is recorded. */
export const shownNow =
  (views: Views, moments: Moments, executor: Executor, streams: Streams): Need<DecideStatusReport, ShownNow | undefined> =>
  async (reads, { report: id }, { tenant, now }) => {
    const { state } = await reads.fold(statusReport, id);
    if (state.status === 'none') return { value: undefined };
    const at = await moments.positionAt(tenant, now);
    const last = await views.read(tenant, (read) => entryAt(read, at));
    if (!last) throw new TypeError(`Nothing is recorded at ${at} of ${tenant}, though ${id} is.`);
    const { content, sha256 } = await shownAt(tenant, state, { asOf: now, at }, views, executor, streams);
    return { value: { upTo: { entry: last.id, at: last.recorded }, sha256, obligations: content.rows.length } };
  };

/** The moment that a report is frozen at. */
export const frozenAt = async (tenant: string, { entry, at }: ShownNow['upTo'], views: Views): Promise<Moment> => {
  const found = await views.read(tenant, (read) => trailEntry(read, entry));
  if (!found) throw new TypeError(`The entry ${entry}, up to which a report of ${tenant} tells, is not in the trail.`);
  return { asOf: at, at: found.position };
};
