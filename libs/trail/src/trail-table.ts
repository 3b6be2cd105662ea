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

/**
 * What is written waits beside the index of words until the writer takes it in, a page at a time: words that many entries share are then
 * looked up once. Nothing waits longer, or it would cost each search 14 ms; the limit only keeps PostgreSQL from taking it in before.
 */
export const index: readonly string[] = [
  `create unique index ${TABLE}_order on views.${TABLE} (tenant, position)`,
  `create index ${TABLE}_recorded on views.${TABLE} (tenant, recorded, position)`,
  `create unique index ${TABLE}_id on views.${TABLE} (tenant, id)`,
  `create index ${TABLE}_words on views.${TABLE} using gin (words) with (fastupdate = on, gin_pending_list_limit = 65536)`,
];

/** Takes in what waits; there is no index yet while the table is first filled. */
export const takeIn = `select gin_clean_pending_list(words) from to_regclass('views.${TABLE}_words') words where words is not null`;
