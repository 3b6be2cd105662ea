import { test } from '@jest/globals';
import { given } from '#libs/testing';
import { asked, ids, municipality, unit } from './organisation.samples.js';
import { organisationStream } from './organisation.js';
import { registerUnit } from './register-unit.js';

const board = unit(ids.board, 'Östermalms stadsdelsnämnd', 'board');
const administration = unit(ids.administration, 'Östermalms stadsdelsförvaltning', 'administration', ids.board);

test('a board is registered, part of nothing', () => {
  given(organisationStream, municipality()).when(registerUnit, { unit: ids.board, name: 'Östermalms stadsdelsnämnd', kind: 'board' }, asked).then(board);
});

test('an administration is registered under its board', () => {
  given(organisationStream, municipality(), board)
    .when(
      registerUnit,
      {
        unit: ids.administration,
        name: 'Östermalms stadsdelsförvaltning',
        kind: 'administration',
        partOf: ids.board,
      },
      asked,
    )
    .then(administration);
});

test('a unit may stand directly under a board', () => {
  given(organisationStream, municipality(), board)
    .when(registerUnit, { unit: ids.unit, name: 'Beställarenheten', kind: 'unit', partOf: ids.board }, asked)
    .then(unit(ids.unit, 'Beställarenheten', 'unit', ids.board));
});

test('the same unit again says nothing new', () => {
  given(organisationStream, municipality(), board)
    .when(registerUnit, { unit: ids.board, name: 'östermalms  stadsdelsnämnd', kind: 'board' }, asked)
    .thenNothing();
});

test('a unit before the municipality is refused as municipality.unknown', () => {
  given(organisationStream).when(registerUnit, { unit: ids.board, name: 'Nämnden', kind: 'board' }, asked).thenRefused('municipality.unknown');
});

test('the same id for another unit is refused as unit.registered', () => {
  given(organisationStream, municipality(), board)
    .when(registerUnit, { unit: ids.board, name: 'Norrmalms stadsdelsnämnd', kind: 'board' }, asked)
    .thenRefused('unit.registered');
});

test('a parent that nobody registered is refused as unit.parent-unknown', () => {
  given(organisationStream, municipality())
    .when(registerUnit, { unit: ids.administration, name: 'Förvaltningen', kind: 'administration', partOf: ids.board }, asked)
    .thenRefused('unit.parent-unknown');
});

test('a unit as part of itself is refused as unit.parent-unknown', () => {
  given(organisationStream, municipality())
    .when(registerUnit, { unit: ids.unit, name: 'Enheten', kind: 'unit', partOf: ids.unit }, asked)
    .thenRefused('unit.parent-unknown');
});

test('a board under an administration is refused as unit.parent-not-above', () => {
  given(organisationStream, municipality(), board, administration)
    .when(registerUnit, { unit: ids.otherUnit, name: 'Ny nämnd', kind: 'board', partOf: ids.administration }, asked)
    .thenRefused('unit.parent-not-above');
});

test('a department under a department is refused as unit.parent-not-above', () => {
  const department = unit(ids.unit, 'Sociala avdelningen', 'department');
  given(organisationStream, municipality(), department)
    .when(registerUnit, { unit: ids.otherUnit, name: 'Avdelning två', kind: 'department', partOf: ids.unit }, asked)
    .thenRefused('unit.parent-not-above');
});

test('a second unit of the same name in the same place is refused as unit.name-taken', () => {
  given(organisationStream, municipality(), board)
    .when(registerUnit, { unit: ids.otherUnit, name: 'ÖSTERMALMS stadsdelsnämnd', kind: 'board' }, asked)
    .thenRefused('unit.name-taken');
});

test('units of the same name may stand in different places', () => {
  given(organisationStream, municipality(), board, administration, unit(ids.unit, 'Enhet 1', 'unit', ids.board))
    .when(
      registerUnit,
      {
        unit: ids.otherUnit,
        name: 'Enhet 1',
        kind: 'unit',
        partOf: ids.administration,
      },
      asked,
    )
    .then(unit(ids.otherUnit, 'Enhet 1', 'unit', ids.administration));
});

test.each(['executive-board', 'district-board', 'body'] as const)('a unit of kind %s is part of nothing', (kind) => {
  given(organisationStream, municipality(), board)
    .when(registerUnit, { unit: ids.otherUnit, name: 'Ny', kind }, asked)
    .then(unit(ids.otherUnit, 'Ny', kind));
  given(organisationStream, municipality(), board)
    .when(registerUnit, { unit: ids.otherUnit, name: 'Ny', kind, partOf: ids.board }, asked)
    .thenRefused('unit.parent-not-above');
});

test('nothing is part of a body outside the boards', () => {
  given(organisationStream, municipality(), unit(ids.otherUnit, 'Revisorerna', 'body'))
    .when(registerUnit, { unit: ids.unit, name: 'Revisionskontoret', kind: 'administration', partOf: ids.otherUnit }, asked)
    .thenRefused('unit.parent-not-above');
});
