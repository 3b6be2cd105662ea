import { HttpException } from '@nestjs/common';
import { expect, test } from '@jest/globals';
import { AddressRefused, LogRefused, LogUnavailable } from '#libs/event-log';
import { BadShape } from '#libs/fields';
import { contradictory, forbidden, notAllowed, stale, unknown, UnknownEvent } from '#libs/kernel';
import { toldOf } from './told-of.js';
import { HttpRefused } from './told.js';

const text = { sv: 'Nej.', en: 'No.' };
const said = (properties: object): Error => Object.assign(new Error('x'), properties);

test.each<[string, unknown, number, string]>([
  ['nothing known', unknown('a.b', text), 404, 'a.b'],
  ['nothing allowed', notAllowed('a.b', text), 403, 'a.b'],
  ['a state that forbids it', forbidden('a.b', text), 409, 'a.b'],
  ['a contradiction', contradictory('a.b', text), 422, 'a.b'],
  ['a change meanwhile', stale('a.b', text), 412, 'a.b'],
  ['a refusal on the way in', new HttpRefused({ status: 428, code: 'a.b', text }), 428, 'a.b'],
  ['a bad shape', new BadShape([{ pointer: '/a', detail: text }]), 400, 'shape.invalid'],
  ['a position of another log', new LogRefused('another'), 400, 'position.refused'],
  ['a log that does not answer', new LogUnavailable('gone'), 503, 'log.unavailable'],
  ['a log that refuses the service’s own user', new AddressRefused('The EventStoreDB refuses the user.'), 503, 'log.unavailable'],
  ['an entry of a newer release', new UnknownEvent({ id: 'i', type: 'T', schema: 2 }), 503, 'release.older'],
  ['a database that is away', said({ code: 'ECONNREFUSED' }), 503, 'server.busy'],
  ['a database that is stopping', said({ code: '57P01' }), 503, 'server.busy'],
  ['a database that refuses the service’s own password', said({ code: '28P01' }), 503, 'server.busy'],
  ['a database that refuses the service’s own user', said({ code: '28000' }), 503, 'server.busy'],
  ['a table that is not there', said({ code: '42P01' }), 500, 'server.fault'],
  ['a connection that broke', new Error('Connection terminated unexpectedly'), 503, 'server.busy'],
  ['a refusal of the server', said({ statusCode: 415 }), 415, 'body.unsupported'],
  ['a refusal of the framework', new HttpException('x', 418), 418, 'request.refused'],
  ['a fault of the server', said({ statusCode: 502 }), 500, 'server.fault'],
  ['a fault', new TypeError('x'), 500, 'server.fault'],
  ['a fault of the database', said({ code: '23505' }), 500, 'server.fault'],
  ['no error at all', undefined, 500, 'server.fault'],
])('%s is told by its status and code, in both languages', (_sentence, error, status, code) => {
  const told = toldOf(error, 'reference');
  expect([told.status, told.code]).toEqual([status, code]);
  expect(told.text).toEqual({ sv: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
});

test('where it is worth another try, when is said', () => {
  expect(toldOf(new LogUnavailable('gone'), '').headers).toEqual({ 'retry-after': '2' });
  expect(toldOf(new AddressRefused('refused'), '').headers).toEqual({ 'retry-after': '2' });
  expect(toldOf(said({ code: '28P01' }), '').headers).toEqual({ 'retry-after': '2' });
  expect(toldOf(said({ code: 'ECONNRESET' }), '').headers).toEqual({ 'retry-after': '2' });
});

test('a refusal of one field says which', () => {
  expect(toldOf(contradictory('a.b', text, '/sentOn'), '').faults).toEqual([{ pointer: '/sentOn', detail: text }]);
});
