import { col, rowView, type Read } from '#libs/views';
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

/** What a unit is called; undefined for one that is not registered. */
export const unitName = async (read: Read, unit: string): Promise<string | undefined> => (await read.find(units, unit))?.name;
