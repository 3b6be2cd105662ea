import { expect, test } from '@jest/globals';
import type { Reads } from '#libs/commands';
import { given, stateAfter } from '#libs/testing';
import { asked, ids, municipality, provider, unit } from './organisation.samples.js';
import type { OrganisationEvent } from './organisation.events.js';
import { organisation, organisationId, organisationStream } from './organisation.js';
import { registerProvider } from './register-provider.js';

/** The streams of a tenant in which only this has happened. */
const reads = (...facts: readonly OrganisationEvent[]): Reads => ({
  fold: (stream, id) => {
    const state = id === organisationId('stockholm') ? (stateAfter(organisationStream, facts, asked) as unknown as typeof stream.initial) : stream.initial;
    return Promise.resolve({ state, revision: facts.length - 1, etag: facts.length - 1, lastId: facts.length > 0 ? ids.subject : undefined });
  },
});
const context = { ...asked, tenant: 'stockholm', commandId: ids.person, corr: '0'.repeat(32) };

test('a decision elsewhere reads units and providers, and cites the event at which the register stood', async () => {
  const { value, basis } = await organisation(reads(municipality(), unit(ids.unit, 'Enheten', 'unit'), provider(ids.provider, 'Fritids AB')), {}, context);
  expect(value.unit(ids.unit)).toEqual({ name: 'Enheten', kind: 'unit' });
  expect(value.unit(ids.otherUnit)).toBeUndefined();
  expect(value.provider(ids.provider)).toEqual({ name: 'Fritids AB' });
  expect(value.provider(ids.otherProvider)).toBeUndefined();
  expect(basis).toEqual([ids.subject]);
});

test('of a municipality that is not registered nothing is known, and nothing is cited', async () => {
  const { value, basis } = await organisation(reads(), {}, context);
  expect([value.unit(ids.unit), value.provider(ids.provider), basis]).toEqual([undefined, undefined, []]);
});

test('each tenant has a register of its own', () => {
  expect(organisationId('stockholm')).not.toBe(organisationId('tyreso'));
});

test('nothing enters a register that has not been opened', () => {
  given(organisationStream, provider(ids.provider, 'Fritids AB'))
    .when(registerProvider, { provider: ids.provider, name: 'Fritids AB' }, asked)
    .thenRefused('municipality.unknown');
});
