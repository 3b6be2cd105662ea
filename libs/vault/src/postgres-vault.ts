import type { Pool } from 'pg';
import type { SealedPart, WrappedKey } from '#libs/event-log';
import type { VaultStore } from './vault.js';

/**
 * The vault's tables (see `vaultMigrations`), through the owner's functions alone.
 * Keys and parts are written by the log, in the same call as the entries that name them.
 */
export class PostgresVault implements VaultStore {
  constructor(private readonly pool: Pool) {}

  async keys(tenant: string, subjects: readonly string[]): Promise<readonly WrappedKey[]> {
    const text = 'select subject, kid, alg, wrapped from vault.read_keys($1, $2)';
    const { rows } = await this.pool.query<WrappedKey>({ name: 'read_keys', text, values: [tenant, subjects] });
    return rows;
  }

  async parts(tenant: string, eventIds: readonly string[]): Promise<readonly SealedPart[]> {
    const text = 'select event_id as "eventId", part, subject, sha256, bytes from vault.open_parts($1, $2)';
    const { rows } = await this.pool.query<SealedPart>({ name: 'open_parts', text, values: [tenant, eventIds] });
    return rows;
  }

  async destroy(tenant: string, subject: string): Promise<void> {
    await this.pool.query('select vault.destroy_key($1, $2)', [tenant, subject]);
  }

  /** Whether the key file is the one this database was first used with; the first is remembered by its check value. */
  async knows(checkValue: string): Promise<boolean> {
    const { rows } = await this.pool.query<{ known: boolean }>('select vault.knows_key_file($1) as known', [checkValue]);
    return rows[0]?.known === true;
  }
}
