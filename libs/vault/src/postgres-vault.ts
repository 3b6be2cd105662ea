import type { Pool, QueryConfig } from 'pg';
import type { Sealed, SealedPart, WrappedKey } from '#libs/event-log';
import { HALF_RESTORED, RestoreUnfinished } from './restores.js';
import { SharedReads } from './shared-reads.js';
import type { VaultStore } from './vault.js';

const KEYS = 'select subject, kid, alg, wrapped from vault.read_keys($1, $2)';
const PARTS = 'select event_id as "eventId", part, subject, sha256, bytes from vault.open_parts($1, $2)';

/**
 * The vault's tables (see `vaultMigrations`), through the owner's functions alone.
 * Where the log lies in the same database, it writes keys and parts itself, in the same call as the entries that name them.
 */
export class PostgresVault implements VaultStore {
  readonly #keys: SharedReads<WrappedKey>;
  readonly #parts: SharedReads<SealedPart>;

  constructor(private readonly pool: Pool) {
    this.#keys = new SharedReads(
      (tenant, subjects) => this.#read({ name: 'read_keys', text: KEYS, values: [tenant, subjects] }),
      ({ subject }) => subject,
    );
    this.#parts = new SharedReads(
      (tenant, eventIds) => this.#read({ name: 'open_parts', text: PARTS, values: [tenant, eventIds] }),
      ({ eventId }) => eventId,
    );
  }

  keys(tenant: string, subjects: readonly string[]): Promise<readonly WrappedKey[]> {
    return this.#keys.rows(tenant, subjects);
  }

  parts(tenant: string, eventIds: readonly string[]): Promise<readonly SealedPart[]> {
    return this.#parts.rows(tenant, eventIds);
  }

  /** For a log that lies elsewhere: commits keys and parts, before the entries that name them. The same ones again are only as young as new ones. */
  async put(tenant: string, { keys, parts }: Sealed): Promise<void> {
    await this.pool.query({
      name: 'put_sealed',
      text: 'select vault.put($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
      values: [
        keys.map(() => tenant),
        keys.map(({ subject }) => subject),
        keys.map(({ kid }) => kid),
        keys.map(({ alg }) => alg),
        keys.map(({ wrapped }) => wrapped),
        parts.map(() => tenant),
        parts.map(({ eventId }) => eventId),
        parts.map(({ part }) => part),
        parts.map(({ subject }) => subject),
        parts.map(({ sha256 }) => sha256),
        parts.map(({ bytes }) => bytes),
      ],
    });
  }

  async destroy(tenant: string, subject: string): Promise<void> {
    await this.pool.query('select vault.destroy_key($1, $2)', [tenant, subject]);
  }

  /**
   * Whether the key file is the one this database was first used with; the first is remembered by its check value.
   * @throws RestoreUnfinished
   */
  async knows(checkValue: string): Promise<boolean> {
    const { rows } = await this.pool
      .query<{ known: boolean }>('select vault.knows_key_file($1) as known', [checkValue])
      .catch((error: Error & { code?: string }) => Promise.reject(error.code === HALF_RESTORED ? new RestoreUnfinished({ cause: error }) : error));
    return rows[0]?.known === true;
  }

  async #read<Row extends object>(query: QueryConfig): Promise<readonly Row[]> {
    const { rows } = await this.pool.query<Row>(query);
    return rows;
  }
}
