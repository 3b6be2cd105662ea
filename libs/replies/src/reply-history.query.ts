import type { Asking, Executor, Moments, Reach } from '#libs/commands';
import { FreeText, Id, Int, Query } from '#libs/fields';
import type { EventRegistry } from '#libs/kernel';
import { labelled, SearchTrail, searchTrail } from '#libs/trail';
import type { Views } from '#libs/views';
import { concerns } from './reply-by-id.query.js';
import { reply } from './reply.js';
import { noSuchReply } from './reply.refusals.js';

/** Everything that was recorded of one reply, newest first. */
export class ReplyHistory extends Query {
  @Id('The reply.') reply!: string;
  @Int('How many at most.', { min: 1, max: 200, default: 50 }) limit = 50;
  @FreeText('Goes on where an earlier answer ended.', { max: 60, optional: true }) cursor?: string;
}

/** The reply’s part of the trail, for whoever may see the reply. */
export const replyHistory = async (
  { reply: id, limit, cursor, asOf }: ReplyHistory,
  { tenant, reach }: Asking & { readonly reach: Reach },
  executor: Executor,
  views: Views,
  moments: Moments,
  registry: EventRegistry,
) => {
  const { state } = await executor.reads(tenant).fold(reply, id);
  if (state.status === 'none' || !concerns(reach, state)) throw noSuchReply();
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const search = Object.assign(new SearchTrail(), { stream: `${reply.name}-${id}`, limit, ...(cursor !== undefined && { cursor }) });
  return labelled(await views.read(tenant, (read) => searchTrail(read, search), { at }), registry);
};
