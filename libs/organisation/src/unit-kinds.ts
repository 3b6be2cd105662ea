import type { Text } from '#libs/kernel';

/**
 * Kinds of units, from the highest: kommunstyrelse, nämnd and stadsdelsnämnd, förvaltning, avdelning, enhet. A unit is part of one of a
 * higher kind. A body stands outside: kommunfullmäktige, the auditors and their office, a firm.
 */
export const UNIT_KINDS = ['executive-board', 'board', 'district-board', 'administration', 'department', 'unit', 'body'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export const UNIT_KIND_NAMES: Readonly<Record<UnitKind, Text>> = {
  'executive-board': { sv: 'kommunstyrelse', en: 'executive board' },
  board: { sv: 'nämnd', en: 'board' },
  'district-board': { sv: 'stadsdelsnämnd', en: 'district board' },
  administration: { sv: 'förvaltning', en: 'administration' },
  department: { sv: 'avdelning', en: 'department' },
  unit: { sv: 'enhet', en: 'unit' },
  body: { sv: 'organisation utanför nämnderna', en: 'body outside the boards' },
};

/** How far down a kind stands: nothing stands above a board, and a body neither above nor below anything. */
const LEVELS: Readonly<Record<UnitKind, number>> = {
  'executive-board': 0,
  board: 0,
  'district-board': 0,
  administration: 1,
  department: 2,
  unit: 3,
  body: Number.NaN,
};

/** Kommunstyrelse, nämnd, stadsdelsnämnd: what decides, answers the auditors, and can succeed another. */
export const isBoardKind = (kind: UnitKind): boolean => LEVELS[kind] === 0;

/** Whether a unit of the one kind can have units of the other within it. */
export const standsAbove = (kind: UnitKind, other: UnitKind): boolean => LEVELS[kind] < LEVELS[other];
