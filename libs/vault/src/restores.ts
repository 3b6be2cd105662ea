import type { ClientBase } from 'pg';

/** The data was restored by halves: nothing may be served from it. Its message is one line for the operator. */
export class RestoreUnfinished extends Error {
  override readonly name = 'RestoreUnfinished';

  constructor(options?: ErrorOptions) {
    super('A restore of this data was broken off and nothing may be served from it; run "npx uppsikt restore" with the same backup again.', options);
  }
}

/** What `vault.knows_key_file` says of data that is half restored. */
export const HALF_RESTORED = 'UV001';

/** The backup whose restore was begun and not finished. The client is the owner's. */
export const unfinishedRestore = async (client: ClientBase): Promise<string | undefined> => {
  const { rows } = await client.query<{ backup: string }>('select backup from vault.restores where finished_at is null');
  return rows[0]?.backup;
};

/** From now on nobody opens this vault. The same backup again changes nothing. */
export const beginRestore = async (client: ClientBase, backup: string): Promise<void> => {
  await client.query('insert into vault.restores (backup) values ($1) on conflict do nothing', [backup]);
};

/** Everything is there; from now on the vault is opened with the key file of that check value. */
export const finishRestore = async (client: ClientBase, backup: string, checkValue: string): Promise<void> => {
  await client.query('begin');
  await client.query('insert into vault.key_file (check_value) values ($1) on conflict do nothing', [checkValue]);
  await client.query('update vault.restores set finished_at = now() where backup = $1', [backup]);
  await client.query('commit');
};
