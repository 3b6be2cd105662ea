import { actionsView } from '#libs/actions';
import { obligationsView } from '#libs/audits';
import { sql, type Read } from '#libs/views';
import { repliesView } from './replies.view.js';

// What the reactions ask of the views: which objects an event concerns.

/** The boards whose replies to an audit are known. */
export const boardsThatReply =
  (audit: string) =>
  async (read: Read): Promise<readonly string[]> => {
    const rows = await read.query<{ board: string }>(sql`select board from ${read.rows(repliesView)} where audit = ${audit} order by key`);
    return rows.map(({ board }) => board);
  };

/** Replies that are awaited, and whose plan was counted with the calendar of one of the boards. */
export const countedWith =
  (boards: readonly string[]) =>
  async (read: Read): Promise<readonly string[]> => {
    const rows = await read.query<{ key: string }>(
      sql`select key from ${read.rows(repliesView)} where status = 'awaited' and calendars::jsonb ?| ${boards}::text[] order by key`,
    );
    return rows.map(({ key }) => key);
  };

/** The obligations that an audit has given rise to at a board. */
export const obligationsOf =
  (audit: string, board: string) =>
  async (read: Read): Promise<readonly string[]> => {
    const rows = await read.query<{ key: string }>(sql`select key from ${read.rows(obligationsView)} where audit = ${audit} and board = ${board} order by key`);
    return rows.map(({ key }) => key);
  };

/** The actions that a reply proposes, and nobody has promised yet. */
export const proposedBy =
  (reply: string) =>
  async (read: Read): Promise<readonly string[]> => {
    const rows = await read.query<{ key: string }>(sql`select key from ${read.rows(actionsView)} where reply = ${reply} and status = 'proposed' order by key`);
    return rows.map(({ key }) => key);
  };
