import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { DecisionAnnulled, meeting, MeetingOpened, MinutesApproved, ParagraphRecorded, type MeetingEvent } from '#libs/meetings';
import { stateAfter } from '#libs/testing';
import { cited, decisionOf, delegated, delegatedFurther, givenOrder, ids, on, orderAfter, organisation } from './agreements.given.js';
import { delegateFurther, type DelegateFurther } from './delegate-further.js';
import { DelegationEnded, FurtherDelegationEnded, type DelegationOrderEvent } from './delegation-order.events.js';
import { delegatesOn } from './delegation-order.js';
import { endDelegation } from './end-delegation.js';
import { endFurtherDelegation } from './end-further-delegation.js';
import { followDelegationDecision } from './follow-delegation-decision.js';
import { giveDelegation, type GiveDelegation } from './give-delegation.js';

// Given [000]: § 13, point 2.
const decided = decisionOf({ nth: 1, object: { kind: 'delegation', id: ids.delegation } });
const board = ids.social;
const give = (more: Partial<GiveDelegation> = {}): GiveDelegation => ({
  board,
  point: ids.delegation,
  origin: 'special-decision',
  what: 'Att teckna avtalet och revidera överenskommelsen vid behov.',
  covers: ['sign-agreements', 'revise-agreements'],
  role: 'head-of-administration',
  unit: ids.socialAdministration,
  decision: cited(decided),
  ...more,
});
const needs = { organisation, decided, newId: ids.delegation };
const giving = (more: Partial<GiveDelegation> = {}, having: object = {}, asked = on('2022-06-21')) =>
  givenOrder().when(giveDelegation, give(more), asked, { ...needs, ...having });

test('by a special decision, from the day it counts, reported at the next meeting where the board says nothing', () => {
  giving().then(delegated());
});
test('by a point of the order, with what it says itself', () => {
  const said = { number: '3.2', origin: 'order', agreement: ids.agreement, from: day('2022-07-01'), to: day('2023-12-31'), furtherAllowed: true } as const;
  giving({ ...said, reporting: 'not', appealable: true }).then(delegated({ ...said, reporting: 'not', appealable: true }));
});
test('the id follows from the command where it says none', () => {
  const { point: _, ...without } = give();
  givenOrder().when(giveDelegation, without, on('2022-06-21'), needs).then(delegated());
});
test('the same again says nothing new; another under its id is refused', () => {
  givenOrder(delegated()).when(giveDelegation, give(), on('2022-06-21'), needs).thenNothing();
  givenOrder(delegated())
    .when(giveDelegation, give({ role: 'unit-manager' }), on('2022-06-21'), needs)
    .thenRefused('delegation.exists');
});
test('a decision in no minutes, not counting, of another board, or no approval delegates nothing', () => {
  const { countsFrom: _, ...uncounted } = decided;
  giving({}, { decided: undefined }).thenRefused('decision.unknown');
  giving({}, { decided: uncounted }).thenRefused('decision.not-counting');
  giving({}, { decided: { ...decided, outcome: 'rejected' } }).thenRefused('decision.not-approved');
  giving({}, { decided: { ...decided, board: ids.education } }).thenRefused('delegation.other-board');
  giving({}, { decided: { ...decided, board: ids.norrmalm, on: day('2023-07-01') } }).thenRefused('decision.board-ended');
});
test('for another board, to another board’s role, to nothing, before its decision or backwards it is refused', () => {
  giving({}, {}, on('2022-06-21', { unit: ids.education })).thenRefused('board.not-yours');
  giving({ unit: ids.educationAdministration }).thenRefused('delegation.unit-elsewhere');
  giving({ covers: [] }).thenRefused('delegation.covers-nothing');
  giving({ from: day('2022-06-19') }).thenRefused('delegation.before-decision');
  giving({ to: day('2022-06-19') }).thenRefused('delegation.period-contradictory');
});

// The end

