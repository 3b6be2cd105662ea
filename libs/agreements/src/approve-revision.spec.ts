import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { RevisionApprovalWithdrawn, RevisionApproved, RevisionContested } from './agreement.events.js';
import {
  delegated,
  entered,
  EDUCATION,
  forceEnded,
  given,
  holders,
  ids,
  lived,
  NO,
  on,
  orderAfter,
  organisation,
  OTHER_TEXT,
  proposed,
  recorded,
  registered,
  ruleOn,
  v1,
  v2,
} from './agreements.given.js';
import { approveRevision, type ApproveRevision } from './approve-revision.js';
import { contestRevision } from './contest-revision.js';
import type { DelegationOrderEvent } from './delegation-order.events.js';
import { withdrawRevisionApproval } from './withdraw-revision-approval.js';

const agreement = ids.agreement;
const revision = (more: Parameters<typeof proposed>[0] = {}) => proposed({ text: OTHER_TEXT, number: 2, revises: v1, answers: NO, on: '2023-02-20', ...more });
/** The first version in force, and a revision of it. */
const revised = (more: Parameters<typeof proposed>[0] = {}) => lived('2023-02-20', registered(), proposed(), recorded(), recorded(EDUCATION), revision(more));
const needs = (...order: readonly DelegationOrderEvent[]) => ({
  organisation,
  holders,
  ruleOn,
  delegations: { board: ids.social, order: orderAfter(...(order.length > 0 ? order : [delegated()])) },
});
const director = (date: string) => on(date, { role: 'head-of-administration', unit: ids.socialAdministration, actor: ids.director });
const command = (more: Partial<ApproveRevision> = {}): ApproveRevision => ({ agreement, party: ids.social, version: v2, on: day('2023-03-01'), ...more });
const approved = (party: string, date: string, nth = 0) =>
  event(RevisionApproved, {
    agreement,
    approval: derivedId(agreement, 'revision-approval', party, v2, nth),
    party,
    board: party,
    version: v2,
    on: day(date),
    role: 'head-of-administration',
    unit: party === ids.social ? ids.socialAdministration : ids.educationAdministration,
    person: party === ids.social ? ids.director : ids.educationDirector,
    capacity: 'ordinary',
    delegation: { order: party, point: ids.delegation },
  });

test('a delegate whose delegation covers revising approves a revision: until it concurs the one before is in force', () => {
  given(revised()).when(approveRevision, command(), director('2023-03-01'), needs()).then(approved(ids.social, '2023-03-01'));
});

test('it must concur again: in force from the day on which the last party approves it, by its board or its delegate', () => {
  const told = given(revised(), approved(ids.education, '2023-02-27')).when(approveRevision, command(), director('2023-03-01'), needs());
  expect(told.events.slice(0, 3)).toEqual([
    approved(ids.social, '2023-03-01', 1),
    forceEnded('2023-02-28', 'revised'),
    entered('2023-03-01', { version: v2, number: 2 }),
  ]);
  const byBoard = recorded({ ...EDUCATION, on: '2023-02-21', counts: '2023-02-25', number: '§ 4' }, { version: v2 });
  given(revised(), byBoard)
    .when(approveRevision, command(), director('2023-03-01'), needs())
    .thenTypes('RevisionApproved', 'AgreementForceEnded', 'AgreementEnteredIntoForce');
});

const refused = (more: Parameters<typeof proposed>[0], code: string, having = needs()) =>
  given(revised(more)).when(approveRevision, command(), director('2023-03-01'), having).thenRefused(code);

test('a revision that changes what cannot be delegated is refused, each such thing', () => {
  for (const reserved of ['parties', 'who-follows-up', 'operations', 'frequency', 'duration'] as const)
    refused({ reserved: [reserved] }, 'revision.not-delegable');
  refused({ reserved: ['parties', 'frequency', 'duration'] }, 'revision.not-delegable');
});

test('for the rest the proposer answers the four questions; unanswered, or with a yes, it is for the boards', () => {
  const { answers: _, ...unanswered } = { text: OTHER_TEXT, number: 2, revises: v1, answers: NO };
  given(lived('2023-02-20', registered(), proposed(), recorded(), recorded(EDUCATION), proposed(unanswered)))
    .when(approveRevision, command(), director('2023-03-01'), needs())
    .thenRefused('revision.unanswered');
  for (const question of ['goals', 'direction', 'scope', 'quality'] as const) {
    refused({ answers: { ...NO, [question]: { concerns: true, reason: 'Skäl.' } } }, 'revision.concerns-operation');
  }
});

test('what revises nothing that the party has approved is for the boards', () => {
  given(registered(), proposed(), proposed({ text: OTHER_TEXT, number: 2, answers: NO }))
    .when(approveRevision, command(), director('2023-03-01'), needs())
    .thenRefused('revision.of-nothing-approved');
  given(registered(), proposed(), revision()).when(approveRevision, command(), director('2023-03-01'), needs()).thenRefused('revision.of-nothing-approved');
});

