import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { AgreementFileLinked } from './agreement.events.js';
import {
  cited,
  decisionOf,
  EDUCATION,
  entered,
  given,
  ids,
  lived,
  on,
  organisation,
  OTHER_TEXT,
  proposed,
  recorded,
  registered,
  reviewAwaited,
  ruleOn,
  signed,
  TEXT,
  v1,
  v2,
} from './agreements.given.js';
import type { Decided } from './needs.js';
import { recordDecision, type RecordDecision } from './record-decision.js';

type TermsOf = Exclude<NonNullable<Parameters<typeof proposed>[0]>['terms'], undefined>;
const needing = (decided: Decided | undefined) => ({ organisation, ruleOn, decided, evidence: { has: () => true } });
const command = (decided: Decided | undefined, more: Partial<RecordDecision> = {}): RecordDecision => ({
  agreement: ids.agreement,
  decision: decided ? cited(decided) : { meeting: derivedId('meeting'), point: derivedId('point') },
  ...more,
});
const both = () => [registered(), proposed(), proposed({ text: OTHER_TEXT, number: 2 })];
const recording = (decided: Decided | undefined, more: Partial<RecordDecision> = {}, facts = both()) =>
  given(facts).when(recordDecision, command(decided, more), on('2022-10-01'), needing(decided));

test('socialnämnden’s approval [000] is recorded: the condition is still missing', () => {
  recording(decisionOf()).then(recorded());
});

test('it is recorded before its minutes are approved, and counts only then', () => {
  const uncounted = { counts: false } as const;
  recording(decisionOf(uncounted)).then(recorded(uncounted));
  given(both(), recorded(EDUCATION))
    .when(recordDecision, command(decisionOf(uncounted)), on('2022-10-01'), needing(decisionOf(uncounted)))
    .then(recorded(uncounted));
});

test('concurring decisions: in force from the day on which the last of them counts, and a review is awaited within a year', () => {
  const decided = decisionOf({ ...EDUCATION });
  given(both(), recorded())
    .when(recordDecision, command(decided), on('2022-10-01'), needing(decided))
    .then(recorded(EDUCATION), entered('2022-09-22'), reviewAwaited('2022-09-22'));
});

test('the day is the same in whatever order they are recorded', () => {
  given(both(), recorded(EDUCATION))
    .when(recordDecision, command(decisionOf()), on('2022-10-01'), needing(decisionOf()))
    .then(recorded(), entered('2022-09-22'), reviewAwaited('2022-09-22'));
});

test('a decision on another version does not concur; the same board’s later one does', () => {
  const other = { ...EDUCATION, on: '2022-08-25', counts: '2022-08-30', object: { kind: 'agreement' as const, id: ids.agreement, version: v2 } };
  const onOther = decisionOf(other);
  given(both(), recorded())
    .when(recordDecision, command(onOther), on('2022-10-01'), needing(onOther))
    .then(recorded(other, { version: v2 }));
  const later = decisionOf(EDUCATION);
  given(both(), recorded(), recorded(other, { version: v2 }))
    .when(recordDecision, command(later), on('2022-10-01'), needing(later))
    .then(recorded(EDUCATION), entered('2022-09-22'), reviewAwaited('2022-09-22'));
});

const stating = (terms: TermsOf) => [registered(), proposed({ terms }), recorded()];

test('where signatures or a start day are stated too, it is in force from the last of all of them', () => {
  const decided = decisionOf(EDUCATION);
  given(stating({ allSignatures: true }))
    .when(recordDecision, command(decided), on('2022-10-01'), needing(decided))
    .then(recorded(EDUCATION));
  given(stating({ allSignatures: true }), signed(ids.social, '2022-09-23'), signed(ids.education, '2022-09-26'))
    .when(recordDecision, command(decided), on('2022-10-01'), needing(decided))
    .then(recorded(EDUCATION), entered('2022-09-26'), reviewAwaited('2022-09-26'));
  given(stating({ startOn: day('2023-01-01') }))
    .when(recordDecision, command(decided), on('2022-10-01'), needing(decided))
    .then(recorded(EDUCATION), entered('2023-01-01'), reviewAwaited('2023-01-01'));
});

test('referred back, tabled and noted decide nothing; a rejection takes back what was approved', () => {
  for (const outcome of ['referred-back', 'tabled', 'noted'] as const) recording(decisionOf({ outcome })).then(recorded({ outcome }));
  const inForce = lived('2022-09-22', ...both(), recorded(), recorded(EDUCATION));
  const rejection = { on: '2022-11-15', counts: '2022-11-20', outcome: 'rejected' } as const;
  const decided = decisionOf(rejection);
  given(inForce)
    .when(recordDecision, command(decided), on('2022-12-01'), needing(decided))
    .thenTypes('PartyDecisionRecorded', 'AgreementForceEnded', 'DeadlineClosed');
});

