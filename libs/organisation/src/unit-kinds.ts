import type { Text } from '#libs/kernel';

/** Kinds of units, from the highest: nämnd, förvaltning, avdelning, enhet. A unit is part of one of a higher kind. */
export const UNIT_KINDS = ['board', 'administration', 'department', 'unit'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export const UNIT_KIND_NAMES: Readonly<Record<UnitKind, Text>> = {
  board: { sv: 'nämnd', en: 'board' },
  administration: { sv: 'förvaltning', en: 'administration' },
  department: { sv: 'avdelning', en: 'department' },
  unit: { sv: 'enhet', en: 'unit' },
};

/** Whether a unit of the one kind can have units of the other within it. */
export const standsAbove = (kind: UnitKind, other: UnitKind): boolean => UNIT_KINDS.indexOf(kind) < UNIT_KINDS.indexOf(other);
