import type { Asking, Executor, Moments, Reach } from '#libs/commands';
import { FreeText, Id, Int, Query } from '#libs/fields';
import type { EventRegistry } from '#libs/kernel';
import { labelled, SearchTrail, searchTrail } from '#libs/trail';
import type { Views } from '#libs/views';
import { assertWithin } from './agreement-by-id.query.js';
import { agreement } from './agreement.js';

/** Everything that was recorded of one agreement, newest first. */
export class AgreementHistory extends Query {
  @Id('The agreement.') agreement!: string;
  @Int('How many at most.', { min: 1, max: 200, default: 50 }) limit = 50;
  @FreeText('Goes on where an earlier answer ended.', { max: 60, optional: true }) cursor?: string;
}

/** The agreement's part of the trail, for its parties. */
export const agreementHistory = async (
  { agreement: id, limit, cursor, asOf }: AgreementHistory,
  { tenant, reach }: Asking & { readonly reach: Reach },
  executor: Executor,
  views: Views,
  moments: Moments,
  registry: EventRegistry,
) => {
  const { state } = await executor.reads(tenant).fold(agreement, id);
  assertWithin(state, reach);
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const search = Object.assign(new SearchTrail(), { stream: `${agreement.name}-${id}`, limit, ...(cursor !== undefined && { cursor }) });
  return labelled(await views.read(tenant, (read) => searchTrail(read, search), { at }), registry);
};
