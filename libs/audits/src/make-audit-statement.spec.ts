import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { differ, statementId, StatementMade, WorkingValueChosen } from '#libs/statements';
import { stateAfter } from '#libs/testing';
import { audit } from './audit.js';
import { auditor, givenAudit, ids, reportRegistered } from './audits.given.js';
import { chooseAuditWorkingValue } from './choose-audit-working-value.js';
import { makeAuditStatement } from './make-audit-statement.js';

const now = auditor('2022-06-01');
const about = 'decision-on-the-model' as const;
const april = { value: 'april 2020', on: { from: day('2020-04-01'), to: day('2020-04-30') }, source: '[000]' };
const in2021 = { value: '2021', on: { from: day('2021-01-01'), to: day('2021-12-31') }, source: '[002]' };
const made = (said: typeof april) => event(StatementMade, { statement: statementId(ids.audit, { about, ...said }), about, ...said });

test('sources that disagree about a fact beside the report are both kept, and flagged', () => {
  givenAudit(reportRegistered(), made(april))
    .when(makeAuditStatement, { audit: ids.audit, about, ...in2021 }, now)
    .then(made(in2021));
  const state = stateAfter(audit, [reportRegistered(), made(april), made(in2021)], now);
  expect(state.status === 'registered' && differ(state.statements, about)).toBe(true);
});

test('one of them is worked with, or none', () => {
  const statement = statementId(ids.audit, { about, ...april });
  const chosen = event(WorkingValueChosen, { about, statement });
  givenAudit(reportRegistered(), made(april)).when(chooseAuditWorkingValue, { audit: ids.audit, about, statement }, now).then(chosen);
  givenAudit(reportRegistered(), made(april), chosen)
    .when(chooseAuditWorkingValue, { audit: ids.audit, about }, now)
    .then(event(WorkingValueChosen, { about }));
});

test('one that nobody has stated is refused as statement.unknown', () => {
  givenAudit(reportRegistered()).when(chooseAuditWorkingValue, { audit: ids.audit, about, statement: ids.reply }, now).thenRefused('statement.unknown');
});

test('of an audit that is not there both are refused as audit.unknown', () => {
  givenAudit()
    .when(makeAuditStatement, { audit: ids.audit, about, ...april }, now)
    .thenRefused('audit.unknown');
  givenAudit().when(chooseAuditWorkingValue, { audit: ids.audit, about }, now).thenRefused('audit.unknown');
});
