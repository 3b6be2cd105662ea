import { Type } from 'typebox';
import { Code, ListQuery } from '#libs/fields';
import { CodeType, IdType } from '#libs/kernel';
import { all, col, rowView, sql, type Read } from '#libs/views';
import { UnitRegistered } from './organisation.events.js';
import { UNIT_KINDS, type UnitKind } from './unit-kinds.js';

/** The units of a municipality by id. */
export const units = rowView({
  name: 'units',
  version: 2,
  columns: { unit: col.uuid(), name: col.text(), kind: col.text<UnitKind>(), rank: col.int(), partOf: col.optional(col.uuid()) },
  reads: [UnitRegistered],
  keys: ({ data }) => data.unit,
  fold: (_row, { data: { unit, name, kind, partOf = null } }) => ({ unit, name, kind, rank: UNIT_KINDS.indexOf(kind), partOf }),
});

/** The units, boards first, by name. */
export class ListUnits extends ListQuery {
  @Code('Only units of this kind.', UNIT_KINDS, 'UnitKind', { optional: true }) kind?: UnitKind;
}

export const UnitRow = Type.Object({
  unit: IdType('The unit.'),
  name: Type.String(),
  kind: CodeType(UNIT_KINDS, 'Where it stands in the municipality.'),
  partOf: Type.Optional(IdType('The unit that it belongs to.')),
});

export const listUnits = async (read: Read, { kind, limit, offset }: ListUnits) => {
  const where = all(kind === undefined ? undefined : sql`kind = ${kind}`);
  const { rows, total } = await read.list(units, { where, order: sql`rank, name collate "sv-SE-x-icu", key`, limit, offset });
  return { total, items: rows.map((row) => ({ unit: row.unit, name: row.name, kind: row.kind, ...(row.partOf !== null && { partOf: row.partOf }) })) };
};

/** What a unit is called; undefined for one that is not registered. */
export const unitName = async (read: Read, unit: string): Promise<string | undefined> => (await read.find(units, unit))?.name;
