import { within, type Asking, type Executor, type Moments, type Reach } from '#libs/commands';
import { FreeText, Id, Int, Query } from '#libs/fields';
import type { EventRegistry } from '#libs/kernel';
import { labelled, SearchTrail, searchTrail } from '#libs/trail';
import type { Views } from '#libs/views';
import { meeting } from './meeting.js';
import { noSuchMeeting } from './meetings.refusals.js';

/** Everything that was recorded of one meeting, newest first. */
export class MeetingHistory extends Query {
  @Id('The meeting.') meeting!: string;
  @Int('How many at most.', { min: 1, max: 200, default: 50 }) limit = 50;
  @FreeText('Goes on where an earlier answer ended.', { max: 60, optional: true }) cursor?: string;
}

/** The meeting's part of the trail, for whoever may see the meeting. */
export const meetingHistory = async (
  { meeting: id, limit, cursor, asOf }: MeetingHistory,
  { tenant, reach }: Asking & { readonly reach: Reach },
  executor: Executor,
  views: Views,
  moments: Moments,
  registry: EventRegistry,
) => {
  const { state } = await executor.reads(tenant).fold(meeting, id);
  if (state.status === 'none' || !within(reach, state.board)) throw noSuchMeeting();
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const search = Object.assign(new SearchTrail(), { stream: `${meeting.name}-${id}`, limit, ...(cursor !== undefined && { cursor }) });
  return labelled(await views.read(tenant, (read) => searchTrail(read, search), { at }), registry);
};
