import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, day, isAfter, isBefore, isWorkingDay, type Day } from '#libs/kernel';
import { meetingOn } from './count-back.given.js';
import { countBack, minutesLastOn, type CalendarMeeting, type CountBack } from './count-back.js';
import { isThere, type NoWay, type ReplyPlan, type WayThere } from './reply-plan.js';

// Östermalm's board met on 2020-09-24 [001]; the other meetings and the last day are made up.
const august = meetingOn('2020-08-27', { stopOn: '2020-08-10', papersOn: '2020-08-20' });
const september = meetingOn('2020-09-24', { stopOn: '2020-09-10', papersOn: '2020-09-17' });
const october = meetingOn('2020-10-22', { stopOn: '2020-10-08', papersOn: '2020-10-15' });
const board = [october, august, september];

const asked: CountBack = { lastOn: day('2020-10-15'), today: day('2020-06-01'), deciding: board };
const way = (question: Partial<CountBack> = {}): WayThere => {
  const plan = countBack({ ...asked, ...question });
  if (!isThere(plan)) throw new Error(`There is no way: ${plan.none}`);
  return plan;
};
const none = (question: Partial<CountBack> = {}): NoWay => {
  const plan = countBack({ ...asked, ...question });
  if (isThere(plan)) throw new Error(`There is a way by ${plan.meeting.on}`);
  return plan;
};

test('the latest meeting whose minutes are approved in time decides', () => {
  expect(way()).toEqual({
    lastOn: '2020-10-15',
    countedOn: '2020-06-01',
    dispatchOn: '2020-10-15',
    minutesOn: '2020-10-08',
    meeting: { meeting: september.meeting, board: september.board, on: '2020-09-24', stopOn: '2020-09-10', papersOn: '2020-09-17' },
    steps: [],
  });
});

test('a last day on a weekend: dispatched on the working day before', () => {
  expect(way({ lastOn: day('2020-10-18') }).dispatchOn).toBe('2020-10-16');
});

test('minutes have fourteen days, the last of them a working day', () => {
  expect(minutesLastOn(day('2020-09-24'))).toBe('2020-10-08');
  expect(minutesLastOn(day('2020-12-10'))).toBe('2020-12-23'); // the 24th is Christmas Eve
  expect(minutesLastOn(day('2020-12-12'))).toBe('2020-12-23');
});

test('the fourteen days are just there, or just not', () => {
  expect(way({ lastOn: day('2020-10-08') })).toMatchObject({ meeting: { on: '2020-09-24' }, minutesOn: '2020-10-08' });
  expect(way({ lastOn: day('2020-10-07') })).toMatchObject({ meeting: { on: '2020-08-27' } });
});

test('no meeting leaves fourteen days: the latest one at which the point is approved at once', () => {
  const plan = way({ deciding: [september, october], lastOn: day('2020-09-30') });
  expect(plan).toMatchObject({ meeting: { on: '2020-09-24' }, minutesOn: '2020-09-24', atOnce: true });
});

test('a board that approves at once may decide later', () => {
  expect(way({ lastOn: day('2020-10-22'), atOnce: true })).toMatchObject({ meeting: { on: '2020-10-22' }, atOnce: true });
  expect(way({ lastOn: day('2020-10-22') })).toMatchObject({ meeting: { on: '2020-09-24' } });
});

test('a cancelled meeting decides nothing', () => {
  expect(way({ deciding: [august, { ...september, cancelled: true }] })).toMatchObject({ meeting: { on: '2020-08-27' } });
});

test('a meeting whose stop day has passed is out of reach, unless the matter is on its way to it', () => {
  const late = { today: day('2020-09-11') };
  expect(none(late)).toMatchObject({ none: 'no-meeting-before-last-day' });
  expect(way({ ...late, onItsWayTo: [september.meeting] })).toMatchObject({ meeting: { on: '2020-09-24' } });
});

test('no meeting before the last day is found at once, with the next possible one and how long an extension it takes', () => {
  const plan = none({ deciding: [october], lastOn: day('2020-10-15') });
  expect(plan).toMatchObject({ none: 'no-meeting-before-last-day', next: { meeting: { on: '2020-10-22' }, extensionTo: '2020-11-05' } });
});

test('no meeting is known', () => {
  expect(none({ deciding: [] })).toEqual({ none: 'no-meetings-known', lastOn: '2020-10-15', countedOn: '2020-06-01' });
});

test('the last day has passed: whatever is left, it is not in time', () => {
  expect(none({ today: day('2020-10-16'), deciding: [october, meetingOn('2020-11-19')] })).toMatchObject({
    none: 'last-day-passed',
    next: { meeting: { on: '2020-11-19' } },
  });
});

