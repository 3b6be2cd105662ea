import { within, type Asking, type Executor, type Moments, type Reach } from '#libs/commands';
import { FreeText, Id, Int, Query } from '#libs/fields';
import type { EventRegistry } from '#libs/kernel';
import { labelled, SearchTrail, searchTrail } from '#libs/trail';
import type { Views } from '#libs/views';
import { noSuchOrder } from './order.refusals.js';
import { order } from './order.js';

/** Everything that was recorded of one order, newest first. */
export class OrderHistory extends Query {
  @Id('The order.') orderId!: string;
  @Int('How many at most.', { min: 1, max: 200, default: 50 }) limit = 50;
  @FreeText('Goes on where an earlier answer ended.', { max: 60, optional: true }) cursor?: string;
}

/** The order's part of the trail, for whoever may see the order. */
export const orderHistory = async (
  { orderId, limit, cursor, asOf }: OrderHistory,
  { tenant, reach }: Asking & { readonly reach: Reach },
  executor: Executor,
  views: Views,
  moments: Moments,
  registry: EventRegistry,
) => {
  const { state } = await executor.reads(tenant).fold(order, orderId);
  if (state.status === 'none' || !within(reach, state.unit)) throw noSuchOrder();
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const search = Object.assign(new SearchTrail(), { stream: `${order.name}-${orderId}`, limit, ...(cursor !== undefined && { cursor }) });
  return labelled(await views.read(tenant, (read) => searchTrail(read, search), { at }), registry);
};
