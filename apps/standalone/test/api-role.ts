import { withClient } from '#libs/database';

/** What the role `uppsikt_api` can see of the views while it reads for a municipality, or for none: how many rows of whom, by table. */
export const seenInViews = (apiUrl: string, tenant: string | undefined): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>> =>
  withClient(apiUrl, 'spec', async (client) => {
    if (tenant !== undefined) await client.query(`select set_config('uppsikt.tenant', $1, false)`, [tenant]);
    const { rows: tables } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
       where c.relnamespace = 'views'::regnamespace and c.relkind in ('r', 'v', 'm', 'p') and has_table_privilege(c.oid, 'select') order by 1`,
    );
    const seen: Record<string, Record<string, number>> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ tenant: string; count: number }>(`select tenant, count(*)::integer as count from views."${name}" group by tenant`);
      seen[name] = Object.fromEntries(rows.map((row) => [row.tenant, row.count]));
    }
    return seen;
  });

/** Every table that the role may do something with, and what; left out are those with a column `tenant` in `views` that it may only read. */
export const tablesOf = (apiUrl: string): Promise<readonly string[]> =>
  withClient(apiUrl, 'spec', async (client) => {
    const { rows } = await client.query<{ may: string }>(
      `select n.nspname || '.' || c.relname || ': ' || string_agg(p, ' ' order by p) as may
       from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest('{select,insert,update,delete,truncate,references,trigger,maintain}'::text[]) p
       where c.relkind in ('r', 'v', 'm', 'p', 'f') and n.nspname !~ '^pg_|^information_schema$' and has_table_privilege(c.oid, p)
       group by c.oid, n.nspname, c.relname
       having n.nspname <> 'views' or string_agg(p, ' ') <> 'select'
         or not exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant') order by 1`,
    );
    return rows.map(({ may }) => may);
  });

/** Every function of ours that the role may call. */
export const functionsOf = (apiUrl: string): Promise<readonly string[]> =>
  withClient(apiUrl, 'spec', async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname !~ '^pg_|^information_schema$|^public$' and has_schema_privilege(n.oid, 'usage') and has_function_privilege(p.oid, 'execute') order by 1`,
    );
    return rows.map(({ name }) => name);
  });

/** What the database answers to a statement of the role: `42501` is that it may not. */
export const refusalOf = (apiUrl: string, sql: string): Promise<string> =>
  withClient(apiUrl, 'spec', (client) =>
    client.query(sql).then(
      () => 'done',
      (error: { code: string }) => error.code,
    ),
  );
