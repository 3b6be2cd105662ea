import { type Asking, type Executor, type Moments, type Reach, within } from '#libs/commands';
import { FreeText, Id, Int, Query } from '#libs/fields';
import type { EventRegistry } from '#libs/kernel';
import { labelled, SearchTrail, searchTrail } from '#libs/trail';
import type { Views } from '#libs/views';
import { showsAudit } from './audit-by-id.query.js';
import { audit as auditStream } from './audit.js';
import { noSuchAudit } from './audit.refusals.js';
import { boardOfObligation, obligation as obligationStream } from './obligation.js';
import { noSuchObligation } from './obligation.refusals.js';

/** A part of the trail, a page at a time. */
class HistoryQuery extends Query {
  @Int('How many at most.', { min: 1, max: 200, default: 50 }) limit = 50;
  @FreeText('Goes on where an earlier answer ended.', { max: 60, optional: true }) cursor?: string;
}

/** Everything that was recorded of one audit, newest first. */
export class AuditHistory extends HistoryQuery {
  @Id('The audit.') audit!: string;
}

/** Everything that was recorded of one obligation, newest first. */
export class ObligationHistory extends HistoryQuery {
  @Id('The obligation.') obligation!: string;
}

type Sources = readonly [executor: Executor, views: Views, moments: Moments, registry: EventRegistry];

const recordedOf = async (stream: string, { limit, cursor, asOf }: HistoryQuery, tenant: string, [, views, moments, registry]: Sources) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const search = Object.assign(new SearchTrail(), { stream, limit, ...(cursor !== undefined && { cursor }) });
  return labelled(await views.read(tenant, (read) => searchTrail(read, search), { at }), registry);
};

/** The audit’s part of the trail, for whoever may see the audit. */
export const auditHistory = async (query: AuditHistory, { tenant, reach }: Asking & { readonly reach: Reach }, ...sources: Sources) => {
  const { state } = await sources[0].reads(tenant).fold(auditStream, query.audit);
  if (state.status === 'none' || !showsAudit(state, reach)) throw noSuchAudit();
  return recordedOf(`${auditStream.name}-${query.audit}`, query, tenant, sources);
};

/** The obligation’s part of the trail, for whoever may see the obligation. */
export const obligationHistory = async (query: ObligationHistory, { tenant, reach }: Asking & { readonly reach: Reach }, ...sources: Sources) => {
  const { state } = await sources[0].reads(tenant).fold(obligationStream, query.obligation);
  if (state.status === 'none' || !within(reach, boardOfObligation(state) ?? state.board)) throw noSuchObligation();
  return recordedOf(`${obligationStream.name}-${query.obligation}`, query, tenant, sources);
};
