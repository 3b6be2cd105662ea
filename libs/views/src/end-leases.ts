import type { Pool } from 'pg';
import { prepareViews } from './schema.js';

/**
 * Ends every lease that an earlier process left behind, so that nobody waits for it to lapse. Only for a process that has itself just
 * started the database, alone: whoever held a lease lost its sessions with the server that was there before.
 */
export const endLeases = async (pool: Pool): Promise<void> => {
  await prepareViews(pool);
  await pool.query(`update views.leases set until = '-infinity'; delete from views.holders`);
};
