import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { day } from '#libs/kernel';
import { rungCode, type DeadlineRule, type RungRule } from './deadline-rule.js';
import { unit } from './deadline.samples.js';
import { isFree, numberOf } from './reference-calendar.js';
import { ReferenceRun, type Step } from './reference-run.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const days = fc.constantFrom('calendar-days' as const, 'working-days' as const);
const rung = fc.record(
  {
    role: fc.constantFrom('case-officer', 'unit-manager', 'process-owner'),
    offset: fc.integer({ min: -20, max: 20 }),
    unit: days,
    repeat: fc.record({ everyDays: fc.integer({ min: 1, max: 20 }), limit: fc.integer({ min: 1, max: 30 }) }),
    escalation: fc.constant(true as const),
  },
  { requiredKeys: ['role', 'offset', 'unit'] },
);
const rules: fc.Arbitrary<DeadlineRule> = fc
  .record({
    length: fc.record({ days: fc.integer({ min: 0, max: 40 }), unit: days }),
    roll: fc.constantFrom('none' as const, 'forward' as const),
    time: fc.constantFrom('08:00', '00:00', '02:30', '23:59'),
    ladder: fc.uniqueArray(
      rung.map((one): RungRule => ({ rung: rungCode(one), ...one })),
      { maxLength: 6, selector: (one) => one.rung },
    ),
  })
  .map((varied) => ({ type: 'genomforandeplan', validFrom: day('2000-01-01'), start: 'order-sent', id: unit, version: 1, ...varied }));

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('look' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.oneof(fc.integer({ min: 1, max: 3 * DAY }), fc.integer({ min: 1, max: 90 * DAY })) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass-to-next' as const), ms: fc.constantFrom(-1, 0, 1, 60 * MINUTE) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass-to-odd-night' as const), ms: fc.integer({ min: -DAY, max: 3 * DAY }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set-clock-back' as const), ms: fc.integer({ min: 1, max: 10 * DAY }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('stray' as const), generation: fc.integer({ min: -1, max: 1 }), rung: fc.nat(7), occurrence: fc.nat(4) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('met' as const, 'close' as const, 'move' as const, 'reopen' as const),
      days: fc.integer({ min: -25, max: 25 }),
    }),
  },
);

test('over ten years, whatever the clock does and however long the timers stand still: no wrong day, no reminder lost, none twice', () => {
  const runs = { facts: 0, issued: 0, suppressed: 0 };
  fc.assert(
    fc.property(
      rules,
      fc.integer({ min: numberOf('2020-01-01'), max: numberOf('2029-06-01') }),
      fc.integer({ min: -40 * DAY, max: 90 * DAY }),
      fc.array(steps, { minLength: 10, maxLength: 60 }),
      (rule, start, entered, taken) => {
        const run = new ReferenceRun(rule, start, start * DAY + entered);
        for (const one of taken) run.step(one);
        run.look();
        const issued = run.facts.flatMap((fact) => (fact.type === 'ReminderIssued' ? [fact.data] : []));
        expect(new Set(issued.map(({ reminder }) => reminder)).size).toBe(issued.length);
        const onFreeDays = issued.filter(({ dueAt }) =>
          isFree(numberOf(Temporal.Instant.from(dueAt).toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString())),
        );
        expect(onFreeDays).toEqual([]);
        runs.facts += run.facts.length;
        runs.issued += issued.length;
        runs.suppressed += run.facts.filter(({ type }) => type === 'RemindersSuppressed').length;
      },
    ),
    { numRuns: 400 },
  );
  // A model that never gets anywhere would pass as well.
  expect(Math.min(runs.facts, runs.issued, runs.suppressed)).toBeGreaterThan(400);
});
