import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { withClient } from '#libs/database';
import type { Entry } from '#libs/kernel';

/** Asks the database of a running instance as its superuser, past everything that the product does to guard it. */
export const withDatabase = async <T>(data: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const [, , , port] = (await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  const password = await readFile(join(data, 'postgres', 'password'), 'utf8');
  return withClient(`postgres://postgres:${password}@127.0.0.1:${port}/uppsikt`, 'crash test', work);
};

/** A row of the log as it lies there. */
export interface LogRow {
  readonly position: number;
  readonly tenant: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly entry: Entry;
}

const PAGE = 10_000;

/** Everything in the log, in the order of positions. */
export const readLog = async (client: Client): Promise<readonly LogRow[]> => {
  const log: LogRow[] = [];
  for (let page: readonly LogRow[] = [], first = true; first || page.length === PAGE; first = false) {
    const after = log.at(-1)?.position ?? -1;
    const { rows } = await client.query<Omit<LogRow, 'entry' | 'position'> & { position: bigint; entry: string }>(
      `select position, tenant, stream, revision, id, type, convert_from(entry, 'UTF8') as entry from log.events where position > $1 order by position limit ${PAGE}`,
      [after],
    );
    page = rows.map((row) => ({ ...row, position: Number(row.position), entry: JSON.parse(row.entry) as Entry }));
    log.push(...page);
  }
  return log;
};
