import { contradictory, type Day } from '#libs/kernel';
import type { City } from './answer.js';
import { valuesOn, type Values } from './match.js';
import { assertInBoard } from './terms.js';

const PLACES = ['operatingBoard', 'operatingUnit', 'contractingBoard', 'grantingBoard'] as const;

/**
 * Holds what is asked against the register, so that a mistyped board is not answered by *none designated*.
 * @throws Refusal `unit.unknown`, `responsibility.not-a-board`, `responsibility.unit-elsewhere`
 */
export const assertFields = (values: Values, on: Day, { register, holders }: Pick<City, 'register' | 'holders'>): void => {
  for (const place of PLACES) {
    const id = values[place];
    if (id === undefined) continue;
    if (!register.unit(id))
      throw contradictory(
        'unit.unknown',
        { sv: 'Enheten finns inte i registret. Välj en som finns.', en: 'The unit is not in the register. Choose one that is.' },
        `/${place}`,
      );
    if (place !== 'operatingUnit' && !register.isBoard(id))
      throw contradictory(
        'responsibility.not-a-board',
        { sv: 'Detta är ingen nämnd i registret. Välj en nämnd.', en: 'This is no board in the register. Choose a board.' },
        `/${place}`,
      );
  }
  const { operatingUnit, operatingBoard } = valuesOn(values, on, holders);
  assertInBoard(operatingUnit, operatingBoard, register, '/operatingUnit');
};
