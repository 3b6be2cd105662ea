import { test } from '@jest/globals';
import { given } from '#libs/testing';
import { day } from '#libs/kernel';
import { endRole } from './end-role.js';
import { asked, assigned, ended, ids, registered } from './organisation.samples.js';
import { organisationStream } from './organisation.js';

const end = (lastDay: string) => ({ person: ids.person, role: 'case-officer' as const, unit: ids.unit, lastDay: day(lastDay) });
const held = [...registered, assigned('case-officer', '2020-10-01')];

test('a role held until further notice ends with its last day', () => {
  given(organisationStream, ...held)
    .when(endRole, end('2020-12-31'), asked)
    .then(ended('case-officer', '2020-10-01', '2020-12-31'));
});

test('a role may end earlier than was set', () => {
  given(organisationStream, ...registered, assigned('case-officer', '2020-10-01', '2021-06-30'))
    .when(endRole, end('2020-12-31'), asked)
    .then(ended('case-officer', '2020-10-01', '2020-12-31'));
});

test('a role may be held for its first day alone', () => {
  given(organisationStream, ...held)
    .when(endRole, end('2020-10-01'), asked)
    .then(ended('case-officer', '2020-10-01', '2020-10-01'));
});

test('the same end again says nothing new', () => {
  given(organisationStream, ...held, ended('case-officer', '2020-10-01', '2020-12-31'))
    .when(endRole, end('2020-12-31'), asked)
    .thenNothing();
});

test('of two periods the one that holds the last day ends', () => {
  given(organisationStream, ...held, ended('case-officer', '2020-10-01', '2020-10-31'), assigned('case-officer', '2021-01-01'))
    .when(endRole, end('2021-03-31'), asked)
    .then(ended('case-officer', '2021-01-01', '2021-03-31'));
});

test('a role that the person never held is refused as role.not-held', () => {
  given(organisationStream, ...registered)
    .when(endRole, end('2020-12-31'), asked)
    .thenRefused('role.not-held');
});

test('a role that has ended does not end later: role.ended', () => {
  given(organisationStream, ...held, ended('case-officer', '2020-10-01', '2020-10-31'))
    .when(endRole, end('2020-12-31'), asked)
    .thenRefused('role.ended');
});

test('a last day before the first is refused as role.ends-before-start', () => {
  given(organisationStream, ...held)
    .when(endRole, end('2020-09-30'), asked)
    .thenRefused('role.ends-before-start');
});

test('an end before the municipality is refused as municipality.unknown', () => {
  given(organisationStream).when(endRole, end('2020-12-31'), asked).thenRefused('municipality.unknown');
});
