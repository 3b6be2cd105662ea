import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { v5 } from 'uuid';
import { derivedId, isId, NAMESPACE, randomId } from './ids.js';

test('a derived id is the UUIDv5 of its parts as JSON', () => {
  const parts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.integer()), { maxLength: 5 });
  fc.assert(fc.property(parts, (all) => derivedId(...all) === v5(JSON.stringify(all), NAMESPACE)));
});

test('the same parts give the same id, parts divided otherwise another', () => {
  expect(derivedId('a', 'bc')).toBe(derivedId('a', 'bc'));
  expect(derivedId('a', 'bc')).not.toBe(derivedId('ab', 'c'));
  expect(derivedId(1)).not.toBe(derivedId('1'));
  expect(derivedId('stockholm', 'organisation')).toBe('0e94a91c-42bd-56af-b4b9-1f6dbc7d072b'); // what a log holds can never be derived otherwise
});

test('ids are ids, in lower case and of a version that exists', () => {
  expect([randomId(), derivedId('x')].every(isId)).toBe(true);
  expect([randomId().toUpperCase(), '', 'order-1', undefined, '00000000-0000-0000-0000-000000000000'].some(isId)).toBe(false);
});
