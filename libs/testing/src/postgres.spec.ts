import { expect, test } from '@jest/globals';
import { Client } from 'pg';
import { testDatabase } from './index.js';

test('each database is empty, and another', async () => {
  const both = await Promise.all([testDatabase(), testDatabase()]);
  const [one, other] = both.map(({ superuserUrl }) => new Client(superuserUrl)) as [Client, Client];
  await Promise.all([one.connect(), other.connect()]);
  await one.query('create table plans (name text)');
  const { rows } = await other.query(`select to_regclass('plans') as plans`);
  expect(rows).toEqual([{ plans: null }]);
  await Promise.all([one.end(), other.end()]);
  await Promise.all(both.map(({ drop }) => drop()));
});

test('a database is dropped though a session is left on it, and may be dropped again', async () => {
  const { superuserUrl, drop } = await testDatabase();
  const left = new Client(superuserUrl).on('error', () => {}); // its end is what this is about
  await left.connect();
  const ended = new Promise((end) => left.once('end', () => end('ended')));
  await drop();
  expect(await ended).toBe('ended');
  await drop();
  await expect(new Client(superuserUrl).connect()).rejects.toThrow('does not exist');
});

test('without a server it says how to get one', async () => {
  const server = process.env.TEST_DATABASE_URL;
  delete process.env.TEST_DATABASE_URL;
  try {
    await expect(testDatabase()).rejects.toThrow('TEST_DATABASE_URL is not set: run the specs by npm test');
  } finally {
    process.env.TEST_DATABASE_URL = server;
  }
});
