import { expect, test } from '@jest/globals';
import { migrations } from './stores.js';

/** What takes away, or changes under its feet, what the release before this one rests on; or keeps everybody waiting for as long as a table is long. */
const UNSAFE = [
  /\bdrop\s+(?:table|column|schema|sequence|type|constraint)\b/i,
  /\brename\s+(?:to|column|constraint)\b/i,
  /\balter\s+(?:column\s+)?\w+\s+(?:set\s+data\s+)?type\b/i,
  /\bset\s+not\s+null\b/i,
  /\block\s+table\b/i,
  /\bcluster\b|\bvacuum\s+full\b|\breindex\b/i,
];

/** Whether a step makes an index on a table that it has not made itself: nobody could write to that until the index is there. */
const indexesWhatIsThere = (step: string): boolean => {
  const made = [...step.matchAll(/\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?([\w.]+)/gi)].map(([, table]) => table);
  const indexed = [...step.matchAll(/\bcreate\s+(?:unique\s+)?index\s+[^;]*?\bon\s+([\w.]+)/gi)].map(([, table]) => table);
  return indexed.some((table) => !made.includes(table));
};

/** Without what is said beside it, and without what functions do when they are called. */
const statements = (step: string): string => step.replaceAll(/--[^\n]*/g, '').replaceAll(/\$(\w*)\$.*?\$\1\$/gs, "''");

const steps = migrations.flatMap(({ schema, steps: all }) => all.map((step, index) => ({ name: `step ${index + 1} of ${schema}`, step: statements(step) })));

test.each(steps)('$name takes nothing from the release before it, and keeps nobody waiting', ({ step }) => {
  expect(UNSAFE.filter((unsafe) => unsafe.test(step))).toEqual([]);
  expect(indexesWhatIsThere(step)).toBe(false);
});

const seen = (step: string): boolean => UNSAFE.some((unsafe) => unsafe.test(step)) || indexesWhatIsThere(step);

test('what is unsafe would be seen', () => {
  expect(
    ['alter table log.events drop column type', 'alter table a.b rename to c', 'alter table a.b alter column c type text', 'create index on a.b (c)'].map(seen),
  ).toEqual([true, true, true, true]);
  expect(['alter table a.b add column c text', 'create table a.b (c text); create index on a.b (c)'].map(seen)).toEqual([false, false]);
});
