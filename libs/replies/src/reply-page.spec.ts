import { expect, test } from '@jest/globals';
import { audit, AuditReportRegistered, RecommendationMade, RecommendationWithdrawn, type Audit } from '#libs/audits';
import { day, event } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { countBack } from './count-back.js';
import {
  approved,
  approvedReply,
  awaited,
  awaitedUndated,
  chainSet,
  commented,
  consulted,
  due,
  duePlan,
  executive,
  givenReply,
  granted,
  ids,
  meetings,
  on,
  own,
  planned,
  register,
  reportWritten,
  requested,
  signedOff,
  takenUp,
} from './reply.given.js';
import type { ReplyEvent } from './reply.events.js';
import { reply, type Known } from './reply.js';
import { replyPage } from './reply-page.js';

const report: Audit = stateAfter(
  audit,
  [
    event(AuditReportRegistered, { audit: ids.audit, numbers: ['Nr 5 2020'], title: 'Korttidstillsyn', issuedBy: ids.council }),
    event(RecommendationMade, {
      audit: ids.audit,
      recommendation: ids.recommendation,
      number: '3',
      wording: 'Säkerställa.',
      addressees: [ids.board],
      addressed: 'named',
    }),
    event(RecommendationMade, { audit: ids.audit, recommendation: ids.point, number: '5', wording: 'Annat.', addressees: [ids.executive], addressed: 'named' }),
  ],
  on('2020-06-01'),
);
type Facts = readonly (ReplyEvent | readonly ReplyEvent[])[];
const pageOn = (today: string, ...happened: Facts) => {
  const events = happened.flat();
  const state = stateAfter(reply, events, on('2020-06-01')) as Known;
  return replyPage(
    state,
    events.map((one, nth) => Object.assign({}, one, { at: `2020-06-0${nth + 1}T08:00:00.000Z` })),
    report,
    register,
    day(today),
  );
};
const page = (...happened: Facts) => pageOn('2020-07-02', ...happened);

const lastOn = day('2020-10-15');
const plan = countBack({ lastOn, today: day('2020-06-01'), deciding: [meetings.september], steps: own.steps });
const none = countBack({ lastOn, today: day('2020-06-20'), deciding: [meetings.mergedLate] });
const both = countBack({
  lastOn,
  today: day('2020-06-01'),
  deciding: executive.meetings.map((one) => ({ ...one, board: ids.executive })),
  preparing: [meetings.september],
});

test('whose it is, and who holds it on the day', () => {
  expect(page(awaited())).toMatchObject({
    status: 'awaited',
    audit: { title: 'Korttidstillsyn', numbers: ['Nr 5 2020'] },
    board: { name: 'Älvsjö stadsdelsnämnd' },
    holder: { name: 'Hägersten-Älvsjö stadsdelsnämnd' },
    referredOn: '2020-05-25',
  });
  expect(pageOn('2020-06-30', awaited()).holder.name).toBe('Älvsjö stadsdelsnämnd');
});

test('the last day, and why that day', () => {
  expect(page(awaited()).lastDay).toMatchObject({ known: true, dueOn: '2020-10-15', late: false, why: { sv: 'den dag revisorerna angav vid överlämnandet' } });
  expect(page(awaited(), granted('2020-11-15', '2020-06-20'), due().moved(duePlan('2020-11-15'), 'extension-granted', 2)).lastDay).toMatchObject({
    dueOn: '2020-11-15',
    firstDueOn: '2020-10-15',
    why: { sv: 'revisorerna beviljade den 2020-06-20 anstånd till 2020-11-15' },
  });
});

test('an unknown last day is said to be unknown and is never late; one that is left to the board has none', () => {
  expect(pageOn('2025-01-01', awaitedUndated()).lastDay).toEqual({
    known: false,
    late: false,
    why: { sv: 'Den sista dagen är okänd, så yttrandet kan inte vara försenat.', en: 'The last day is unknown, so the reply cannot be late.' },
  });
  expect(pageOn('2025-01-01', awaitedUndated('possible-reply')).lastDay).toMatchObject({
    known: false,
    why: { en: expect.stringContaining('possible reply') },
  });
});

test('late by its day, whether or not a timer has said so; given in time it is not', () => {
  expect(pageOn('2020-10-20', awaited()).lastDay).toMatchObject({ late: true, daysLate: 5 });
  expect(pageOn('2020-10-20', awaited(), due().missed()).lastDay).toMatchObject({ late: true, daysLate: 5 });
  expect(pageOn('2020-12-20', givenReply()).lastDay).toMatchObject({ late: false, daysLate: 0 });
});

test('the plan: its meeting, and each day with its reason', () => {
  const { plan: shown, problem } = page(awaited(), planned(plan, 'reply-awaited', [ids.board])) as { plan?: { days: readonly unknown[] }; problem?: unknown };
  expect(problem).toBeUndefined();
  expect(shown).toMatchObject({ meetingOn: '2020-09-22', meetingBoard: { name: 'Älvsjö stadsdelsnämnd' }, dispatchOn: '2020-10-15', minutesOn: '2020-10-06' });
  expect(shown?.days).toHaveLength(6);
});

