import { expect, test } from '@jest/globals';
import { given } from '#libs/testing';
import { day, event } from '#libs/kernel';
import { assignRole } from './assign-role.js';
import { asked, assigned, ended, holder, ids, registered, unit } from './organisation.samples.js';
import { RoleAssigned } from './organisation.events.js';
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

const other = ids.otherProvider;
const ordinary = {
  ...assigned('case-officer', '2020-01-01', '2020-12-31'),
  data: { ...assigned('case-officer', '2020-01-01', '2020-12-31').data, person: other },
};
const stead = (capacity: 'ordinary' | 'acting' | 'substitute', insteadOf?: string) => ({
  ...assign('2020-10-01', '2020-10-31'),
  capacity,
  ...(insteadOf !== undefined && { insteadOf }),
});

test('a role may be held acting, and as a substitute for somebody', () => {
  const { data } = assigned('case-officer', '2020-10-01', '2020-10-31');
  given(organisationStream, ...registered)
    .when(assignRole, stead('acting'), asked, { holder })
    .then(event(RoleAssigned, { ...data, capacity: 'acting' }));
  given(organisationStream, ...registered, ordinary)
    .when(assignRole, stead('substitute', other), asked, { holder })
    .then(event(RoleAssigned, { ...data, capacity: 'substitute', insteadOf: other }));
});

test('the same substitute for the same period again says nothing new', () => {
  const { data } = assigned('case-officer', '2020-10-01', '2020-10-31');
  given(organisationStream, ...registered, ordinary, event(RoleAssigned, { ...data, capacity: 'substitute', insteadOf: other }))
    .when(assignRole, stead('substitute', other), asked, { holder })
    .thenNothing();
});

test('the same period in another capacity is refused as role.period-overlaps', () => {
  given(organisationStream, ...registered, assigned('case-officer', '2020-10-01', '2020-10-31'))
    .when(assignRole, stead('acting'), asked, { holder })
    .thenRefused('role.period-overlaps');
});

test.each([
  ['an ordinary holder', stead('ordinary', other)],
  ['a substitute for themselves', stead('substitute', ids.person)],
])('%s in somebody’s stead is refused as role.stead-contradictory', (_who, command) => {
  given(organisationStream, ...registered, ordinary)
    .when(assignRole, command, asked, { holder })
    .thenRefused('role.stead-contradictory');
});

test('a substitute for somebody who has never had the role is refused as role.stead-not-held', () => {
  given(organisationStream, ...registered)
    .when(assignRole, stead('substitute', other), asked, { holder })
    .thenRefused('role.stead-not-held');
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
