import { test } from '@jest/globals';
import { given } from '#libs/testing';
import { asked, ids, municipality, provider } from './organisation.samples.js';
import { organisationStream } from './organisation.js';
import { registerProvider } from './register-provider.js';

test('a provider is registered', () => {
  given(organisationStream, municipality())
    .when(registerProvider, { provider: ids.provider, name: 'Älvsjö fritids AB' }, asked)
    .then(provider(ids.provider, 'Älvsjö fritids AB'));
});

test('the same provider again says nothing new', () => {
  given(organisationStream, municipality(), provider(ids.provider, 'Älvsjö fritids AB'))
    .when(registerProvider, { provider: ids.provider, name: 'älvsjö fritids ab' }, asked)
    .thenNothing();
});

test('the same id for another provider is refused as provider.registered', () => {
  given(organisationStream, municipality(), provider(ids.provider, 'Älvsjö fritids AB'))
    .when(registerProvider, { provider: ids.provider, name: 'Kungsholmens fritids AB' }, asked)
    .thenRefused('provider.registered');
});

test('a second provider of the same name is refused as provider.name-taken', () => {
  given(organisationStream, municipality(), provider(ids.provider, 'Älvsjö fritids AB'))
    .when(registerProvider, { provider: ids.otherProvider, name: 'ÄLVSJÖ FRITIDS AB' }, asked)
    .thenRefused('provider.name-taken');
});

test('a provider before the municipality is refused as municipality.unknown', () => {
  given(organisationStream).when(registerProvider, { provider: ids.provider, name: 'Älvsjö fritids AB' }, asked).thenRefused('municipality.unknown');
});
