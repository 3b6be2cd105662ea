import { contradictory, type By, type Day } from '#libs/kernel';
import { unknownUnit, type Register } from '#libs/organisation';
import { SYSTEM_ROLE } from '#libs/commands';

/**
 * The board that answers for what a unit does today: whoever holds the unit.
 * @throws Refusal `unit.unknown`; `action.unit-without-board` for a body outside the boards
 */
export const boardFor = (unit: string, today: Day, organisation: Register): string => {
  if (!organisation.unit(unit)) throw unknownUnit();
  const board = organisation.boardOf(organisation.holderOn(unit, today));
  if (board === undefined) {
    throw contradictory(
      'action.unit-without-board',
      {
        sv: 'Enheten hör inte till någon nämnd. Ange en enhet inom nämnden som svarar för åtgärden.',
        en: 'The unit belongs to no board. Name a unit within the board that answers for the action.',
      },
      '/unit',
    );
  }
  return board;
};

/** Refuses a unit of another board than the one that somebody acts for, or that an action belongs to. */
export const assertSameBoard = (unit: string, other: string, today: Day, organisation: Register): void => {
  if (boardFor(unit, today, organisation) !== organisation.boardOf(organisation.holderOn(other, today))) {
    throw contradictory(
      'action.other-boards-unit',
      {
        sv: 'Enheten hör till en annan nämnd. Ansvaret för en åtgärd kan bara ligga inom nämnden som svarar för den.',
        en: 'The unit belongs to another board. Only a unit of the board that answers for an action can be responsible for it.',
      },
      '/unit',
    );
  }
};

/** The same for whoever asks, who acts for a board; the system acts for all of them. */
export const assertOwnUnit = (unit: string, by: By, today: Day, organisation: Register): void => {
  boardFor(unit, today, organisation);
  if (by.role !== SYSTEM_ROLE) assertSameBoard(unit, by.unit, today, organisation);
};