test('the last day has passed, but the matter was at a meeting in time: that stays the plan', () => {
  expect(way({ today: day('2020-10-20'), onItsWayTo: [september.meeting] })).toMatchObject({ meeting: { on: '2020-09-24' } });
});

const preparing = [
  meetingOn('2020-08-25', { board: 'preparing', stopOn: '2020-08-11', papersOn: '2020-08-18' }),
  meetingOn('2020-09-09', { board: 'preparing', stopOn: '2020-08-26', papersOn: '2020-09-02' }),
];

test('a preparing board meets before the deciding board’s stop day, not on it', () => {
  expect(way({ preparing })).toMatchObject({ meeting: { on: '2020-09-24' }, preparing: { on: '2020-09-09' } });
  const onStopDay = [preparing[0]!, meetingOn('2020-09-10', { board: 'preparing' })];
  expect(way({ preparing: onStopDay })).toMatchObject({ preparing: { on: '2020-08-25' } });
});

test('a preparing board that meets too late for the latest meeting: an earlier one decides', () => {
  expect(way({ preparing: [meetingOn('2020-08-05', { board: 'preparing' })] })).toMatchObject({
    meeting: { on: '2020-09-24' },
    preparing: { on: '2020-08-05' },
  });
  const early = [meetingOn('2020-06-10', { board: 'preparing' }), meetingOn('2020-09-20', { board: 'preparing' })];
  expect(way({ preparing: early, lastOn: day('2020-09-11') })).toMatchObject({ meeting: { on: '2020-08-27' }, preparing: { on: '2020-06-10' } });
});

test('the preparing board does not meet in time', () => {
  expect(none({ preparing: [meetingOn('2020-10-01', { board: 'preparing' })] })).toMatchObject({
    none: 'no-preparing-meeting',
    next: { meeting: { on: '2020-10-22' }, preparing: { on: '2020-10-01' } },
  });
});

const steps = [
  { name: 'Tjänsteutlåtande', workingDays: 5 },
  { name: 'Förvaltningsgruppen', calendar: [day('2020-09-16'), day('2020-08-19'), day('2020-09-02')] },
  { name: 'Funktionshinderrådet', calendar: [day('2020-09-17'), day('2020-09-03')], workingDays: 3 },
];
const stepDays = (plan: WayThere) => plan.steps.map(({ on, before, beforeOn }) => [on, before, beforeOn]);

test('steps are counted back from the stop day, each as late as the next allows', () => {
  expect(stepDays(way({ steps }))).toEqual([
    ['2020-08-26', 'step', '2020-09-02'],
    ['2020-09-02', 'step', '2020-09-03'],
    ['2020-09-03', 'stop', '2020-09-10'],
  ]);
});

test('consultations may come after the papers: 16 and 17 September before a meeting on the 24th [003]', () => {
  const [report, group, council] = steps;
  const after = [
    { ...group!, afterPapers: true },
    { ...council!, afterPapers: true },
  ];
  expect(stepDays(way({ steps: [report!, ...after] }))).toEqual([
    ['2020-09-03', 'stop', '2020-09-10'],
    ['2020-09-16', 'step', '2020-09-17'],
    ['2020-09-17', 'meeting', '2020-09-24'],
  ]);
});

test('with a preparing board the steps come before its meeting', () => {
  expect(stepDays(way({ preparing, steps: [{ name: 'Tjänsteutlåtande' }] }))).toEqual([['2020-08-25', 'stop', '2020-08-26']]);
});

test('papers sent before the stop day: the steps come before them', () => {
  const odd = meetingOn('2020-09-24', { stopOn: '2020-09-15', papersOn: '2020-09-10' });
  expect(stepDays(way({ deciding: [odd], steps: [{ name: 'Tjänsteutlåtande', workingDays: 0 }] }))).toEqual([['2020-09-10', 'papers', '2020-09-10']]);
});

test('a calendar without a day in time leaves the step without one; a day that has passed is said to be short', () => {
  const question = {
    steps: [
      { name: 'Tjänsteutlåtande', workingDays: 5 },
      { name: 'Rådet', calendar: [day('2020-12-01')] },
    ],
    today: day('2020-09-07'),
  };
  expect(way(question).steps).toEqual([
    { name: 'Tjänsteutlåtande', on: '2020-09-03', before: 'stop', beforeOn: '2020-09-10', workingDays: 5, short: true },
    { name: 'Rådet', before: 'stop', beforeOn: '2020-09-10', ownCalendar: true },
  ]);
});

