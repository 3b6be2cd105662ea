import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { StartError, startErrorLine } from './start-error.ts';

const taken = createServer();

beforeAll(async () => {
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
});
afterAll(() => void taken.close());

/** What listening really answers. */
async function listening(port: number): Promise<unknown> {
  const server = createServer();
  const answer = once(server, 'listening').catch((error: unknown) => error);
  server.listen(port, '127.0.0.1');
  return answer;
}

/** An error as the system makes it. */
const system = (code: string, details: object = {}) => Object.assign(new Error(`${code}: something`), { code, ...details });

test('a port that is taken is named', async () => {
  const { port } = taken.address() as { port: number };
  expect(startErrorLine(await listening(port))).toBe(`Port ${port} on 127.0.0.1 is taken by another program; stop that program, or set PORT to a free port.`);
});

test('a port that is reserved is named', () => {
  expect(startErrorLine(system('EACCES', { syscall: 'listen', port: 80 }))).toBe('Port 80 is reserved for the system; set PORT to a number above 1023.');
});

test('a number that is no port is said to be none', () => {
  expect(startErrorLine(system('ERR_SOCKET_BAD_PORT'))).toBe('PORT is not a port; set it to a number from 1 to 65535.');
});

test.each(['ENOSPC', 'EDQUOT'])('%s of the file system is a full disk', (code) => {
  expect(startErrorLine(system(code))).toMatch(/^The disk is full; free some space and start again/);
});

test('disk_full of PostgreSQL is a full disk', async () => {
  const client = new Client(process.env.TEST_DATABASE_URL);
  await client.connect();
  const error: unknown = await client.query(`do $$ begin raise exception using errcode = 'disk_full'; end $$`).catch((cause: unknown) => cause);
  await client.end();
  expect(startErrorLine(error)).toMatch(/^The disk is full/);
});

test('what stopped the start is found beneath what was made of it', () => {
  expect(startErrorLine(new Error('The API did not start.', { cause: new AggregateError([system('EBADF'), system('ENOSPC')]) }))).toMatch(/^The disk is full/);
});

test('a StartError, and a class that is told as well, speaks for itself', () => {
  class Told extends Error {}
  expect(startErrorLine(new StartError('Stop the other one first.'))).toBe('Stop the other one first.');
  expect(startErrorLine(new Told('The key is another.'), Told)).toBe('The key is another.');
  expect(startErrorLine(new Told('The key is another.'))).toBeUndefined();
});

test.each([new TypeError('x is not a function'), system('EACCES', { path: '/etc/shadow' }), 'a string', undefined])('%p was not foreseen', (error) => {
  expect(startErrorLine(error)).toBeUndefined();
});
