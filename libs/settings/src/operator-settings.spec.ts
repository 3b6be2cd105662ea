import { expect, test } from '@jest/globals';
import { readCopyLogSettings, readMigrateUrl, readPrepareSettings, SettingsError } from './index.js';

const env = {
  ADMIN_DATABASE_URL: 'postgres://postgres:hidden@host/postgres',
  UPPSIKT_OWNER_PASSWORD: 'owner-0123456789',
  UPPSIKT_WORKER_PASSWORD: 'worker-0123456789',
  UPPSIKT_API_PASSWORD: 'api-0123456789abc',
};

test('what prepares a database is read from the environment', () => {
  expect(readPrepareSettings(env)).toEqual({
    adminUrl: 'postgres://postgres:hidden@host/postgres',
    passwords: { owner: 'owner-0123456789', worker: 'worker-0123456789', api: 'api-0123456789abc' },
    eventStore: undefined,
  });
});

test('an EventStoreDB is prepared where an administrator is named, for the user of its address', () => {
  const [adminUrl, url] = ['esdb://admin:hidden@host', 'esdb://uppsikt:hidden@host'];
  expect(readPrepareSettings({ ...env, ADMIN_EVENTSTORE_URL: adminUrl, EVENTSTORE_URL: url }).eventStore).toEqual({ adminUrl, url });
  expect(readPrepareSettings({ ...env, EVENTSTORE_URL: url }).eventStore).toBeUndefined();
  expect(readPrepareSettings({ ...env, EVENT_LOG: 'postgres', ADMIN_EVENTSTORE_URL: adminUrl, EVENTSTORE_URL: url }).eventStore).toBeUndefined();
  expect(() => readPrepareSettings({ ...env, ADMIN_EVENTSTORE_URL: adminUrl })).toThrow(/^(?!.*hidden).*EVENTSTORE_URL is not/);
});

test.each([
  ['ADMIN_DATABASE_URL', ''],
  ['ADMIN_DATABASE_URL', 'mysql://root:hidden@host'],
  ['ADMIN_DATABASE_URL', 'hidden'],
  ['UPPSIKT_OWNER_PASSWORD', ''],
  ['UPPSIKT_WORKER_PASSWORD', 'hidden'],
  ['UPPSIKT_API_PASSWORD', undefined],
])('%s as %j is refused by name, and not repeated', (name, value) => {
  const reading = () => readPrepareSettings({ ...env, [name]: value });
  expect(reading).toThrow(SettingsError);
  expect(reading).toThrow(name);
  expect(reading).not.toThrow('hidden');
});

test("what migrates is the owner's address", () => {
  expect(readMigrateUrl({ MIGRATE_DATABASE_URL: 'postgresql://uppsikt_owner:hidden@host/uppsikt' })).toBe('postgresql://uppsikt_owner:hidden@host/uppsikt');
  expect(() => readMigrateUrl({})).toThrow('MIGRATE_DATABASE_URL is not set; it must be an address');
  expect(() => readMigrateUrl({ MIGRATE_DATABASE_URL: 'http://hidden@host' })).toThrow(/^(?!.*hidden).*MIGRATE_DATABASE_URL/);
});

test('what moves the log needs both logs: the embedded database where none is named, else its owner and its worker', () => {
  const eventStoreUrl = 'esdb://user:hidden@host:2113';
  expect(readCopyLogSettings({ EVENTSTORE_URL: eventStoreUrl, DATABASE_URL: '', UPPSIKT_DATA: '/data' })).toEqual({
    database: undefined,
    data: '/data',
    eventStoreUrl,
  });
  const [owner, worker] = ['postgres://uppsikt_owner:hidden@host/uppsikt', 'postgres://uppsikt_worker:hidden@host/uppsikt'];
  expect(readCopyLogSettings({ EVENTSTORE_URL: eventStoreUrl, MIGRATE_DATABASE_URL: owner, DATABASE_URL: worker })).toEqual({
    database: { owner, worker },
    data: 'data',
    eventStoreUrl,
  });
  expect(() => readCopyLogSettings({})).toThrow('EVENTSTORE_URL is not set');
  expect(() => readCopyLogSettings({ EVENTSTORE_URL: eventStoreUrl, DATABASE_URL: worker })).toThrow(/^MIGRATE_DATABASE_URL is not set/);
  expect(() => readCopyLogSettings({ EVENTSTORE_URL: eventStoreUrl, MIGRATE_DATABASE_URL: owner })).toThrow(/^DATABASE_URL is not set/);
});
