import { test } from '@jest/globals';
import {
  arisen,
  boards,
  by,
  CITED,
  decided,
  givenObligation,
  implemented,
  judged,
  lastDaySet,
  lastDayWait,
  ongoing,
  owner,
  promised,
  recommendation,
  reopened,
  theObligation,
} from './audits.given.js';
import { decideImplemented } from './decide-implemented.js';
import { event, day } from '#libs/kernel';
import { ObligationImplemented, ObligationWithdrawn } from './obligation.events.js';

const decide = (grounds?: string) => ({ obligation: theObligation, decision: CITED, ...(grounds !== undefined && { grounds }) });
const march = day('2023-03-16');

test('the board’s own decision makes it implemented, on the day it decided, whenever that is recorded', () => {
  givenObligation(arisen())
    .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16')))
    .then(implemented('2023-03-16'));
});

test('what it bases that on is recorded', () => {
  givenObligation(arisen())
    .when(decideImplemented, decide('Statusrapport 2022.'), owner('2023-04-01'), by(decided('2023-03-16')))
    .then(event(ObligationImplemented, { obligation: theObligation, on: march, decision: CITED, grounds: 'Statusrapport 2022.' }));
});

test('ongoing actions may run on', () => {
  givenObligation(arisen(), ongoing())
    .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16')))
    .thenTypes('ObligationImplemented');
});

test('reminders of a last day end', () => {
  const wait = lastDayWait('2023-01-10', '2023-06-30');
  givenObligation(arisen(), lastDaySet('2023-06-30'), wait.set)
    .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16')))
    .then(implemented('2023-03-16'), wait.closed('2023-03-16', 'obligation-implemented'));
});

test('while a promised action is open it is refused as obligation.promised-action-open', () => {
  givenObligation(arisen(), promised())
    .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16')))
    .thenRefused('obligation.promised-action-open');
});

test.each(['done', 'dropped', 'transferred', 'proposed'] as const)('a promised action that is %s stands in nobody’s way', (status) => {
  givenObligation(arisen(), promised(), promised(status))
    .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16')))
    .thenTypes('ObligationImplemented');
});

test('the point may name this obligation, or a status report on many', () => {
  for (const object of [{ kind: 'obligation', id: theObligation } as const, { kind: 'status-report', id: recommendation } as const])
    givenObligation(arisen())
      .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16', { object })))
      .thenTypes('ObligationImplemented');
});

test('a point about another obligation is refused as decision.about-another', () => {
  const object = { kind: 'obligation', id: recommendation } as const;
  givenObligation(arisen())
    .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16', { object })))
    .thenRefused('decision.about-another');
});

test('after a merger it is the successor’s to decide; the old board’s decision before the day still counts, however late it is recorded', () => {
  givenObligation(arisen())
    .when(decideImplemented, decide(), owner('2023-09-01'), by(decided('2023-08-31', { board: boards.norraInnerstaden })))
    .then(implemented('2023-08-31'));
  givenObligation(arisen())
    .when(decideImplemented, decide(), owner('2023-09-01'), by(decided('2023-06-30')))
    .then(implemented('2023-06-30'));
});

test('a decision of a board that was no more is refused as decision.board-ended', () => {
  givenObligation(arisen())
    .when(decideImplemented, decide(), owner('2023-09-01'), by(decided('2023-07-01')))
    .thenRefused('decision.board-ended');
});

test('a decision of another board is refused as decision.other-board', () => {
  for (const board of [boards.norrmalm, boards.norraInnerstaden])
    givenObligation(arisen())
      .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16', { board })))
      .thenRefused('decision.other-board');
});

test.each([
  ['in no minutes', undefined, 'decision.unknown'],
  ['whose minutes are not approved', { ...decided('2023-03-16'), counts: false, countsFrom: undefined }, 'decision.not-counting'],
  ['that a court has annulled', decided('2023-03-16', { counts: false, annulledOn: day('2023-05-02') }), 'decision.annulled'],
  ['that rejects', decided('2023-03-16', { outcome: 'rejected' }), 'decision.not-approved'],
  ['that refers back', decided('2023-03-16', { outcome: 'referred-back' }), 'decision.not-approved'],
])('a decision %s is refused', (_what, decision, code) => {
  const { countsFrom, ...rest } = decision ?? {};
  const cited = decision === undefined ? undefined : { ...rest, ...(countsFrom !== undefined && { countsFrom }) };
  givenObligation(arisen())
    .when(decideImplemented, decide(), owner('2023-04-01'), by(cited as ReturnType<typeof decided> | undefined))
    .thenRefused(code);
});

test('the same decision again says nothing new, also where the auditors have overruled it since', () => {
  givenObligation(arisen(), implemented('2023-03-16'))
    .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16')))
    .thenNothing();
  givenObligation(arisen(), implemented('2023-03-16'), judged('not-met', '2023-04-18'), reopened())
    .when(decideImplemented, decide(), owner('2023-05-01'), by(decided('2023-03-16')))
    .thenNothing();
});

test('by another decision, what is implemented already is refused as obligation.implemented', () => {
  const other = { ...CITED, point: recommendation };
  givenObligation(arisen(), implemented('2023-03-16'))
    .when(decideImplemented, { obligation: theObligation, decision: other }, owner('2023-05-01'), by(decided('2023-04-20', other)))
    .thenRefused('obligation.implemented');
});

test('entered after a later judgement that it is not met, it is open again at once', () => {
  givenObligation(arisen(), judged('not-met', '2023-04-18'))
    .when(decideImplemented, decide(), owner('2023-05-01'), by(decided('2023-03-16')))
    .then(implemented('2023-03-16'), reopened());
});

test('decided after a judgement that it is not met, it is implemented', () => {
  givenObligation(arisen(), judged('not-met', '2023-01-18'))
    .when(decideImplemented, decide(), owner('2023-05-01'), by(decided('2023-03-16')))
    .then(implemented('2023-03-16'));
});

test('what the auditors withdrew is refused as obligation.withdrawn, what is not there as obligation.unknown', () => {
  const withdrawn = event(ObligationWithdrawn, { obligation: theObligation, on: day('2021-02-16'), reason: 'Upphört.' });
  givenObligation(arisen(), withdrawn)
    .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16')))
    .thenRefused('obligation.withdrawn');
  givenObligation()
    .when(decideImplemented, decide(), owner('2023-04-01'), by(decided('2023-03-16')))
    .thenRefused('obligation.unknown');
});
