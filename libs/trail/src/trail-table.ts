import { ofTenant, secured, unmeasured } from '#libs/views';
import { COLUMNS } from './trail-columns.js';
import { searchFunction } from './trail-search.sql.js';
import { TABLE } from './trail-name.js';

export const create: readonly string[] = [
  `create table views.${TABLE} (${COLUMNS.map(({ name, sql }) => `${name} ${sql}${sql === 'text' ? ' collate "C"' : ''}`).join(', ')})`,
  ...unmeasured(TABLE, ['words', 'data', 'basis', 'corr', 'id', 'caus', 'cmd']),
  ...secured(TABLE),
  ...ofTenant(TABLE),
  searchFunction(TABLE),
  `grant execute on function views.${TABLE}_search to uppsikt_api`,
];

/** `fastupdate` off, since entries that wait outside the index cost each search 14 ms. */
export const index: readonly string[] = [
  `create unique index ${TABLE}_order on views.${TABLE} (tenant, position)`,
  `create index ${TABLE}_recorded on views.${TABLE} (tenant, recorded, position)`,
  `create unique index ${TABLE}_id on views.${TABLE} (tenant, id)`,
  `create index ${TABLE}_words on views.${TABLE} using gin (words) with (fastupdate = off)`,
];
