import { test } from '@jest/globals';
import { given, ids, on, organisation, registered } from './agreements.given.js';
import { registerAgreement, type RegisterAgreement } from './register-agreement.js';

const command = (more: Partial<RegisterAgreement> = {}): RegisterAgreement => ({
  title: 'Samverkansöverenskommelse',
  parties: [{ board: ids.social, registryNumber: '2.3.4-181/2022' }, { board: ids.education }],
  proposedBy: ids.social,
  ...more,
});
const needs = { organisation };
const asking = (more: Partial<RegisterAgreement> = {}, asked = on('2022-05-17')) => given().when(registerAgreement, command(more), asked, needs);

test('an agreement is registered with its parties, each with its own number', () => {
  asking().then(registered());
});

test('the same again says nothing new; another under its id is refused as agreement.exists', () => {
  given(registered()).when(registerAgreement, command(), on('2022-05-18'), needs).thenNothing();
  given(registered())
    .when(registerAgreement, command({ title: 'Annan' }), on('2022-05-18'), needs)
    .thenRefused('agreement.exists');
});

test('a party that is no board, one that stands twice, or a proposer that is no party is refused', () => {
  asking({ parties: [{ board: ids.social }, { board: ids.procurement }] }).thenRefused('board.unknown');
  asking({ parties: [{ board: ids.social }, { board: ids.social }] }).thenRefused('agreement.party-twice');
  asking({ proposedBy: ids.culture }).thenRefused('agreement.proposer-no-party');
});

test('another board’s proposal is refused as board.not-yours', () => {
  asking({}, on('2022-05-17', { unit: ids.education })).thenRefused('board.not-yours');
});