const end = { board, point: ids.delegation, lastDay: day('2023-12-31'), decision: cited(decided) };
const ended = event(DelegationEnded, { board, point: ids.delegation, lastDay: day('2023-12-31'), because: 'decided', decision: cited(decided) });

test('the board takes a delegation back: it holds through its last day', () => {
  givenOrder(delegated()).when(endDelegation, end, on('2023-11-20'), needs).then(ended);
  const order = orderAfter(delegated(), ended);
  expect(delegatesOn(order, 'sign-agreements', ids.agreement, day('2023-12-31'))).toHaveLength(1);
  expect(delegatesOn(order, 'sign-agreements', ids.agreement, day('2024-01-01'))).toHaveLength(0);
});
test('ended already by then it says nothing new', () => {
  givenOrder(delegated(), ended).when(endDelegation, end, on('2023-11-20'), needs).thenNothing();
});
test('what is not there, another board’s, before it began, or without a decision is not ended', () => {
  givenOrder().when(endDelegation, end, on('2023-11-20'), needs).thenRefused('delegation.unknown');
  const so = givenOrder(delegated());
  so.when(endDelegation, end, on('2023-11-20', { unit: ids.education }), needs).thenRefused('board.not-yours');
  so.when(endDelegation, { ...end, lastDay: day('2022-06-19') }, on('2023-11-20'), needs).thenRefused('delegation.period-contradictory');
  so.when(endDelegation, end, on('2023-11-20'), { ...needs, decided: undefined }).thenRefused('decision.unknown');
});

// Further delegation

const head = on('2022-07-01', { role: 'head-of-administration', unit: ids.socialAdministration, actor: ids.director });
const further = (more: Partial<DelegateFurther> = {}): DelegateFurther => ({
  board,
  point: ids.delegation,
  role: 'unit-manager',
  unit: ids.procurement,
  from: day('2022-07-01'),
  ...more,
});
const on2 = { organisation, newId: ids.further };

test('the head of administration delegates further, one step, where the board allows it', () => {
  givenOrder(delegated({ furtherAllowed: true }))
    .when(delegateFurther, further(), head, on2)
    .then(delegatedFurther());
  givenOrder(delegated({ furtherAllowed: true }), delegatedFurther())
    .when(delegateFurther, further(), head, on2)
    .thenNothing();
});
test('where the board does not allow it, a step further, or of what is not delegated it is refused', () => {
  givenOrder(delegated()).when(delegateFurther, further(), head, on2).thenRefused('delegation.no-further');
  givenOrder(delegated({ furtherAllowed: true }), delegatedFurther())
    .when(delegateFurther, further({ point: ids.further }), head, on2)
    .thenRefused('delegation.one-step');
  givenOrder().when(delegateFurther, further(), head, on2).thenRefused('delegation.unknown');
});
test('by anybody else, or of what was delegated to another role it is refused', () => {
  const manager = on('2022-07-01', { role: 'unit-manager', unit: ids.socialAdministration });
  givenOrder(delegated({ furtherAllowed: true }))
    .when(delegateFurther, further(), manager, on2)
    .thenRefused('delegation.not-head');
  givenOrder(delegated({ furtherAllowed: true, role: 'department-head' }))
    .when(delegateFurther, further(), head, on2)
    .thenRefused('delegation.not-head');
  const other = on('2022-07-01', { role: 'head-of-administration', unit: ids.educationAdministration });
  givenOrder(delegated({ furtherAllowed: true }))
    .when(delegateFurther, further(), other, on2)
    .thenRefused('board.not-yours');
});
test('to another board’s unit, outside the days of the delegation or backwards it is refused', () => {
  const so = givenOrder(delegated({ furtherAllowed: true, to: day('2022-12-31') }));
  so.when(delegateFurther, further({ unit: ids.educationAdministration }), head, on2).thenRefused('delegation.unit-elsewhere');
  so.when(delegateFurther, further({ from: day('2022-06-19') }), head, on2).thenRefused('delegation.outside-its-days');
  so.when(delegateFurther, further({ from: day('2023-01-01') }), head, on2).thenRefused('delegation.outside-its-days');
  so.when(delegateFurther, further({ to: day('2022-06-30') }), head, on2).thenRefused('delegation.period-contradictory');
});
const delegatesBy =
  (...order: readonly DelegationOrderEvent[]) =>
  (date: string) =>
    delegatesOn(orderAfter(...order), 'sign-agreements', ids.agreement, day(date)).map(({ role }) => role);

