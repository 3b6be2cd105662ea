import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { MeetingRun, steps } from './meeting-run.given.js';

test('whatever is recorded in whatever order: nothing contradicts, each thing awaited is met by its day, lists say what the minutes say', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(steps, { minLength: 30, maxLength: 60, size: 'max' }), (all) => {
      const run = new MeetingRun();
      for (const step of all) run.take(step);
      accepted += run.accepted;
      expect(run.faults).toEqual([]);
    }),
    { numRuns: 150 },
  );
  expect(accepted).toBeGreaterThan(300);
});
