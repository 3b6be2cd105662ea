import { Type } from 'typebox';
import { Id, ListQuery } from '#libs/fields';
import { DayType, IdType } from '#libs/kernel';
import { all, col, rowView, sql, type Read } from '#libs/views';
import { BoardSucceeded, SuccessionWithdrawn } from './organisation.events.js';
import type { Boards, Succession, Unit } from './successions.js';
import { units } from './units.view.js';

const columns = {
  succeededOn: col.day(),
  decision: col.text(),
  fromBoards: col.json<Succession['from']>(),
  toBoards: col.json<Succession['to']>(),
  existing: col.json<readonly string[]>(),
  defaultTo: col.optional(col.uuid()),
  exceptions: col.json<Succession['exceptions']>(),
  unitPairs: col.json<Succession['units']>(),
};

/** Which boards succeeded which: a row for each succession, by the event that recorded it. */
export const successions = rowView({
  name: 'successions',
  version: 1,
  columns,
  reads: [BoardSucceeded, SuccessionWithdrawn],
  keys: ({ id, type, data }) => (type === 'SuccessionWithdrawn' ? data.succession : id),
  fold: (_row, { type, data }) => {
    if (type === 'SuccessionWithdrawn') return undefined;
    return {
      succeededOn: data.on,
      decision: data.decision,
      fromBoards: data.from,
      toBoards: data.to,
      existing: data.existing ?? [],
      defaultTo: data.default ?? null,
      exceptions: data.exceptions,
      unitPairs: data.units,
    };
  },
});

/** More than any municipality has had: a bound, not a page. */
const MOST = 10_000;
const BY_DAY = sql`succeeded_on, key`;

const successionsOf = async (read: Read) => {
  const { rows } = await read.list(successions, { order: BY_DAY, limit: MOST });
  return rows.map(({ succeededOn, decision, fromBoards, toBoards, existing, defaultTo, exceptions, unitPairs }) => ({
    on: succeededOn,
    decision,
    from: fromBoards,
    to: toBoards,
    ...(existing.length > 0 && { existing }),
    ...(defaultTo !== null && { default: defaultTo }),
    exceptions,
    units: unitPairs,
  }));
};

/** The units, and which boards succeeded which, as recorded when it is asked for: what holding is derived from outside decisions too. Boards first, by name. */
export const boardsOf = async (read: Read): Promise<Boards> => {
  const { rows } = await read.list(units, { order: sql`rank, name collate "sv-SE-x-icu", key`, limit: MOST });
  const known = rows.map(({ unit, name, kind, partOf }): [string, Unit] => [unit, { name, kind, ...(partOf !== null && { partOf }) }]);
  return { units: new Map(known), successions: await successionsOf(read) };
};

/** The successions of boards, the earliest first. */
export class ListSuccessions extends ListQuery {
  @Id('Only those in which this board ends or takes over.', { optional: true }) board?: string;
}

const Named = Type.Object({ id: IdType('The id.'), name: Type.String() });

export const SuccessionRow = Type.Object({
  succession: IdType('What withdraws it names it so.'),
  on: DayType('The first day of the successors.'),
  decision: Type.String({ description: 'The decision that says so.' }),
  from: Type.Array(Named, { description: 'The boards that ended.' }),
  fromNames: Type.String({ description: 'What they are called, as one text.' }),
  to: Type.Array(Named, { description: 'The boards that took over.' }),
  toNames: Type.String({ description: 'What they are called, as one text.' }),
  existing: Type.Array(Named, { description: 'Those of the successors that were there before the day.' }),
  default: Type.Optional(Named),
  exceptions: Type.Array(Type.Object({ unit: Named, to: Named }), { description: 'What a unit had that went elsewhere than to the default.' }),
  units: Type.Array(Type.Object({ from: Named, to: Named }), { description: 'Which unit took over from which.' }),
});

export const listSuccessions = async (read: Read, { board, limit, offset }: ListSuccessions) => {
  const where = all(
    board === undefined ? undefined : sql`from_boards::jsonb @> ${JSON.stringify([board])}::jsonb or to_boards::jsonb @> ${JSON.stringify([board])}::jsonb`,
  );
  const { rows, total } = await read.list(successions, { where, order: BY_DAY, limit, offset });
  const { rows: known } = await read.list(units, { order: sql`key`, limit: MOST });
  const names = new Map(known.map(({ unit, name }) => [unit, name]));
  const named = (id: string) => ({ id, name: names.get(id) ?? id });
  const namesOf = (ids: readonly string[]) => ids.map((id) => named(id).name).join(', ');
  const items = rows.map((row) => ({
    succession: row.key,
    on: row.succeededOn,
    decision: row.decision,
    from: row.fromBoards.map(named),
    fromNames: namesOf(row.fromBoards),
    to: row.toBoards.map(named),
    toNames: namesOf(row.toBoards),
    existing: row.existing.map(named),
    ...(row.defaultTo !== null && { default: named(row.defaultTo) }),
    exceptions: row.exceptions.map(({ unit, to }) => ({ unit: named(unit), to: named(to) })),
    units: row.unitPairs.map(({ from, to }) => ({ from: named(from), to: named(to) })),
  }));
  return { total, items };
};