test('a further delegation is taken back, and ends with the delegation that it came from', () => {
  const back = { board, point: ids.delegation, further: ids.further, lastDay: day('2022-09-30'), reason: 'Ny organisation.' };
  const gone = event(FurtherDelegationEnded, back);
  const facts = [delegated({ furtherAllowed: true }), delegatedFurther()];
  givenOrder(facts).when(endFurtherDelegation, back, head, on2).then(gone);
  givenOrder(facts, gone).when(endFurtherDelegation, back, head, on2).thenNothing();
  expect(delegatesBy(...facts)('2022-10-01')).toEqual(['head-of-administration', 'unit-manager']);
  expect(delegatesBy(...facts, gone)('2022-10-01')).toEqual(['head-of-administration']);
  expect(delegatesBy(...facts, ended)('2024-01-01')).toEqual([]);
});
test('one that is not there, another board’s or backwards is not taken back', () => {
  const back = { board, point: ids.delegation, further: ids.further, lastDay: day('2022-09-30'), reason: 'Skäl.' };
  givenOrder(delegated()).when(endFurtherDelegation, back, head, on2).thenRefused('delegation.further-unknown');
  givenOrder().when(endFurtherDelegation, back, head, on2).thenRefused('delegation.unknown');
  const so = givenOrder(delegated(), delegatedFurther());
  so.when(endFurtherDelegation, back, on('2022-07-01', { unit: ids.education }), on2).thenRefused('board.not-yours');
  so.when(endFurtherDelegation, { ...back, lastDay: day('2022-06-30') }, head, on2).thenRefused('delegation.period-contradictory');
});

// A court annuls the decision

const { meeting: id, point } = decided;
const paragraph = derivedId(id, '§ 13');
const minuted = [
  event(MeetingOpened, { meeting: id, board, on: day('2022-06-14'), kind: 'meeting' }),
  event(ParagraphRecorded, { meeting: id, paragraph, number: '§ 13', title: 'Delegation', points: [{ point, text: 'Delegeras.', outcome: 'approved' }] }),
  event(MinutesApproved, { meeting: id, approval: 1, on: day('2022-06-20') }),
];
const annulled = event(DecisionAnnulled, { meeting: id, point, court: 'Förvaltningsrätten', on: day('2022-11-15') });
const minutes = (...facts: readonly MeetingEvent[]) => stateAfter(meeting, [...minuted, ...facts], on('2022-06-14'));
const follow = { board, meeting: id };

test('a delegation ends with the decision that gave it, from the day of the ruling', () => {
  givenOrder(delegated())
    .when(followDelegationDecision, follow, on('2022-11-20'), { minutes: minutes(annulled) })
    .then(event(DelegationEnded, { board, point: ids.delegation, lastDay: day('2022-11-14'), because: 'annulled' }));
});
test('minutes that annul nothing, or of another meeting, end none', () => {
  givenOrder(delegated()).when(followDelegationDecision, follow, on('2022-11-20'), { minutes: minutes() }).thenNothing();
  givenOrder(delegated())
    .when(followDelegationDecision, { ...follow, meeting: derivedId('other') }, on('2022-11-20'), { minutes: minutes(annulled) })
    .thenNothing();
  givenOrder(delegated(), event(DelegationEnded, { board, point: ids.delegation, lastDay: day('2022-11-14'), because: 'annulled' }))
    .when(followDelegationDecision, follow, on('2022-11-20'), { minutes: minutes(annulled) })
    .thenNothing();
});