test('without a delegation that covers revising, for another board, for no party, or tomorrow it is refused', () => {
  refused({}, 'delegation.none', needs(delegated({ covers: ['sign-agreements'] })));
  const so = given(revised());
  so.when(approveRevision, command({ party: ids.education }), director('2023-03-01'), needs()).thenRefused('board.not-yours');
  so.when(approveRevision, command({ party: ids.culture }), director('2023-03-01'), needs()).thenRefused('agreement.no-party');
  so.when(approveRevision, command(), director('2023-02-28'), needs()).thenRefused('day.in-the-future');
  given().when(approveRevision, command(), director('2023-03-01'), needs()).thenRefused('agreement.unknown');
});

test('the same again says nothing new; another day is refused', () => {
  given(revised(), approved(ids.social, '2023-03-01')).when(approveRevision, command(), director('2023-03-01'), needs()).thenNothing();
  given(revised(), approved(ids.social, '2023-02-28'))
    .when(approveRevision, command(), director('2023-03-01'), needs())
    .thenRefused('revision.approved-already');
});

// Contest

const contest = { agreement, version: v2, party: ids.education, on: day('2023-03-02'), reason: 'Rör omfattningen.' };
const contested = event(RevisionContested, contest);
const education = (date: string) => on(date, { unit: ids.educationAdministration });
const having = { organisation, ruleOn };

test('a party contests a revision: it goes to the boards, and delegates approve it no longer', () => {
  given(revised()).when(contestRevision, contest, education('2023-03-02'), having).then(contested);
  given(revised(), contested).when(approveRevision, command(), director('2023-03-03'), needs()).thenRefused('revision.contested');
});

test('what delegates have approved of it does not count; what boards approve does', () => {
  const byBoard = recorded({ ...EDUCATION, on: '2023-03-01', counts: '2023-03-08', number: '§ 4' }, { version: v2 });
  const facts = lived(
    '2023-03-03',
    registered(),
    proposed(),
    recorded(),
    recorded(EDUCATION),
    revision(),
    approved(ids.social, '2023-02-28'),
    contested,
    byBoard,
  );
  expect(facts.filter(({ type }) => type === 'AgreementEnteredIntoForce')).toHaveLength(1);
  const boards = recorded({ on: '2023-03-14', counts: '2023-03-20', number: '§ 9' }, { version: v2 });
  expect(
    lived('2023-03-30', ...facts.filter(({ type }) => !/Deadline|Force/.test(type)), boards).filter(({ type }) => type === 'AgreementEnteredIntoForce'),
  ).toHaveLength(2);
});

test('contested late, of a day before it came into force: the coming into force is corrected', () => {
  const facts = lived(
    '2023-03-03',
    registered(),
    proposed(),
    recorded(),
    recorded(EDUCATION),
    revision(),
    approved(ids.education, '2023-03-03'),
    approved(ids.social, '2023-03-03', 1),
  );
  const { events } = given(facts).when(contestRevision, contest, education('2023-03-04'), having);
  expect(events.map(({ type }) => type)).toEqual(['RevisionContested', 'ForceCorrected']);
});

test('contested already it says nothing new; in force, no revision, of no party, another board’s or tomorrow it is refused', () => {
  given(revised(), contested).when(contestRevision, contest, education('2023-03-02'), having).thenNothing();
  const inForce = lived(
    '2023-03-03',
    registered(),
    proposed(),
    recorded(),
    recorded(EDUCATION),
    revision(),
    approved(ids.education, '2023-03-01'),
    approved(ids.social, '2023-03-01', 1),
  );
  given(inForce).when(contestRevision, contest, education('2023-03-02'), having).thenRefused('revision.in-force');
  const so = given(revised());
  so.when(contestRevision, { ...contest, version: v1 }, education('2023-03-02'), having).thenRefused('revision.none');
  so.when(contestRevision, { ...contest, party: ids.culture }, education('2023-03-02'), having).thenRefused('agreement.no-party');
  so.when(contestRevision, contest, on('2023-03-02'), having).thenRefused('board.not-yours');
  so.when(contestRevision, contest, education('2023-03-01'), having).thenRefused('day.in-the-future');
  given().when(contestRevision, contest, education('2023-03-02'), having).thenRefused('agreement.unknown');
});

// Recorded by mistake

test('an approval recorded by mistake is taken back', () => {
  const { approval } = approved(ids.social, '2023-03-01').data;
  const withdraw = { agreement, approval, reason: 'Skäl.' };
  const so = given(revised(), approved(ids.social, '2023-03-01'));
  so.when(withdrawRevisionApproval, withdraw, on('2023-03-02'), having).then(event(RevisionApprovalWithdrawn, withdraw));
  so.when(withdrawRevisionApproval, withdraw, on('2023-03-02', { unit: ids.education }), having).thenRefused('board.not-yours');
  so.when(withdrawRevisionApproval, { ...withdraw, approval: derivedId('none') }, on('2023-03-02'), having).thenRefused('revision-approval.unknown');
  given().when(withdrawRevisionApproval, withdraw, on('2023-03-02'), having).thenRefused('agreement.unknown');
});
