import { within, type Asking, type Executor, type Moments, type Reach } from '#libs/commands';
import { FreeText, Id, Int, Query } from '#libs/fields';
import type { EventRegistry } from '#libs/kernel';
import { labelled, SearchTrail, searchTrail } from '#libs/trail';
import type { Views } from '#libs/views';
import { action as actions } from './action.js';
import { noSuchAction } from './action.refusals.js';

/** Everything that was recorded of one action, newest first. */
export class ActionHistory extends Query {
  @Id('The corrective action.') action!: string;
  @Int('How many at most.', { min: 1, max: 200, default: 50 }) limit = 50;
  @FreeText('Goes on where an earlier answer ended.', { max: 60, optional: true }) cursor?: string;
}

/** The action's part of the trail, for whoever may see the action. */
export const actionHistory = async (
  { action, limit, cursor, asOf }: ActionHistory,
  { tenant, reach }: Asking & { readonly reach: Reach },
  executor: Executor,
  views: Views,
  moments: Moments,
  registry: EventRegistry,
) => {
  const { state } = await executor.reads(tenant).fold(actions, action);
  if (state.status === 'none' || !within(reach, state.unit)) throw noSuchAction();
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const search = Object.assign(new SearchTrail(), { stream: `${actions.name}-${action}`, limit, ...(cursor !== undefined && { cursor }) });
  return labelled(await views.read(tenant, (read) => searchTrail(read, search), { at }), registry);
};
