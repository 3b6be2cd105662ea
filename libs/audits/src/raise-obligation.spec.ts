import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { AuditReportCompleted, AddresseesNamed, RecommendationWithdrawn, type AuditEvent } from './audit.events.js';
import { audit } from './audit.js';
import {
  arisen,
  auditor,
  boards,
  draftSent,
  givenObligation,
  ids,
  lastDaySet,
  lastDayWait,
  documentsRequested,
  requestWait,
  received,
  recommendation,
  recommended,
  referred,
  reportRegistered,
  system,
  theObligation,
} from './audits.given.js';
import { noteObligationDays } from './note-obligation-days.js';
import { AddresseeConfirmed, ObligationDaysNoted, ObligationWithdrawn } from './obligation.events.js';
import { raiseObligation } from './raise-obligation.js';
import { withdrawObligation } from './withdraw-obligation.js';

const after = (...facts: readonly AuditEvent[]) => ({ theAudit: stateAfter(audit, facts, auditor('2020-06-01')) });
const raise = { obligation: theObligation, audit: ids.audit, recommendation, board: boards.ostermalm };
const noteDays = { obligation: theObligation, audit: ids.audit };
const now = system('2020-06-01');
const withdrawnThere = event(RecommendationWithdrawn, {
  audit: ids.audit,
  recommendation,
  on: day('2020-06-01'),
  decidedOn: day('2020-06-01'),
  reason: 'Upphört.',
  boards: [boards.ostermalm],
});

test('a recommendation makes an obligation of each board it is addressed to', () => {
  givenObligation().when(raiseObligation, raise, now, after(reportRegistered(), recommended())).then(arisen());
});

test('it is known from when on the board had the report, where that was recorded before', () => {
  givenObligation()
    .when(raiseObligation, raise, now, after(reportRegistered(), referred(), received(), recommended()))
    .then(arisen({ handedOverOn: '2020-05-25', receivedOn: '2020-05-28' }));
});

test('of a report without days none is invented', () => {
  givenObligation()
    .when(raiseObligation, raise, now, after(reportRegistered({}), recommended()))
    .then(arisen({}));
});

test('raised again it says nothing new', () => {
  givenObligation(arisen()).when(raiseObligation, raise, now, after(reportRegistered(), recommended())).thenNothing();
});

test('the auditors confirm the addressee that somebody had interpreted, once', () => {
  const named = event(AddresseesNamed, { audit: ids.audit, recommendation, boards: [boards.ostermalm], dropped: [] });
  const confirmed = event(AddresseeConfirmed, { obligation: theObligation });
  const needs = after(reportRegistered(), recommended([boards.ostermalm], 'as-interpreted'), named);
  givenObligation(arisen({ addressed: 'as-interpreted' }))
    .when(raiseObligation, raise, now, needs)
    .then(confirmed);
  givenObligation(arisen({ addressed: 'as-interpreted' }), confirmed)
    .when(raiseObligation, raise, now, needs)
    .thenNothing();
});

test('what was taken back, or addressed to others, meanwhile raises nothing', () => {
  givenObligation()
    .when(raiseObligation, raise, now, after(reportRegistered(), recommended(), withdrawnThere))
    .thenNothing();
  givenObligation()
    .when(raiseObligation, raise, now, after(reportRegistered(), recommended([boards.norrmalm])))
    .thenNothing();
  givenObligation().when(raiseObligation, raise, now, after()).thenNothing();
});

test('days that become known later are noted', () => {
  givenObligation(arisen())
    .when(noteObligationDays, noteDays, now, after(reportRegistered(), referred(), received()))
    .then(event(ObligationDaysNoted, { obligation: theObligation, handedOverOn: day('2020-05-25'), receivedOn: day('2020-05-28') }));
  const completed = event(AuditReportCompleted, { audit: ids.audit, handedOverOn: day('2020-05-26'), reason: 'Protokollet.' });
  givenObligation(arisen())
    .when(noteObligationDays, noteDays, now, after(reportRegistered(), completed))
    .then(event(ObligationDaysNoted, { obligation: theObligation, handedOverOn: day('2020-05-26') }));
});

test('known days say nothing new; nor does an audit that is not there, nor what was taken back before it arose', () => {
  givenObligation(arisen()).when(noteObligationDays, noteDays, now, after(reportRegistered(), draftSent())).thenNothing();
  givenObligation(arisen()).when(noteObligationDays, noteDays, now, after()).thenNothing();
  givenObligation().when(noteObligationDays, noteDays, now, after(reportRegistered())).thenNothing();
});

const reason = 'Upphört.';
const withdrawn = (on: string) => event(ObligationWithdrawn, { obligation: theObligation, on: day(on), reason });

test('of what the auditors withdraw nothing more is awaited', () => {
  const [lastDay, request] = [lastDayWait('2020-05-28', '2020-12-31'), requestWait('2020-05-28', '2020-07-31')];
  givenObligation(arisen(), lastDaySet('2020-12-31'), lastDay.set, documentsRequested('2020-07-31'), request.set)
    .when(withdrawObligation, { obligation: theObligation, on: day('2020-06-01'), reason }, now)
    .then(withdrawn('2020-06-01'), lastDay.closed('2020-06-01', 'obligation-withdrawn'), request.closed('2020-06-01', 'obligation-withdrawn'));
});

test('where no day is said it is withdrawn from today', () => {
  givenObligation(arisen()).when(withdrawObligation, { obligation: theObligation, reason }, now).then(withdrawn('2020-06-01'));
});

test('what never arose, or is withdrawn already, says nothing new', () => {
  givenObligation().when(withdrawObligation, { obligation: theObligation, reason }, now).thenNothing();
  givenObligation(arisen(), withdrawn('2020-05-30')).when(withdrawObligation, { obligation: theObligation, reason }, now).thenNothing();
});
