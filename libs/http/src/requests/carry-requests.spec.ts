import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool } from '#libs/database';
import type { Position } from '#libs/event-log';
import { randomId } from '#libs/kernel';
import { preparedDatabase, type PreparedDatabase } from '#libs/testing';
import type { Ready } from '../problem/told.js';
import { carryRequests } from './carry-requests.js';
import { requestsMigration } from './requests.migration.js';
import { Requests } from './requests.js';

let database: PreparedDatabase;
let requests: Requests;
let owner: Pool;
beforeAll(async () => {
  database = await preparedDatabase([requestsMigration]);
  requests = await Requests.open(database.api);
  owner = openPool(database.owner, { max: 1, name: 'spec' });
});
afterAll(async () => {
  await Promise.all([requests.close(), owner.end()]);
  await database.drop();
});

const asked = ['POST /orders', {}] as const;
const answered = async (body: string): Promise<string> => {
  const command = randomId();
  await requests.once(command, asked, () => Promise.resolve({ status: 201, headers: { etag: '"0"' }, body }));
  return command;
};
const repeated = async (command: string): Promise<Ready> => (await requests.once(command, asked, () => Promise.reject(new Error('done already')))).ready;

test('a repeat is answered as it was, but for its position, which is one of the other log; a refusal word by word', async () => {
  const [from, to] = [randomId(), randomId()];
  const one = await answered(JSON.stringify({ id: 'o', revision: 3, position: `${from}.17` }));
  const several = await answered(`${JSON.stringify({ object: 'a', position: `${from}.18` })}\n${JSON.stringify({ object: 'b', position: `${from}.190` })}\n`);
  const refusal = await answered(JSON.stringify({ code: 'order.unknown', detail: 'There is no such order.' }));
  const end = 4_711n as Position;
  expect(await carryRequests(owner, from, { id: to }, end)).toBe(2);
  expect(await repeated(one)).toEqual({ status: 201, headers: { etag: '"0"' }, body: JSON.stringify({ id: 'o', revision: 3, position: `${to}.4711` }) });
  expect((await repeated(several)).body).toBe(
    `${JSON.stringify({ object: 'a', position: `${to}.4711` })}\n${JSON.stringify({ object: 'b', position: `${to}.4711` })}\n`,
  );
  expect((await repeated(refusal)).body).toContain('There is no such order.');
  expect(await carryRequests(owner, from, { id: to }, end)).toBe(0);
});
