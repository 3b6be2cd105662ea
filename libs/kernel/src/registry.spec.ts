import { expect, test } from '@jest/globals';
import { Type } from 'typebox';
import { EventRegistry, eventType } from './index.js';

const Failed = eventType('Failed', {
  name: { sv: 'Misslyckades', en: 'Failed' },
  schema: 2,
  reads: { 1: ({ why }: { readonly why: string }) => ({ reason: why }) },
  data: { reason: Type.String() },
  label: ({ reason }) => (reason === 'away' ? { sv: 'Servern var borta', en: 'The server was away' } : undefined),
});
const registry = new EventRegistry([Failed]);
const labelOf = (schema: number, data: Record<string, string>, type = 'Failed') => registry.label({ type, schema, data }).en;

test('what happened is called by its more telling name where there is one', () => {
  expect([labelOf(2, { reason: 'away' }), labelOf(2, { reason: 'other' })]).toEqual(['The server was away', 'Failed']);
});

test('so is what was recorded in an older shape', () => {
  expect(labelOf(1, { why: 'away' })).toBe('The server was away');
});

test('what this release cannot read is called by the name of its type, and a type that nobody knows by its own', () => {
  expect([labelOf(3, { reason: 'away' }), labelOf(1, {}, 'Unheard')]).toEqual(['Failed', 'Unheard']);
});