test('with a preparing board its meeting too', () => {
  expect(page(awaited(), chainSet(ids.executive, ids.board), planned(both, 'chain-set', [ids.board, ids.executive]))).toMatchObject({
    chain: { preparing: { name: 'Älvsjö stadsdelsnämnd' }, deciding: { name: 'Kommunstyrelsen' } },
    plan: { meetingOn: '2020-10-01', preparing: { meetingOn: '2020-09-22' } },
  });
});

test('no meeting in time: why, the next one, and every plan before, the newest first', () => {
  const shown = page(awaited(), planned(plan, 'reply-awaited', [ids.board]), planned(none, 'board-succeeded', [ids.board, ids.successor]));
  expect(shown).toMatchObject({
    problem: {
      reason: 'no-meeting-before-last-day',
      next: { meetingOn: '2020-10-22', board: { name: 'Hägersten-Älvsjö stadsdelsnämnd' }, extensionTo: '2020-11-05' },
    },
  });
  expect(shown.planHistory.map(({ because, at }) => [because, at])).toEqual([
    ['board-succeeded', '2020-06-04T08:00:00.000Z'],
    ['reply-awaited', '2020-06-03T08:00:00.000Z'],
  ]);
});

const head = (date: string) => signedOff('head-of-administration', date);

test('its meeting has been, its minutes should be approved, and no decision is cited: that is told', () => {
  const waiting = [...awaited(), planned(plan, 'reply-awaited', [ids.board])];
  expect(pageOn('2020-10-06', waiting)).not.toHaveProperty('problem');
  expect(pageOn('2020-10-07', waiting)).toMatchObject({ plan: { meetingOn: '2020-09-22' }, problem: { reason: 'meeting-passed' } });
  expect(pageOn('2020-10-07', waiting, approved())).not.toHaveProperty('problem');
});

test('sign-offs by rank, the lowest first; that the higher one came first is shown', () => {
  const department = signedOff('department-head', '2020-09-08', { at: ids.department });
  expect(page(awaited(), head('2020-09-10'), department)).toMatchObject({
    signOffs: [
      { role: 'department-head', unit: { name: 'Socialtjänstavdelningen' } },
      { role: 'head-of-administration', on: '2020-09-10' },
    ],
  });
  expect(page(awaited(), head('2020-09-10'), department)).not.toHaveProperty('signedOutOfRank');
  expect(page(awaited(), head('2020-09-07'), department)).toMatchObject({ signedOutOfRank: true });
});

test('consultations by day, the officer’s report, and how an extension stands', () => {
  expect(
    page(awaited(), reportWritten('2020-09-08'), consulted('Rådet', '2020-09-17'), consulted('Gruppen', '2020-09-16'), requested('2020-11-15', '2020-09-01')),
  ).toMatchObject({
    officerReport: { on: '2020-09-08' },
    consultations: [{ body: 'Gruppen' }, { body: 'Rådet' }],
    extension: { status: 'requested', until: '2020-11-15', requests: 1 },
  });
});

test('the recommendations that it is to answer, and what it says of them; one that was withdrawn is said to be', () => {
  expect(page(awaited(), takenUp('2020-10-15')).recommendations).toEqual([
    { recommendation: ids.recommendation, number: '3', wording: 'Säkerställa.', answered: false },
  ]);
  expect(page(awaited(), commented('Vi instämmer.', 'agrees')).recommendations).toMatchObject([
    { answered: true, position: 'agrees', comment: 'Vi instämmer.' },
  ]);
  const withdrawn = event(RecommendationWithdrawn, {
    audit: ids.audit,
    recommendation: ids.recommendation,
    on: day('2020-06-10'),
    decidedOn: day('2020-06-10'),
    reason: 'Fel.',
    boards: [ids.board],
  });
  const state = stateAfter(reply, awaited(), on('2020-06-01')) as Known;
  const after =
    report.status === 'none' ? report : audit.evolve(report, withdrawn, { id: ids.point, rev: 0, at: on('2020-06-10').now, by: on('2020-06-10').by });
  expect(replyPage(state, [], after, register, day('2020-07-02')).recommendations).toMatchObject([{ withdrawn: true, answered: false }]);
});

test('approved and given, to whom it was dispatched', () => {
  expect(page(approvedReply())).toMatchObject({ approval: { decidedBy: { name: 'Hägersten-Älvsjö stadsdelsnämnd' }, on: '2020-09-24' } });
  expect(page(givenReply())).toMatchObject({ givenOn: '2020-10-09', dispatchedTo: [{ id: ids.auditors }] });
  expect(page(awaited(), approved())).not.toHaveProperty('givenOn');
});

test('an audit that is not read yet is shown by its id', () => {
  const state = stateAfter(reply, awaited(), on('2020-06-01')) as Known;
  expect(replyPage(state, [], { status: 'none' }, register, day('2020-07-02'))).toMatchObject({
    audit: { title: ids.audit, numbers: [] },
    recommendations: [],
  });
});
