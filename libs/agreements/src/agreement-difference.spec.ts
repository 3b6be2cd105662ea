import { expect, test } from '@jest/globals';
import { differingClauses, differingLines } from './agreement-difference.query.js';
import { clauses, ids } from './agreements.given.js';

test('lines that are the same, added, removed, and reworded with their words', () => {
  const before = '§ 1 Parter\n§ 2 Uppföljning sker vartannat år.\n§ 3 Tvist';
  const after = '§ 1 Parter\n§ 2 Uppföljning sker varje år.\n§ 3 Tvist\n§ 4 Uppsägning';
  expect(differingLines(before, after)).toEqual([
    { change: 'same', text: '§ 1 Parter' },
    {
      change: 'removed',
      text: '§ 2 Uppföljning sker vartannat år.',
      words: [
        { change: 'same', text: '§ 2 Uppföljning sker ' },
        { change: 'removed', text: 'vartannat' },
        { change: 'same', text: ' år.' },
      ],
    },
    {
      change: 'added',
      text: '§ 2 Uppföljning sker varje år.',
      words: [
        { change: 'same', text: '§ 2 Uppföljning sker ' },
        { change: 'added', text: 'varje' },
        { change: 'same', text: ' år.' },
      ],
    },
    { change: 'same', text: '§ 3 Tvist' },
    { change: 'added', text: '§ 4 Uppsägning' },
  ]);
});

test('a run of other lines is shown whole; nothing and the same text differ in nothing', () => {
  expect(differingLines('a\nb', 'c').map(({ change, words }) => [change, words])).toEqual([
    ['removed', undefined],
    ['removed', undefined],
    ['added', undefined],
  ]);
  expect(differingLines('a\nb', 'a\nb').every(({ change }) => change === 'same')).toBe(true);
});

test('structured clauses that were added, removed or changed, and in what', () => {
  const [one] = clauses;
  const other = { ...one!, answer: { who: 'named' as const, board: ids.education } };
  const added = { ...one!, clause: '10' };
  expect(differingClauses([one!, { ...one!, clause: '2' }], [other, added])).toEqual([
    { clause: '1', change: 'changed', before: one, after: other, parts: ['answer'] },
    { clause: '2', change: 'removed', before: { ...one!, clause: '2' } },
    { clause: '10', change: 'added', after: added },
  ]);
  expect(differingClauses(clauses, clauses)).toEqual([]);
});
