import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { DeadlineSet, planFor } from '#libs/timers';
import {
  arisen,
  documentsRequested,
  ids,
  implemented,
  judged,
  lastDaySet,
  paper,
  promised,
  requestOf,
  requestWait,
  ruleOf,
  theObligation,
} from './audits.given.js';
import { awaitedDays, requestsShown } from './obligation-days.js';
import { DocumentsDelivered, ReplyDayNoted, ReplyNoted, type ObligationEvent } from './obligation.events.js';
import { evolveObligation, lastDayDeadlineId, obligation as stream } from './obligation.js';

const stateAfter = (...facts: readonly ObligationEvent[]) => {
  const state = facts.reduce(evolveObligation, stream.initial);
  if (state.status === 'none') throw new Error('It never arose.');
  return state;
};
const today = day('2020-12-01');
const days = (...facts: readonly ObligationEvent[]) => awaitedDays(stateAfter(arisen(), ...facts), today);
const replyDue = event(ReplyDayNoted, { obligation: theObligation, dueOn: day('2020-10-15') });
const replied = event(ReplyNoted, { obligation: theObligation, reply: ids.reply, givenOn: day('2020-10-14') });

const delivered = (on: string) => event(DocumentsDelivered, { obligation: theObligation, request: requestOf(), documents: [paper], on: day(on) });

test('until the reply is given its last day is waited for, then the one that was set', () => {
  expect(days(replyDue, lastDaySet('2021-06-30'))).toMatchObject([{ what: 'reply', dueOn: '2020-10-15', late: true }]);
  expect(days(replyDue, lastDaySet('2021-06-30'), replied)).toMatchObject([{ what: 'last-day', dueOn: '2021-06-30', late: false }]);
  expect(days(replyDue, replied)).toEqual([]);
});

test('it says why that day: who set it, or how it was counted', () => {
  expect(days(lastDaySet('2021-06-30'))).toMatchObject([{ why: { en: 'the day was set by the auditors' } }]);
  expect(days(lastDaySet('2021-06-30', 'board'))).toMatchObject([{ why: { en: 'the day was set by the board’s decision' } }]);
  const rule = { ...ruleOf('last-day'), length: { days: 10, unit: 'working-days' as const } };
  const plan = planFor(rule, day('2020-12-01'), { deadline: lastDayDeadlineId(theObligation), unit: ids.reply });
  const counted = days(lastDaySet(plan.dueOn), event(DeadlineSet, { ...plan, generation: 1 }));
  expect(counted).toMatchObject([{ dueOn: '2020-12-15', why: { en: expect.stringContaining('15 December 2020') } }]);
});

test('a promised day tells which was promised first, where it has moved', () => {
  expect(days(promised())).toMatchObject([{ what: 'promised-day', action: ids.action, why: { en: 'the day was promised for the action' } }]);
  expect(days(promised('promised', '2021-03-31', '2020-12-31'))).toMatchObject([
    { dueOn: '2021-03-31', why: { en: expect.stringContaining('31 December 2020') } },
  ]);
  expect([...days(promised('done')), ...days(promised('proposed'))]).toEqual([]);
});

test('the next day comes first', () => {
  const request = [documentsRequested('2020-12-15'), requestWait('2020-12-01', '2020-12-15').set];
  expect(days(lastDaySet('2021-06-30'), promised(), ...request).map(({ what }) => what)).toEqual(['documents', 'promised-day', 'last-day']);
});

test('of what is implemented, judged met or no longer relevant no last day is waited for', () => {
  expect(days(lastDaySet('2021-06-30'), promised(), implemented('2020-11-30'))).toEqual([]);
  expect(days(lastDaySet('2021-06-30'), judged('met', '2020-11-30'))).toEqual([]);
  expect(days(lastDaySet('2021-06-30'), judged('no-longer-relevant', '2020-11-30'))).toEqual([]);
  expect(days(lastDaySet('2021-06-30'), judged('met-in-part', '2020-11-30'))).toHaveLength(1);
});

test('a request is late past its day, or delivered after it, and not where nothing is awaited any more', () => {
  const wait = requestWait('2020-11-01', '2020-11-15');
  const asked = [documentsRequested('2020-11-15'), wait.set];
  const late = (...facts: readonly ObligationEvent[]) => requestsShown(stateAfter(arisen(), ...asked, ...facts), today).map((request) => request.late);
  expect([late(), late(delivered('2020-11-15')), late(delivered('2020-11-16')), late(wait.closed('2020-11-10', 'obligation-withdrawn'))]).toEqual([
    [true],
    [false],
    [true],
    [false],
  ]);
});
