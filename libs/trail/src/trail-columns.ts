import type { Stored } from '#libs/event-log';
import type { Instant } from '#libs/kernel';

/** An entry on its way into the trail. */
export interface TrailRow {
  readonly stored: Stored;
  readonly recordedAt: Instant;
  /** Counted within the tenant, from 0. */
  readonly number: number;
  /** What it is found by, as the text of a `tsvector`. */
  readonly words: string;
}

interface TrailColumn {
  readonly name: string;
  readonly sql: string;
  readonly of: (row: TrailRow) => string | number | null;
}

/** The trail holds everything of an entry but where its personal parts lie. */
export const COLUMNS: readonly TrailColumn[] = [
  { name: 'tenant', sql: 'text', of: ({ stored }) => stored.entry.tenant },
  { name: 'position', sql: 'bigint', of: ({ stored }) => stored.position.toString() },
  { name: 'number', sql: 'integer', of: ({ number }) => number },
  { name: 'stream', sql: 'text', of: ({ stored }) => stored.entry.stream },
  { name: 'rev', sql: 'integer', of: ({ stored }) => stored.entry.rev },
  { name: 'type', sql: 'text', of: ({ stored }) => stored.entry.type },
  { name: 'schema', sql: 'integer', of: ({ stored }) => stored.entry.schema },
  { name: 'at', sql: 'timestamptz', of: ({ stored }) => stored.entry.at },
  { name: 'recorded', sql: 'timestamptz', of: ({ recordedAt }) => recordedAt },
  { name: 'actor', sql: 'text', of: ({ stored }) => stored.entry.by.actor },
  { name: 'role', sql: 'text', of: ({ stored }) => stored.entry.by.role },
  { name: 'unit', sql: 'uuid', of: ({ stored }) => stored.entry.by.unit },
  { name: 'in_stead_of', sql: 'uuid', of: ({ stored }) => stored.entry.by.for ?? null },
  { name: 'corr', sql: 'text', of: ({ stored }) => stored.entry.corr },
  { name: 'caus', sql: 'uuid', of: ({ stored }) => stored.entry.caus ?? null },
  { name: 'id', sql: 'uuid', of: ({ stored }) => stored.entry.id },
  { name: 'cmd', sql: 'uuid', of: ({ stored }) => stored.entry.cmd },
  { name: 'basis', sql: 'json', of: ({ stored }) => JSON.stringify(stored.entry.basis ?? []) },
  { name: 'data', sql: 'json', of: ({ stored }) => JSON.stringify(stored.entry.data) },
  { name: 'words', sql: 'tsvector', of: ({ words }) => words },
];
