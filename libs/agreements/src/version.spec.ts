import { expect, test } from '@jest/globals';
import { clauses, ids, NO } from './agreements.given.js';
import { asKept, concernedBy, reservedChanges, versionHash } from './version.js';

const TEXT = '§ 1 Socialnämnden följer upp.\n§ 2 Intern kontroll.';
const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];

// Both by the line of shell that the docstring gives.
test('the hash is over the text, a zero byte, and the hashes of the attachments in their order', () => {
  expect(versionHash(TEXT, [b, a])).toBe('6cea16901a13d2e0dd66b21e782068852a6f9e065a296c1e3000ec5ee4e53303');
  expect(versionHash(TEXT, [])).toBe('01ace8358bbb1870d7b4f443c4d94fd389ac279399ad8dd0dd9e14d427c196b9');
});

test('the same text is the same version, however its letters and lines are written and its attachments listed', () => {
  const written = ` ${TEXT.normalize('NFD').replaceAll('\n', '\r\n')}\r\n`;
  expect(asKept(written)).toBe(TEXT);
  expect(versionHash(written, [a, b])).toBe(versionHash(TEXT, [b, a]));
});

test('another text, another attachment or none is another version', () => {
  expect(new Set([versionHash(TEXT, []), versionHash(TEXT, [a]), versionHash(TEXT, [b]), versionHash(`${TEXT} `.replace('§ 2', '§ 3'), [a])]).size).toBe(4);
});

const parties = [ids.social, ids.education];
const [clause] = clauses;
const before = { parties, clauses, terms: { followUpMonths: 12 } };
const other = (change: Partial<typeof before>) => reservedChanges(before, { ...before, ...change });

test('who is party, who follows up, which operations, how often and for how long are for the boards alone', () => {
  expect(other({ parties: [ids.social, ids.culture] })).toEqual(['parties']);
  expect(other({ clauses: [{ ...clause!, answer: { who: 'named', board: ids.education } }] })).toEqual(['who-follows-up']);
  expect(other({ clauses: [{ ...clause!, match: { ...clause!.match, provisionForm: 'in-house-district' } }] })).toEqual(['operations']);
  expect(other({ clauses: [] })).toEqual(['operations']);
  expect(other({ terms: { followUpMonths: 24 } })).toEqual(['frequency']);
  expect(reservedChanges(before, { ...before, terms: { followUpMonths: 12, lastDay: '2025-12-31' as never } })).toEqual(['duration']);
  expect(reservedChanges(before, { ...before, terms: { followUpMonths: 12, noticeMonths: 6 } })).toEqual(['duration']);
});

test('the order of parties and clauses, what clauses are called and rest on, and how force begins change nothing of that', () => {
  expect(other({ parties: parties.toReversed(), clauses: [{ ...clause!, clause: '2', basis: 'Avtalet § 2' }] })).toEqual([]);
  expect(reservedChanges(before, { ...before, terms: { followUpMonths: 12, allSignatures: true, reviewMonths: 6 } })).toEqual([]);
});

test('the questions answered with yes', () => {
  expect(concernedBy(NO)).toEqual([]);
  expect(concernedBy({ ...NO, scope: { concerns: true, reason: 'Fler skolor.' } })).toEqual(['scope']);
});
