import { expect, test } from '@jest/globals';
import { auditNumber, auditNumbers } from './audit-number.js';

test.each(['Nr 5 2020', 'nr 5/2020', '5/2020', '2020:5', ' 2020:05 ', 'Rapport nr 5/2020', 'Revisionsrapport nr. 5 2020', '5-2020', '2020 5', 'NR  5  2020'])(
  '%s is number 5 of 2020',
  (text) => {
    expect(auditNumber(text)).toBe('5/2020');
  },
);

test('numbers of other years or with other digits are others', () => {
  expect(new Set(['5/2020', '5/2021', '15/2020', '50/2020'].map(auditNumber)).size).toBe(4);
});

test('what is no number within a year is kept, but for case and space', () => {
  expect(auditNumber('3.1.3-104/2020')).toBe('3.1.3-104/2020');
  expect(auditNumber('  Granskning   BUS ')).toBe('granskning bus');
  expect(auditNumber('2020:')).toBe('2020:');
});

test('the same number written twice is one', () => {
  expect(auditNumbers(['Nr 5 2020', '2020:5', '7/2020'])).toEqual(['5/2020', '7/2020']);
});
