import { FreeText, Id, Int, ListOf, ListOfDays } from '#libs/fields';
import { contradictory, event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { PreparationStepsSet, type CalendarEvent } from './calendar.events.js';
import type { Calendar, PreparationStep } from './calendar.js';
import { assertBoard, assertOwnBoard } from './meetings.refusals.js';

/** One step on a matter's way to the board. */
export class StepToBoard {
  @FreeText('What is done, or who is asked.', { max: 200 }) name!: string;
  @Int('How many working days before the next step.', { min: 0, max: 250, optional: true }) workingDays?: number;
  @ListOfDays('The days on which it can be done, where it has a calendar of its own, as förvaltningsgrupp and the council have.', {
    min: 1,
    max: 200,
    optional: true,
  })
  calendar?: Day[];
}

/** Says by which steps matters come to the board, in their order: the last one leads to the sending of the papers. */
export class SetPreparationSteps {
  @Id('The board.') board!: string;
  @ListOf(() => StepToBoard, { max: 20 }) steps!: StepToBoard[];
}

export const setPreparationSteps: Decide<SetPreparationSteps, Calendar, CalendarEvent, { readonly organisation: Register }> = (
  { board, steps },
  calendar,
  { by, today, organisation },
) => {
  assertBoard(organisation, board);
  assertOwnBoard(organisation, by, board, today);
  steps.forEach(assertStep);
  const said = steps.map(({ name, workingDays, calendar: days }): PreparationStep => ({
    name,
    ...(workingDays !== undefined && { workingDays }),
    ...(days && { calendar: days.toSorted() }),
  }));
  if (JSON.stringify(said) === JSON.stringify(calendar.status === 'kept' ? calendar.steps : [])) return [];
  return [event(PreparationStepsSet, { board, steps: said.map(({ calendar: days, ...step }) => ({ ...step, ...(days && { calendar: [...days] }) })) })];
};

const assertStep = ({ name, workingDays, calendar }: StepToBoard, place: number, steps: readonly StepToBoard[]): void => {
  if ((workingDays === undefined) === (calendar === undefined)) {
    throw contradictory(
      'steps.days-or-calendar',
      {
        sv: `Steget ${name} behöver antingen ett antal arbetsdagar eller en egen kalender, inte ${workingDays === undefined ? 'inget' : 'båda'}.`,
        en: `The step ${name} needs either a number of working days or a calendar of its own, not ${workingDays === undefined ? 'neither' : 'both'}.`,
      },
      `/steps/${place}`,
    );
  }
  if (steps.findIndex((one) => one.name === name) < place) {
    throw contradictory(
      'steps.name-twice',
      { sv: `Två steg heter ${name}. Ge det ena ett annat namn.`, en: `Two steps are called ${name}. Give one of them another name.` },
      `/steps/${place}/name`,
    );
  }
};
