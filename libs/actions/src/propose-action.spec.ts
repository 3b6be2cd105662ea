import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { answered, answers, evidence, given, ids, monthly, on, organisation, owner, paper, proposed, system, who } from './action.given.js';
import { EvidenceAdded } from './action.events.js';
import { proposeAction, type ProposeAction } from './propose-action.js';

const needs = { organisation, answered, evidence };
const plain = {
  title: 'Kollegial granskning av genomförandeplaner',
  kind: 'promised' as const,
  obligations: [ids.obligation],
  unit: ids.unit,
  role: 'case-officer' as const,
};
const propose = (said: Partial<ProposeAction> = {}): ProposeAction => ({ ...plain, ...said });
const asked = on('2020-09-10', owner);

test('an action is proposed with the time as it is written beside the day it is taken to mean', () => {
  given()
    .when(proposeAction, propose({ timeAsWritten: 'under hösten 2020', promisedOn: day('2020-12-31') }), asked, needs)
    .then(proposed({ timeAsWritten: 'under hösten 2020' }));
});

test('it may have no day, answer several obligations or none, and say where it stands', () => {
  given()
    .when(proposeAction, propose(), asked, needs)
    .then(proposed({ by: null }));
  const both = [ids.obligation, ids.otherObligation];
  given()
    .when(proposeAction, propose({ obligations: both }), asked, needs)
    .then(proposed({ by: null, obligations: both }));
  const { obligations: _, ...alone } = plain;
  given()
    .when(proposeAction, alone, asked, needs)
    .then(proposed({ by: null, obligations: [] }));
  const more = { description: 'Som det står.', reply: ids.meeting, source: '[004]' };
  const fact = proposed({ by: null });
  given()
    .when(proposeAction, propose(more), asked, needs)
    .then({ ...fact, data: { ...fact.data, ...more } });
});

test('an ongoing one has a frequency, as written and as taken to mean', () => {
  given()
    .when(proposeAction, propose({ kind: 'ongoing', frequency: monthly }), asked, needs)
    .then(proposed({ kind: 'ongoing', frequency: monthly }));
  const days = { asWritten: 'var fjortonde dag', everyDays: 14 };
  given()
    .when(proposeAction, propose({ kind: 'ongoing', frequency: days }), asked, needs)
    .then(proposed({ kind: 'ongoing', frequency: days }));
});

test('evidence of what is already done may come with it', () => {
  const documents = [paper('checklist')];
  given()
    .when(proposeAction, propose({ kind: 'already-done', documents }), asked, needs)
    .then(proposed({ kind: 'already-done' }), event(EvidenceAdded, { action: ids.action, documents, ...answers('proposed', { kind: 'already-done' }) }));
});

test('the system proposes for any board', () => {
  given()
    .when(proposeAction, propose(), on('2020-09-10', system), needs)
    .then(proposed({ by: null }));
  given()
    .when(proposeAction, propose({ obligations: [ids.foreignObligation], unit: ids.otherUnit }), on('2020-09-10', system), needs)
    .thenTypes('ActionProposed');
});

test('another board’s unit is refused as action.other-boards-unit, and an unknown one as unit.unknown', () => {
  given()
    .when(proposeAction, propose({ unit: ids.otherUnit }), asked, needs)
    .thenRefused('action.other-boards-unit');
  given()
    .when(proposeAction, propose({ unit: ids.action }), asked, needs)
    .thenRefused('unit.unknown');
  given()
    .when(proposeAction, propose({ unit: ids.council }), asked, needs)
    .thenRefused('action.unit-without-board');
});

test('from the day of a succession the successor proposes for what the old unit had', () => {
  given()
    .when(
      proposeAction,
      propose({ unit: ids.successorUnit, obligations: [ids.obligation, ids.foreignObligation] }),
      on('2023-07-01', who('process-owner', ids.successor)),
      needs,
    )
    .thenTypes('ActionProposed');
});

test('another board’s obligation, or one that is not there, is refused as action.obligation-unknown', () => {
  given()
    .when(proposeAction, propose({ obligations: [ids.foreignObligation] }), asked, needs)
    .thenRefused('action.obligation-unknown');
  given()
    .when(proposeAction, propose({ obligations: [ids.action] }), asked, needs)
    .thenRefused('action.obligation-unknown');
});

test('an obligation that the auditors withdrew is refused as action.obligation-withdrawn', () => {
  const known = answered.get(ids.obligation);
  if (known === undefined || known.status === 'none') throw new Error('The obligation should have arisen.');
  const withdrawn = new Map([[ids.obligation, { ...known, status: 'withdrawn' as const, withdrawnOn: day('2020-08-01'), reason: 'Felriktad.' }]]);
  given()
    .when(proposeAction, propose(), asked, { ...needs, answered: withdrawn })
    .thenRefused('action.obligation-withdrawn');
});

test('a day of what is not promised, and a frequency of what is not ongoing, are refused', () => {
  given()
    .when(proposeAction, propose({ kind: 'ongoing', promisedOn: day('2020-12-31') }), asked, needs)
    .thenRefused('action.day-not-of-kind');
  given()
    .when(proposeAction, propose({ kind: 'already-done', promisedOn: day('2020-12-31') }), asked, needs)
    .thenRefused('action.day-not-of-kind');
  given()
    .when(proposeAction, propose({ frequency: monthly }), asked, needs)
    .thenRefused('action.frequency-not-of-kind');
  given()
    .when(proposeAction, propose({ kind: 'ongoing', frequency: { asWritten: 'ofta', everyDays: 7, everyMonths: 1 } }), asked, needs)
    .thenRefused('action.frequency-twice');
});

test('a document that is not stored is refused as document.unknown', () => {
  given()
    .when(proposeAction, propose({ documents: [paper('lost')] }), asked, needs)
    .thenRefused('document.unknown');
});

test('an id that is taken is refused as action.exists', () => {
  given(proposed()).when(proposeAction, propose(), asked, needs).thenRefused('action.exists');
});
