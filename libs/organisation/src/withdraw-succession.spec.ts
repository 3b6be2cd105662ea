import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { given, stateAfter } from '#libs/testing';
import { BoardSucceeded, SuccessionWithdrawn } from './organisation.events.js';
import { organisationStream, registerOf } from './organisation.js';
import { asked, ids, municipality, unit } from './organisation.samples.js';
import { succeedBoards } from './succeed-boards.js';
import { withdrawSuccession } from './withdraw-succession.js';

const successor = derivedId('spec', 'Norra innerstaden');
const succession = (on: string) => ({ from: [ids.board], to: [successor], on: day(on), decision: 'Kommunfullmäktige (exempel)', exceptions: [], units: [] });
const facts = [
  municipality(),
  unit(ids.board, 'Östermalms stadsdelsnämnd', 'district-board'),
  unit(successor, 'Norra innerstadens stadsdelsnämnd', 'district-board'),
  event(BoardSucceeded, succession('2023-07-10')),
];
/** The id of the fourth fact, as the specs number them. */
const recorded = derivedId('fact', 3);
const withdrawn = event(SuccessionWithdrawn, { succession: recorded, from: [ids.board], to: [successor], reason: 'Fel dag.' });

test('a succession that was recorded wrong is withdrawn, with the reason', () => {
  given(organisationStream, ...facts)
    .when(withdrawSuccession, { succession: recorded, reason: 'Fel dag.' }, asked)
    .then(withdrawn);
});

test('then the right one can be recorded, and until then everything is held as if it had never been', () => {
  given(organisationStream, ...facts, withdrawn)
    .when(succeedBoards, succession('2023-07-01'), asked)
    .then(event(BoardSucceeded, succession('2023-07-01')));
  const register = registerOf(stateAfter(organisationStream, [...facts, withdrawn], asked));
  expect([register.holderOn(ids.board, day('2023-07-10')), register.existsOn(successor, day('2020-01-01'))]).toEqual([ids.board, true]);
});

test.each([
  ['that nobody recorded', facts, ids.otherUnit],
  ['that is withdrawn already', [...facts, withdrawn], recorded],
])('a succession %s is refused as succession.unknown', (_what, before, which) => {
  given(organisationStream, ...before)
    .when(withdrawSuccession, { succession: which, reason: 'Fel dag.' }, asked)
    .thenRefused('succession.unknown');
});

test('a withdrawal before the municipality is refused as municipality.unknown', () => {
  given(organisationStream).when(withdrawSuccession, { succession: recorded, reason: 'Fel dag.' }, asked).thenRefused('municipality.unknown');
});
