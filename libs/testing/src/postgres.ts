import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of one spec file's own. */
export interface TestDatabase {
  /** postgres://… of that database, as the superuser. */
  readonly superuserUrl: string;
  /** Removes it, ending whatever sessions are left on it. */
  readonly drop: () => Promise<void>;
}

/** Makes an empty database on the server of the test run, which Jest's global setup names in TEST_DATABASE_URL. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run the specs by npm test, whose global setup starts a PostgreSQL and sets it.');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await execute(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return { superuserUrl: url.href, drop: () => execute(server, `drop database if exists ${name} with (force)`) };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client(url);
  client.on('error', () => {}); // the query under way says it too; without a listener the process would end
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
