import { Type } from 'typebox';
import { Id, ListQuery } from '#libs/fields';
import { IdType } from '#libs/kernel';
import { all, col, rowView, sql, type Read } from '#libs/views';
import { RegistryPatternRegistered } from './organisation.events.js';
import { units } from './units.view.js';

/** How each board writes its registry numbers: a row for each form. */
export const registryPatterns = rowView({
  name: 'registry_patterns',
  version: 1,
  columns: { board: col.uuid(), pattern: col.text() },
  reads: [RegistryPatternRegistered],
  keys: ({ data: { board, pattern } }) => `${board} ${pattern}`,
  fold: (_row, { data: { board, pattern } }) => ({ board, pattern }),
});

/** The forms of registry numbers, by board. */
export class ListRegistryPatterns extends ListQuery {
  @Id('Only those of this board.', { optional: true }) board?: string;
}

export const RegistryPatternRow = Type.Object({
  board: IdType('The board.'),
  boardName: Type.String(),
  pattern: Type.String({ description: 'A 9 stands for a digit, 9+ for one or more, any other character for itself.' }),
});

export const listRegistryPatterns = async (read: Read, { board, limit, offset }: ListRegistryPatterns) => {
  const where = all(board === undefined ? undefined : sql`board = ${board}`);
  const items = await read.query<{ readonly board: string; readonly boardName: string; readonly pattern: string }>(sql`
    select board, coalesce(units.name, board::text) as "boardName", pattern
    from ${read.rows(registryPatterns)} left join ${read.rows(units)} on units.unit = registry_patterns.board
    where ${where} order by coalesce(units.name, board::text) collate "sv-SE-x-icu", registry_patterns.key limit ${limit} offset ${offset}`);
  return { total: await read.count(registryPatterns, where), items };
};
