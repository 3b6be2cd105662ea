import { expect, test } from '@jest/globals';
import { given, stateAfter } from '#libs/testing';
import { linkSignIn } from './link-sign-in.js';
import { asked, holder, ids, linked, registered, SIGN_IN, unlinked } from './organisation.samples.js';
import { organisationStream } from './organisation.js';

const command = { person: ids.person };
const named = { signIn: SIGN_IN, isElsewhere: false };
const nobody = { status: 'none' } as const;

test('a sign-in is linked to a person by its keyed hash, and what the provider calls it is not recorded', () => {
  given(organisationStream, ...registered)
    .when(linkSignIn, { ...command, issuer: 'https://login.example.se', subject: 'anna' }, asked, { holder, named })
    .then(linked());
});

test('the same again says nothing new', () => {
  given(organisationStream, ...registered, linked())
    .when(linkSignIn, command, asked, { holder, named })
    .thenNothing();
});

test('a person may have several, and one that was unlinked may be linked again, to anybody', () => {
  given(organisationStream, ...registered, linked('cd'.repeat(32)), linked(SIGN_IN, ids.provider), unlinked(SIGN_IN, ids.provider))
    .when(linkSignIn, command, asked, { holder, named })
    .then(linked());
});

test('one that another person here has is refused as sign-in.linked', () => {
  given(organisationStream, ...registered, linked(SIGN_IN, ids.provider))
    .when(linkSignIn, command, asked, { holder, named })
    .thenRefused('sign-in.linked');
});

test('one that another municipality has linked is refused as sign-in.linked-elsewhere', () => {
  given(organisationStream, ...registered)
    .when(linkSignIn, command, asked, { holder, named: { ...named, isElsewhere: true } })
    .thenRefused('sign-in.linked-elsewhere');
});

test('a person who is not registered gets none: person.unknown, whatever else is wrong', () => {
  for (const said of [named, { ...named, isElsewhere: true }, undefined])
    given(organisationStream, ...registered)
      .when(linkSignIn, command, asked, { holder: nobody, named: said })
      .thenRefused('person.unknown');
});

test('a command that names no sign-in, or in two ways, is refused as sign-in.unclear', () => {
  given(organisationStream, ...registered)
    .when(linkSignIn, command, asked, { holder, named: undefined })
    .thenRefused('sign-in.unclear');
});

test('before the municipality is registered nothing is linked', () => {
  given(organisationStream).when(linkSignIn, command, asked, { holder, named }).thenRefused('municipality.unknown');
});

test('whose a sign-in is follows from the last that was said of it', () => {
  const state = stateAfter(organisationStream, [...registered, linked(), linked('cd'.repeat(32)), unlinked()], asked);
  expect(state.status === 'registered' && [...state.signIns]).toEqual([['cd'.repeat(32), ids.person]]);
});
