import { expect, test } from '@jest/globals';
import {
  ActionNoted,
  AddresseeConfirmed,
  DocumentsDelivered,
  DocumentsRequested,
  ImplementationWithdrawn,
  LastDaySet,
  ObjectionRecorded,
  ObligationAllotted,
  ObligationArisen,
  ObligationDaysNoted,
  ObligationImplemented,
  ObligationJudged,
  ObligationReopened,
  obligationsView,
  ObligationWithdrawn,
  ReplyDayNoted,
  ReplyNoted,
  type ObligationEvent,
} from '#libs/audits';
import { day, derivedId, event } from '#libs/kernel';
import { foldAll, happenedIn } from '#libs/views';
import { CHANGE_NAMES, CHANGES, changesOf, type ObligationThen } from './changes.js';

const obligation = derivedId('obligation');
const [board, other, action, decision] = [derivedId('board'), derivedId('other'), derivedId('action'), { meeting: derivedId('m'), point: derivedId('p') }];
const arisen = event(ObligationArisen, {
  obligation,
  audit: derivedId('audit'),
  recommendation: derivedId('R3'),
  board,
  number: 'R3',
  addressed: 'as-interpreted',
});
const noted = (status: 'promised' | 'done', promisedOn?: string) =>
  event(ActionNoted, { obligation, action, kind: 'promised', status, ...(promisedOn !== undefined && { promisedOn: day(promisedOn) }) });
const implemented = event(ObligationImplemented, { obligation, on: day('2021-01-20'), decision });
const judged = event(ObligationJudged, {
  obligation,
  judgement: derivedId('j'),
  outcome: 'not-met',
  decidedOn: day('2021-09-01'),
  source: { kind: 'annual-report', reference: 'Årsrapport 2021' },
  grounds: 'Inget är gjort.',
});
const requested = event(DocumentsRequested, { obligation, request: derivedId('r'), what: 'Protokoll', by: day('2021-10-01') });

const after = (...facts: readonly ObligationEvent[]) =>
  foldAll(obligationsView, happenedIn(`obligation-${obligation}`, ...facts)).at(-1) as unknown as ObligationThen;
const between = (before: readonly ObligationEvent[], ...more: readonly ObligationEvent[]) =>
  changesOf(after(arisen, ...before), after(arisen, ...before, ...more));

test('what was not there is new, whatever it has gone through since', () => {
  expect(changesOf(undefined, after(arisen, noted('promised')))).toEqual([{ what: 'arisen' }]);
});

test('nothing happened: nothing changed', () => {
  expect(between([noted('promised', '2021-01-31')])).toEqual([]);
});

test.each<[string, readonly ObligationEvent[], ObligationEvent, unknown]>([
  ['a withdrawal', [], event(ObligationWithdrawn, { obligation, on: day('2021-01-01'), reason: 'Fel' }), { what: 'withdrawn' }],
  ['the board’s decision', [], implemented, { what: 'implemented', to: '2021-01-20' }],
  ['a reopening', [implemented], event(ObligationReopened, { obligation, because: 'judged-not-met' }), { what: 'reopened' }],
  ['a decision taken back', [implemented], event(ImplementationWithdrawn, { obligation, reason: 'Fel' }), { what: 'implementation-withdrawn' }],
  ['a judgement', [], judged, { what: 'judged', to: 'not-met' }],
  ['an objection', [judged], event(ObjectionRecorded, { obligation, judgement: derivedId('j'), text: 'Nej.' }), { what: 'objected' }],
  ['a confirmed addressee', [], event(AddresseeConfirmed, { obligation }), { what: 'addressee-confirmed' }],
  ['a reception', [], event(ObligationDaysNoted, { obligation, receivedOn: day('2020-05-28') }), { what: 'received', to: '2020-05-28' }],
  ['a reply that is awaited', [], event(ReplyDayNoted, { obligation, dueOn: day('2020-10-15') }), { what: 'reply-day', to: '2020-10-15' }],
  ['a proposed reply', [], event(ReplyNoted, { obligation, reply: derivedId('reply'), proposed: true }), { what: 'reply-proposed' }],
  ['a reply', [], event(ReplyNoted, { obligation, reply: derivedId('reply'), givenOn: day('2020-10-01') }), { what: 'reply-given', to: '2020-10-01' }],
  ['a last day', [], event(LastDaySet, { obligation, on: day('2022-01-31'), by: 'auditors' }), { what: 'last-day', to: '2022-01-31' }],
  ['an action', [], noted('promised', '2020-12-31'), { what: 'action-added', action, to: '2020-12-31' }],
  ['an action without a day', [], noted('promised'), { what: 'action-added', action }],
  ['a moved day', [noted('promised', '2020-12-31')], noted('promised', '2021-03-31'), { what: 'action-day', action, from: '2020-12-31', to: '2021-03-31' }],
  ['a first day', [noted('promised')], noted('promised', '2021-03-31'), { what: 'action-day', action, to: '2021-03-31' }],
  ['an action done', [noted('promised')], noted('done'), { what: 'action-status', action, from: 'promised', to: 'done' }],
  ['a request', [], requested, { what: 'documents-requested', to: '2021-10-01' }],
  [
    'a delivery',
    [requested],
    event(DocumentsDelivered, { obligation, request: derivedId('r'), documents: [], on: day('2021-09-20') }),
    { what: 'documents-delivered' },
  ],
  [
    'an allotment',
    [],
    event(ObligationAllotted, { obligation, to: other, on: day('2021-01-01'), decision: 'KF' }),
    { what: 'allotted', from: board, to: other },
  ],
])('%s is told', (_what, before, fact, expected) => {
  expect(between(before, fact)).toEqual([expected]);
});

test('what was changed and changed back is as it was', () => {
  expect(between([noted('promised', '2020-12-31')], noted('promised', '2021-03-31'), noted('promised', '2020-12-31'))).toEqual([]);
});

test('everything that can change has a name', () => {
  expect(CHANGES.filter((what) => !/\p{L}/u.test(CHANGE_NAMES[what].sv + CHANGE_NAMES[what].en))).toEqual([]);
});
