import { expect, test } from '@jest/globals';
import { nameOf, redisAddress, RedisUrlError } from './redis-address.js';

test.each([
  ['redis://cache', { kind: 'server', tls: false, hosts: [{ host: 'cache', port: 6379 }], db: 0 }],
  ['redis://127.0.0.1:7000/3', { kind: 'server', tls: false, hosts: [{ host: '127.0.0.1', port: 7000 }], db: 3 }],
  ['rediss://uppsikt:s%40f%2Fe@[::1]:7000', { kind: 'server', tls: true, username: 'uppsikt', password: 's@f/e', hosts: [{ host: '::1', port: 7000 }], db: 0 }],
  ['redis://:a:b@cache', { kind: 'server', tls: false, password: 'a:b', hosts: [{ host: 'cache', port: 6379 }], db: 0 }],
  [
    'redis+sentinel://one,two:7000/uppsikt',
    {
      kind: 'sentinel',
      tls: false,
      hosts: [
        { host: 'one', port: 26_379 },
        { host: 'two', port: 7000 },
      ],
      master: 'uppsikt',
      db: 0,
    },
  ],
  [
    'rediss+sentinel://u:p@one/the%20master/2',
    { kind: 'sentinel', tls: true, username: 'u', password: 'p', hosts: [{ host: 'one', port: 26_379 }], master: 'the master', db: 2 },
  ],
  [
    'rediss+cluster://u:p@one:1,two:2/',
    {
      kind: 'cluster',
      tls: true,
      username: 'u',
      password: 'p',
      hosts: [
        { host: 'one', port: 1 },
        { host: 'two', port: 2 },
      ],
    },
  ],
])('%s', (url, address) => {
  expect(redisAddress(url)).toEqual(address);
});

test.each([
  ['http://u:secret@one', 'is not such an address'],
  ['redis+other://u:secret@one', 'is not such an address'],
  ['redis://u:secret@one?db=1', 'is not such an address'],
  ['redis://u:secret@', 'names a host that is none'],
  ['redis://u:secret@one:0', 'names a host that is none'],
  ['redis://u:secret@one:70000', 'names a host that is none'],
  ['redis://u:secret@on e', 'names a host that is none'],
  ['redis://secret@one', 'names a user without a password'],
  ['redis://u:secret@one,two', 'names several hosts, but not whether they are sentinels or a cluster'],
  ['redis://u:secret@one/first', 'ends in a database that is no number'],
  ['redis://u:secret@one/1/2', 'ends in a database that is no number'],
  ['redis://u:secret%zz@one', 'holds a % that is not followed by two hexadecimal digits'],
  ['redis+sentinel://u:secret@one:1', "does not say the master's name"],
  ['redis+sentinel://u:secret@one:1//2', "does not say the master's name"],
  ['redis+cluster://u:secret@one:1/2', 'has a path, but a cluster has no databases'],
])('%s %s', (url, what) => {
  expect(() => redisAddress(url)).toThrow(RedisUrlError);
  expect(() => redisAddress(url)).toThrow(`REDIS_URL ${what}; it must be one of redis://`);
  expect(() => redisAddress(url)).not.toThrow('secret');
});

test('an address is called by its hosts, without what is secret', () => {
  expect(nameOf(redisAddress('redis://u:secret@[::1]:7000/3'))).toBe('[::1]:7000');
  expect(nameOf(redisAddress('redis+sentinel://u:secret@one,two:7000/uppsikt'))).toBe('one:26379,two:7000/uppsikt');
  expect(nameOf(redisAddress('redis+cluster://u:secret@one,two:7000'))).toBe('one:6379,two:7000');
});
