import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { AuditReportCompleted, AuditReportRegistered } from './audit.events.js';
import { auditor, bodies, boards, givenAudit, ids, organisation, reportRegistered } from './audits.given.js';
import { completeAuditReport } from './complete-audit-report.js';
import { auditId, newAuditId, registerAuditReport, type RegisterAuditReport } from './register-audit-report.js';

const title = 'Uppföljning av korttidstillsyn';
const register = (said: Partial<RegisterAuditReport> = {}) => ({ title, issuedBy: bodies.auditors, ...said });
const needs = { organisation };
const now = auditor('2020-06-01');
const days = (reportOn: string, handedOverOn: string) => ({ reportOn: day(reportOn), handedOverOn: day(handedOverOn) });

test('a report is registered with what is known of it', () => {
  givenAudit()
    .when(registerAuditReport, register({ numbers: ['Nr 5 2020'], registryNumber: '3.1.3-104/2020', handedOverOn: day('2020-05-25') }), now, needs)
    .then(reportRegistered());
});

test('of one of which nothing but title and issuer are known, nothing else is recorded', () => {
  givenAudit()
    .when(registerAuditReport, register({ expert: bodies.expert }), now, needs)
    .then(event(AuditReportRegistered, { audit: ids.audit, numbers: [], issuedBy: bodies.auditors, title, expert: bodies.expert }));
});

test('its id follows from issuer and number, however the number is written; without one it is its own', () => {
  const context = { tenant: 'stockholm', commandId: ids.earlier } as never;
  const [first, second] = ['Nr 5 2020', '2020:5'].map((number) => newAuditId(register({ numbers: [number] }), context));
  expect([first, second]).toEqual([auditId('stockholm', bodies.auditors, '5/2020'), first]);
  expect(newAuditId(register(), context)).not.toBe(first);
  expect(newAuditId(register({ audit: ids.audit, numbers: ['5/2020'] }), context)).toBe(ids.audit);
});

test('the same report again is refused as audit.exists', () => {
  givenAudit(reportRegistered()).when(registerAuditReport, register(), now, needs).thenRefused('audit.exists');
});

test('an issuer that is not registered is refused as body.unknown, a board as audit.issued-by-board', () => {
  givenAudit()
    .when(registerAuditReport, register({ issuedBy: ids.audit }), now, needs)
    .thenRefused('body.unknown');
  givenAudit()
    .when(registerAuditReport, register({ issuedBy: boards.norrmalm }), now, needs)
    .thenRefused('audit.issued-by-board');
  givenAudit()
    .when(registerAuditReport, register({ expert: boards.norrmalm }), now, needs)
    .thenRefused('audit.issued-by-board');
});

test('days that have not been are refused as day.in-the-future', () => {
  givenAudit()
    .when(registerAuditReport, register({ reportOn: day('2020-06-02') }), now, needs)
    .thenRefused('day.in-the-future');
  givenAudit()
    .when(registerAuditReport, register({ handedOverOn: day('2020-06-02') }), now, needs)
    .thenRefused('day.in-the-future');
});

test('handed over before it was written is refused as audit.handed-over-before-report', () => {
  givenAudit()
    .when(registerAuditReport, register(days('2020-05-26', '2020-05-25')), now, needs)
    .thenRefused('audit.handed-over-before-report');
  givenAudit()
    .when(registerAuditReport, register(days('2020-05-25', '2020-05-25')), now, needs)
    .thenTypes('AuditReportRegistered');
});

const reason = 'Framgår av missivet.';

test('what becomes known is added, and nothing that stood is repeated', () => {
  givenAudit(reportRegistered())
    .when(completeAuditReport, { audit: ids.audit, title, periodAudited: '2020', numbers: ['Nr 5 2020'], reason }, now, needs)
    .then(event(AuditReportCompleted, { audit: ids.audit, periodAudited: '2020', reason }));
});

test('what stood and is known already says nothing new', () => {
  givenAudit(reportRegistered())
    .when(completeAuditReport, { audit: ids.audit, handedOverOn: day('2020-05-25'), reason }, now, needs)
    .thenNothing();
});

test('nothing at all is refused as audit.nothing-completed', () => {
  givenAudit(reportRegistered()).when(completeAuditReport, { audit: ids.audit, reason }, now, needs).thenRefused('audit.nothing-completed');
});

test('completed with days that do not go with the others it is refused, as when registered', () => {
  givenAudit(reportRegistered())
    .when(completeAuditReport, { audit: ids.audit, reportOn: day('2020-05-26'), reason }, now, needs)
    .thenRefused('audit.handed-over-before-report');
  givenAudit(reportRegistered())
    .when(completeAuditReport, { audit: ids.audit, reportOn: day('2020-06-02'), reason }, now, needs)
    .thenRefused('day.in-the-future');
  givenAudit(reportRegistered()).when(completeAuditReport, { audit: ids.audit, expert: ids.audit, reason }, now, needs).thenRefused('body.unknown');
});

test('a report that is not there is refused as audit.unknown', () => {
  givenAudit().when(completeAuditReport, { audit: ids.audit, title, reason }, now, needs).thenRefused('audit.unknown');
});
