import { Type } from 'typebox';
import { Code, DayField, ListQuery } from '#libs/fields';
import { CodeType, DayType, IdType, type Day } from '#libs/kernel';
import type { Read } from '#libs/views';
import { beganOn, endedOn, existsOn, holderOn, type Boards } from './successions.js';
import { boardsOf } from './successions.view.js';
import { UNIT_KINDS, type UnitKind } from './unit-kinds.js';

/** The units, boards first, by name, with the days from and until which successions of boards let them be. */
export class ListUnits extends ListQuery {
  @Code('Only units of this kind.', UNIT_KINDS, 'UnitKind', { optional: true }) kind?: UnitKind;
  @DayField('Only those that are there on this day; all that have been and are to be where left out.', { optional: true }) on?: Day;
}

export const UnitRow = Type.Object({
  unit: IdType('The unit.'),
  name: Type.String(),
  kind: CodeType(UNIT_KINDS, 'Where it stands in the municipality.'),
  partOf: Type.Optional(IdType('The unit that it belongs to.')),
  from: Type.Optional(DayType('The day on which it, or the board it lies in, succeeded another; left out where it has been there all along.')),
  until: Type.Optional(DayType('The day from which it is no more, since another board succeeded its own; left out where it goes on.')),
  successor: Type.Optional(IdType('The board or unit that took over what it had on that day.')),
  successorName: Type.Optional(Type.String()),
});

export const listUnits = async (read: Read, { kind, on, limit, offset }: ListUnits) => {
  const boards = await boardsOf(read);
  const found = [...boards.units].filter(([unit, known]) => (kind === undefined || known.kind === kind) && (on === undefined || existsOn(boards, unit, on)));
  const items = found.slice(offset, offset + limit).map(([unit, known]) => Object.assign({ unit }, known, over(boards, unit)));
  return { total: found.length, items };
};

/** From and until when a unit is there, and who took over from it. */
const over = (boards: Boards, unit: string) => {
  const [from, until] = [beganOn(boards, unit), endedOn(boards, unit)];
  const successor = until === undefined ? undefined : holderOn(boards, unit, until);
  return {
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(successor !== undefined && { successor, successorName: boards.units.get(successor)?.name ?? successor }),
  };
};