const days = (from: string, most: number) => fc.integer({ min: 0, max: most }).map((n) => addDays(day(from), n));
const meetings = (name: string) =>
  fc
    .array(
      fc.record({ on: days('2020-06-01', 250), stop: fc.integer({ min: 0, max: 25 }), papers: fc.integer({ min: 0, max: 14 }), cancelled: fc.boolean() }),
      { maxLength: 12 },
    )
    .map((all) =>
      all.map(({ on, stop, papers, cancelled }, index): CalendarMeeting =>
        meetingOn(on, { board: name, stopOn: addDays(on, -stop), papersOn: addDays(on, -papers), cancelled, name: String(index) }),
      ),
    );
const questions: fc.Arbitrary<CountBack> = fc
  .record({
    lastOn: days('2020-06-01', 250),
    today: days('2020-05-25', 120),
    deciding: meetings('deciding'),
    preparing: fc.option(meetings('preparing'), { nil: undefined }),
    atOnce: fc.boolean(),
    steps: fc.array(fc.record({ name: fc.constant('Steg'), workingDays: fc.integer({ min: 0, max: 10 }) }), { maxLength: 4 }),
  })
  .map(({ preparing: before, ...rest }) => ({ ...rest, ...(before && { preparing: before }) }));

const allDays = ({ meeting, preparing: before, steps: taken, minutesOn, dispatchOn }: WayThere): readonly Day[] => [
  ...taken.flatMap(({ on }) => (on === undefined ? [] : [on])),
  ...(before ? [before.on] : []),
  meeting.on,
  minutesOn,
  dispatchOn,
];
/** Whether the meeting, with one that prepares it, leads to a dispatch in time: said anew, without the plan. */
const suffices = ({ lastOn, today, preparing: before }: CountBack, { on, stopOn, cancelled }: CalendarMeeting, atOnce: boolean): boolean => {
  const reached = (one: Pick<CalendarMeeting, 'on' | 'stopOn' | 'cancelled'>) => !one.cancelled && one.on >= today && one.stopOn >= today;
  const working: Day[] = [];
  for (let at = on; at <= lastOn; at = addDays(at, 1)) if (isWorkingDay(at)) working.push(at);
  const last = working.at(-1);
  if (last === undefined || !reached({ on, stopOn, cancelled })) return false;
  return (atOnce || last >= minutesLastOn(on)) && (before === undefined || before.some((one) => reached(one) && one.on < stopOn));
};
const laterThan = (a: ReplyPlan, b: WayThere): boolean => isThere(a) && isAfter(a.meeting.on, b.meeting.on);

test('a plan that says it fits never misses the last day, and its days follow each other', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const plan = countBack(question);
      fc.pre(isThere(plan));
      expect(plan.dispatchOn <= question.lastOn && isWorkingDay(plan.dispatchOn)).toBe(true);
      const inOrder = allDays(plan);
      expect(inOrder.every((on, index) => index === 0 || !isBefore(on, inOrder[index - 1]!))).toBe(true);
      expect(plan.preparing === undefined || isBefore(plan.preparing.on, plan.meeting.stopOn)).toBe(true);
      const held = question.deciding.find(({ meeting }) => meeting === plan.meeting.meeting);
      expect(held && suffices(question, held, plan.atOnce ?? false)).toBe(true);
    }),
  );
});

test('the latest possible meeting is chosen, and none is said only where there is none', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const plan = countBack(question);
      const atOnce = isThere(plan) ? (plan.atOnce ?? false) : true;
      const enough = question.deciding.filter((one) => suffices(question, one, atOnce));
      expect(isThere(plan) ? plan.meeting.on : undefined).toBe(
        enough
          .map(({ on }) => on)
          .toSorted()
          .at(-1),
      );
    }),
  );
});

test('cancelling any other meeting never makes it another; cancelling its own never makes it later, unless approved at once', () => {
  fc.assert(
    fc.property(questions, fc.nat(11), (question, which) => {
      const plan = countBack(question);
      fc.pre(isThere(plan) && which < question.deciding.length);
      const deciding = question.deciding.map((one, index) => (index === which ? { ...one, cancelled: true } : one));
      const next = countBack({ ...question, deciding });
      const itsOwn = question.deciding[which]?.meeting === plan.meeting.meeting;
      expect(itsOwn ? laterThan(next, plan) && isThere(next) && next.atOnce !== true : next).toEqual(itsOwn ? false : plan);
    }),
  );
});

test('a later last day never makes the meeting earlier, unless minutes can then be approved as usual', () => {
  fc.assert(
    fc.property(questions, fc.nat(60), (question, more) => {
      const plan = countBack(question);
      fc.pre(isThere(plan));
      const later = countBack({ ...question, lastOn: addDays(question.lastOn, more) });
      expect(isThere(later)).toBe(true);
      expect(isThere(later) && (later.atOnce === plan.atOnce ? !isBefore(later.meeting.on, plan.meeting.on) : later.atOnce === undefined)).toBe(true);
    }),
  );
});
