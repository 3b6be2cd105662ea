import { expect, test } from '@jest/globals';
import { given } from '#libs/testing';
import { day } from '#libs/kernel';
import { assignRole } from './assign-role.js';
import { asked, assigned, ended, holder, ids, registered, unit } from './organisation.samples.js';
import { organisationStream } from './organisation.js';
import { ROLES } from './roles.js';

const assign = (from: string, to?: string, more: { role?: 'case-officer' | 'unit-manager'; unit?: string } = {}) => ({
  person: ids.person,
  role: 'case-officer' as const,
  unit: ids.unit,
  from: day(from),
  ...(to !== undefined && { to: day(to) }),
  ...more,
});

test('a person becomes case officer of a unit until further notice', () => {
  given(organisationStream, ...registered)
    .when(assignRole, assign('2020-10-01'), asked, { holder })
    .then(assigned('case-officer', '2020-10-01'));
});

test('a role for one day is a period too', () => {
  given(organisationStream, ...registered)
    .when(assignRole, assign('2020-10-01', '2020-10-01'), asked, { holder })
    .then(assigned('case-officer', '2020-10-01', '2020-10-01'));
});

test('the same role for the same period again says nothing new', () => {
  given(organisationStream, ...registered, assigned('case-officer', '2020-10-01'))
    .when(assignRole, assign('2020-10-01'), asked, { holder })
    .thenNothing();
});

test('a person who is not registered gets no role: person.unknown', () => {
  given(organisationStream, ...registered)
    .when(assignRole, assign('2020-10-01'), asked, { holder: { status: 'none' } })
    .thenRefused('person.unknown');
});

test('a role in a unit that is not registered is refused as unit.unknown', () => {
  given(organisationStream, ...registered)
    .when(assignRole, assign('2020-10-01', undefined, { unit: ids.otherUnit }), asked, { holder })
    .thenRefused('unit.unknown');
});

test('a last day before the first is refused as role.period-contradictory', () => {
  given(organisationStream, ...registered)
    .when(assignRole, assign('2020-10-01', '2020-09-30'), asked, { holder })
    .thenRefused('role.period-contradictory');
});

test.each([
  ['begins within the period held', '2020-10-16', undefined],
  ['ends within the period held', '2020-09-01', '2020-10-01'],
  ['holds the whole period held', '2020-09-01', '2020-12-31'],
  ['begins on its last day', '2020-10-31', undefined],
  ['is until further notice from before it', '2020-09-01', undefined],
])('a second period that %s is refused as role.period-overlaps', (_how, from, to) => {
  given(organisationStream, ...registered, assigned('case-officer', '2020-10-01', '2020-10-31'))
    .when(assignRole, assign(from, to), asked, { holder })
    .thenRefused('role.period-overlaps');
});

test('a role that ended may begin again the day after', () => {
  given(organisationStream, ...registered, assigned('case-officer', '2020-10-01'), ended('case-officer', '2020-10-01', '2020-10-31'))
    .when(assignRole, assign('2020-11-01'), asked, { holder })
    .then(assigned('case-officer', '2020-11-01'));
});

test('a person may hold two roles in a unit, and one role in two units, at once', () => {
  const facts = [...registered, unit(ids.otherUnit, 'Enheten för unga', 'unit'), assigned('case-officer', '2020-10-01')];
  given(organisationStream, ...facts)
    .when(assignRole, assign('2020-10-01', undefined, { role: 'unit-manager' }), asked, { holder })
    .then(assigned('unit-manager', '2020-10-01'));
  given(organisationStream, ...facts)
    .when(assignRole, assign('2020-10-01', undefined, { unit: ids.otherUnit }), asked, { holder })
    .then(assigned('case-officer', '2020-10-01', undefined, ids.otherUnit));
});

test('a role before the municipality is refused as municipality.unknown', () => {
  given(organisationStream).when(assignRole, assign('2020-10-01'), asked, { holder }).thenRefused('municipality.unknown');
});

test('the role of timers and the mailer is nobody’s', () => {
  expect(ROLES).not.toContain('system');
});
