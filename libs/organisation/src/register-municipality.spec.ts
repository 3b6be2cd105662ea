import { test } from '@jest/globals';
import { given } from '#libs/testing';
import { asked, municipality } from './organisation.samples.js';
import { organisationStream } from './organisation.js';
import { registerMunicipality } from './register-municipality.js';

test('a municipality opens its register', () => {
  given(organisationStream).when(registerMunicipality, { name: '  Stockholms  stad ' }, asked).then(municipality('Stockholms stad'));
});

test('the same municipality again says nothing new', () => {
  given(organisationStream, municipality('Tyresö')).when(registerMunicipality, { name: 'tyresö' }, asked).thenNothing();
});

test('a name written with a combining diaeresis is the same name', () => {
  given(organisationStream, municipality('Tyresö'))
    .when(registerMunicipality, { name: 'Tyresö'.normalize('NFD') }, asked)
    .thenNothing();
});

test('another municipality in the same tenant is refused as municipality.registered', () => {
  given(organisationStream, municipality('Tyresö')).when(registerMunicipality, { name: 'Stockholm' }, asked).thenRefused('municipality.registered');
});
