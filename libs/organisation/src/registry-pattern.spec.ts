import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { given, stateAfter } from '#libs/testing';
import { BoardSucceeded, RegistryPatternRegistered } from './organisation.events.js';
import { organisationStream, registerOf } from './organisation.js';
import { asked, ids, municipality, unit } from './organisation.samples.js';
import { registerRegistryPattern } from './register-registry-pattern.js';
import { fits, isRegistryPattern } from './registry-pattern.js';

test.each([
  ['9.9.9-9+/9999', '2.3.4-181/2022', true],
  ['9.9.9-9+/9999', '3.1.3-104/2020', true],
  ['9.9.9-9+/9999', '3.1.3-1/2020', true],
  ['9.9.9-9+/9999', '3.1.3-/2020', false],
  ['9.9.9-9+/9999', '3.1.3-104/20', false],
  ['9.9.9-9+/9999', '3.1.3-104/20201', false],
  ['9.9.9-9+/9999', '13.1.3-104/2020', false],
  ['9.9.9-9+/9999', '3x1.3-104/2020', false],
  ['9.9.9-9+/9999', ' 3.1.3-104/2020', false],
  ['9.9.9-9+/9999', '', false],
  ['9+.9+.9+-9+/9999', '13.1.3-104/2020', true],
  ['9999/KSÖ 9999', '2022/KSÖ 0123', true],
  ['9999/KSÖ 9999', '2022/ksö 0123', false],
  ['2099-9+', '2022-7', true],
  ['2099-9+', '1922-7', false],
  ['9.9', '１.２', false],
])('by the form %s the number %s is known: %j', (pattern, text, known) => {
  expect(fits(pattern, text)).toBe(known);
});

test.each([
  ['9', true],
  ['9+', true],
  ['9999/KSÖ 9+', true],
  ['KSÖ', false],
  ['2022', false],
  ['9+9', false],
  ['9+9+', false],
  ['9+2', false],
  ['9++', false],
  ['+9', false],
  ['', false],
])('%j can be read in one way: %j', (pattern, readable) => {
  expect(isRegistryPattern(pattern)).toBe(readable);
});

test('a long number is tried no longer than it is long', () => {
  expect(fits('9+.9+.9+.9+.9+.9+x', `${'1'.repeat(100_000)}.`)).toBe(false);
});

const board = unit(ids.board, 'Östermalms stadsdelsnämnd', 'district-board');
const said = (pattern: string) => event(RegistryPatternRegistered, { board: ids.board, pattern });
const facts = [municipality(), board, unit(ids.unit, 'LSS', 'unit', ids.board)];

test('a board’s form of registry numbers is registered, and another beside it', () => {
  given(organisationStream, ...facts)
    .when(registerRegistryPattern, { board: ids.board, pattern: '9.9.9-9+/9999' }, asked)
    .then(said('9.9.9-9+/9999'));
  given(organisationStream, ...facts, said('9.9.9-9+/9999'))
    .when(registerRegistryPattern, { board: ids.board, pattern: '9.9-9+/9999' }, asked)
    .then(said('9.9-9+/9999'));
});

test('the same form again says nothing new', () => {
  given(organisationStream, ...facts, said('9-9'))
    .when(registerRegistryPattern, { board: ids.board, pattern: '9-9' }, asked)
    .thenNothing();
});

test('a form for what is no board is refused as board.unknown', () => {
  for (const unknown of [ids.unit, ids.otherUnit])
    given(organisationStream, ...facts)
      .when(registerRegistryPattern, { board: unknown, pattern: '9-9' }, asked)
      .thenRefused('board.unknown');
});

test('a form that can be read in several ways is refused as registry-pattern.malformed', () => {
  given(organisationStream, ...facts)
    .when(registerRegistryPattern, { board: ids.board, pattern: '9+9' }, asked)
    .thenRefused('registry-pattern.malformed');
});

test('a form before the municipality is refused as municipality.unknown', () => {
  given(organisationStream).when(registerRegistryPattern, { board: ids.board, pattern: '9-9' }, asked).thenRefused('municipality.unknown');
});

test('a number is known by a form of the board or of a board before it, and by none of another board', () => {
  const [successor, other] = [derivedId('spec', 'Norra innerstaden'), derivedId('spec', 'Söder')];
  const register = registerOf(
    stateAfter(
      organisationStream,
      [
        ...facts,
        unit(successor, 'Norra innerstaden', 'district-board'),
        unit(other, 'Söder', 'district-board'),
        said('9.9.9-9+/9999'),
        event(BoardSucceeded, {
          from: [ids.board],
          to: [successor],
          on: day('2023-07-01'),
          decision: 'Kommunfullmäktige (exempel)',
          exceptions: [],
          units: [],
        }),
      ],
      asked,
    ),
  );
  expect([ids.board, successor, other].map((one) => register.registryNumberKnown(one, '2.3.4-181/2022'))).toEqual([true, true, false]);
  expect(register.registryNumberKnown(ids.board, 'Dnr 181')).toBe(false);
});
