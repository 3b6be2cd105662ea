import { expect, test } from '@jest/globals';
import { csvOf } from './csv.js';

const columns = { name: { sv: 'Namn', en: 'Name' }, numbers: { sv: 'Nummer', en: 'Numbers' } };
const csv = (numbers: unknown) =>
  csvOf(columns, { total: 1, items: [{ name: 'Rapport', numbers }] }, 'sv')
    .replace(/^\uFEFF/, '')
    .split('\r\n')[1];

test('some texts stand in one cell, one after the other', () => {
  expect(csv(['Nr 5 2020', '2020:5'])).toBe('Rapport;Nr 5 2020, 2020:5');
  expect(csv([])).toBe('Rapport;');
});

test('what begins as a formula does is none in a list either', () => {
  expect(csv(['=1+1'])).toBe("Rapport;'=1+1");
});

test('whatever else is no text, number or day stands as it would in JSON', () => {
  expect(csv([{ a: 1 }])).toBe('Rapport;"[{""a"":1}]"');
});
