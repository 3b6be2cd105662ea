import { test } from '@jest/globals';
import { given } from '#libs/testing';
import { asked, holder, ids, linked, registered, SIGN_IN, unlinked } from './organisation.samples.js';
import { organisationStream } from './organisation.js';
import { unlinkSignIn } from './unlink-sign-in.js';

const command = { person: ids.person, signIn: SIGN_IN };
const byAnother = { ...asked, by: { ...asked.by, actor: ids.otherProvider } };

test('a sign-in is unlinked from the person whose it is', () => {
  given(organisationStream, ...registered, linked())
    .when(unlinkSignIn, command, byAnother, { holder })
    .then(unlinked());
});

test.each([
  ['was never linked', []],
  ['was unlinked before', [linked(), unlinked()]],
  ['is another’s', [linked(SIGN_IN, ids.provider)]],
])('one that %s is refused as sign-in.unknown', (_what, facts) => {
  given(organisationStream, ...registered, ...facts)
    .when(unlinkSignIn, command, byAnother, { holder })
    .thenRefused('sign-in.unknown');
});

test('of a person who is not registered it is refused as person.unknown', () => {
  given(organisationStream, ...registered)
    .when(unlinkSignIn, command, byAnother, { holder: { status: 'none' } })
    .thenRefused('person.unknown');
});

test('an administrator who has no other does not lock themselves out: sign-in.own-last', () => {
  given(organisationStream, ...registered, linked())
    .when(unlinkSignIn, command, asked, { holder })
    .thenRefused('sign-in.own-last');
  given(organisationStream, ...registered, linked(), linked('cd'.repeat(32)))
    .when(unlinkSignIn, command, asked, { holder })
    .then(unlinked());
});

test('before the municipality is registered nothing is unlinked', () => {
  given(organisationStream).when(unlinkSignIn, command, byAnother, { holder }).thenRefused('municipality.unknown');
});
