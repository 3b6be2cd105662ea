import type { Pool } from 'pg';

/** A database that may lose what it has acknowledged. */
export class NotDurable extends Error {
  override readonly name = 'NotDurable';
}

/**
 * Refuses a database that answers before what it was told is on disk.
 * @throws NotDurable naming the setting
 */
export const checkDurability = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<{ name: string }>(
    "select name from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'off' order by name",
  );
  const [off] = rows;
  if (off) throw new NotDurable(`The database runs with ${off.name} off and may lose what it has acknowledged; set it to on.`);
};