test('the rejection of another version leaves the one in force', () => {
  const decided = decisionOf({ on: '2022-11-15', counts: '2022-11-20', outcome: 'rejected', object: { kind: 'agreement', id: ids.agreement, version: v2 } });
  given(lived('2022-09-22', ...both(), recorded(), recorded(EDUCATION)))
    .when(recordDecision, command(decided), on('2022-12-01'), needing(decided))
    .thenTypes('PartyDecisionRecorded');
});

test('approved with changes: the version that results is registered, and is the one approved', () => {
  const decided = decisionOf({ ...EDUCATION, outcome: 'approved-with-changes' });
  const { events } = given(registered(), proposed(), recorded()).when(
    recordDecision,
    command(decided, { resulting: { text: OTHER_TEXT } }),
    on('2022-10-01'),
    needing(decided),
  );
  expect(events).toMatchObject([
    { type: 'VersionProposed', data: { version: v2, number: 2, board: ids.education, on: '2022-09-15', decision: cited(decided) } },
    { type: 'PartyDecisionRecorded', data: { version: v2, effect: 'approves', outcome: 'approved-with-changes' } },
  ]);
});

test('it concurs when the others approve that one; where it is registered already its hash is enough', () => {
  const decided = decisionOf({ ...EDUCATION, outcome: 'approved-with-changes' });
  const first = recorded({}, { version: v2 });
  given(both(), first)
    .when(recordDecision, command(decided, { resultingVersion: v2 }), on('2022-10-01'), needing(decided))
    .thenTypes('PartyDecisionRecorded', 'AgreementEnteredIntoForce', 'DeadlineSet');
});

test('a point names its version by number, by hash or by that of a linked file', () => {
  const file = 'f'.repeat(64);
  const linked = event(AgreementFileLinked, { agreement: ids.agreement, version: v2, document: file, reason: 'Inskannad.' });
  for (const version of ['2', v2, file]) {
    const decided = decisionOf({ object: { kind: 'agreement', id: ids.agreement, version } });
    expect(recording(decided, {}, [...both(), linked] as ReturnType<typeof both>).events).toMatchObject([{ data: { version: v2 } }]);
  }
});

test('different versions are not taken as concurring: a point on another version than is said is refused', () => {
  recording(decisionOf(), { version: v2 }).thenRefused('decision.other-version');
  recording(decisionOf({ object: { kind: 'agreement', id: ids.agreement, version: '9' } }), { version: v1 }).thenRefused('decision.other-version');
});

test('a point that names no version needs to be told which', () => {
  const decided = decisionOf({ object: { kind: 'agreement', id: ids.agreement } });
  recording(decided).thenRefused('decision.version-missing');
  recording(decided, { version: 'e'.repeat(64) }).thenRefused('version.unknown');
  recording(decided, { version: v1 }).thenTypes('PartyDecisionRecorded');
});

test('a decision by a board that is no party is refused, also one of a board that has ended or is not there yet', () => {
  recording(decisionOf({ board: ids.culture })).thenRefused('decision.no-party');
  recording(decisionOf({ board: ids.norrmalm, on: '2023-07-01' })).thenRefused('decision.board-ended');
  recording(decisionOf({ board: ids.innerstaden, on: '2023-06-30' })).thenRefused('decision.board-not-yet');
});

test('a successor decides for the party whose place it holds', () => {
  const parties = [ids.social, ids.ostermalm, ids.norrmalm];
  const decided = decisionOf({ board: ids.innerstaden, on: '2023-08-24', counts: '2023-08-30' });
  const { events } = given(registered(), proposed({ parties })).when(recordDecision, command(decided), on('2023-09-01'), needing(decided));
  expect(events).toMatchObject([{ data: { board: ids.innerstaden, parties: [ids.ostermalm, ids.norrmalm] } }]);
});

test('the same again says nothing new; the same point with another effect is refused', () => {
  given(both(), recorded()).when(recordDecision, command(decisionOf()), on('2022-10-01'), needing(decisionOf())).thenNothing();
  const without = decisionOf({ object: { kind: 'agreement', id: ids.agreement } });
  given(both(), recorded())
    .when(recordDecision, command(without, { version: v2 }), on('2022-10-01'), needing(without))
    .thenRefused('decision.recorded-already');
});

test('a decision in no minutes, about something else, with a result it cannot have or without the one it must have is refused', () => {
  recording(undefined).thenRefused('decision.unknown');
  recording(decisionOf({ object: { kind: 'agreement', id: derivedId('other') } })).thenRefused('decision.other-object');
  recording(decisionOf({ object: { kind: 'reply', id: ids.agreement } })).thenRefused('decision.other-object');
  recording(decisionOf(), { resulting: { text: TEXT } }).thenRefused('decision.resulting-version');
  recording(decisionOf({ outcome: 'approved-with-changes' })).thenRefused('decision.resulting-version');
  recording(decisionOf({ outcome: 'approved-with-changes' }), { resulting: { text: TEXT }, resultingVersion: v2 }).thenRefused('decision.resulting-version');
  given().when(recordDecision, command(decisionOf()), on('2022-10-01'), needing(decisionOf())).thenRefused('agreement.unknown');
});
