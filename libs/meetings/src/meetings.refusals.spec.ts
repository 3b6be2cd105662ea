import { expect, test } from '@jest/globals';
import { day, Refusal } from '#libs/kernel';
import { needs, ids } from './meetings.given.js';
import { assertExists } from './meetings.refusals.js';

const { organisation } = needs;
const said = (register: typeof organisation, board: string, on: string): string => {
  try {
    assertExists(register, board, day(on), 'decision', '/on');
    return 'it exists';
  } catch (error) {
    return error instanceof Refusal ? error.text.sv : String(error);
  }
};

test('of a board that has ended the successor is named; of one that is not there yet those that were', () => {
  expect(said(organisation, ids.alvsjo, '2020-07-01')).toBe(
    'Älvsjö stadsdelsnämnd fanns inte längre den 2020-07-01; då hade Hägersten-Älvsjö stadsdelsnämnd tagit över. Ange Hägersten-Älvsjö stadsdelsnämnd, eller en tidigare dag.',
  );
  expect(said(organisation, ids.hagerstenAlvsjo, '2020-06-30')).toBe(
    'Hägersten-Älvsjö stadsdelsnämnd fanns inte än den 2020-06-30; då fanns i stället Älvsjö stadsdelsnämnd och Hägersten-Liljeholmens stadsdelsnämnd. Ange rätt nämnd, eller en senare dag.',
  );
  expect(said(organisation, ids.alvsjo, '2020-06-30')).toBe('it exists');
});

test('a new board that took over nothing has none before it to be named', () => {
  const nobody = { ...organisation, predecessorsOf: () => [ids.hagerstenAlvsjo] };
  expect(said(nobody, ids.hagerstenAlvsjo, '2020-06-30')).toBe('Hägersten-Älvsjö stadsdelsnämnd fanns inte än den 2020-06-30. Ange en senare dag.');
});
