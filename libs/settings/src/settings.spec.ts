import { expect, test } from '@jest/globals';
import { readSettings, SettingsError } from './index.js';

test('with nothing set, everything has a default', () => {
  expect(readSettings({}, [])).toEqual({
    port: 3000,
    data: 'data',
    keyFile: 'data/key',
    smtpUrl: undefined,
    mailFrom: 'Uppsikt <uppsikt@localhost>',
    baseUrl: 'http://127.0.0.1:3000',
    logLevel: 'warn',
    testClock: undefined,
  });
});

test('the key file lies in the data folder unless it is set', () => {
  expect(readSettings({ UPPSIKT_DATA: '/srv/uppsikt' }, []).keyFile).toBe('/srv/uppsikt/key');
  expect(readSettings({ UPPSIKT_DATA: '/srv/uppsikt', KEY_FILE: '/etc/key' }, []).keyFile).toBe('/etc/key');
});

test('an empty variable is one that is not set', () => {
  expect(readSettings({ PORT: '', SMTP_URL: '' }, [])).toEqual(readSettings({}, []));
});

test('the test clock takes any offset', () => {
  expect(readSettings({}, ['--test-clock', '2020-10-01T08:00+02:00']).testClock).toBe('2020-10-01T06:00:00.000Z');
});

test.each([
  [{ PORT: 'http' }, [], 'PORT'],
  [{ PORT: '70000' }, [], 'PORT'],
  [{ LOG_LEVEL: 'loud' }, [], 'LOG_LEVEL'],
  [{ BASE_URL: 'uppsikt' }, [], 'BASE_URL'],
  [{ SMTP_URL: 'http://secret@mail' }, [], 'SMTP_URL'],
  [{}, ['--test-clock', 'now'], '--test-clock'],
  [{}, ['--fast'], '--fast'],
])('%j %j is refused by name', (env, argv, named) => {
  expect(() => readSettings(env, argv)).toThrow(SettingsError);
  expect(() => readSettings(env, argv)).toThrow(named);
});

test('a wrong SMTP_URL is not repeated: it may hold a password', () => {
  expect(() => readSettings({ SMTP_URL: 'http://secret@mail' }, [])).not.toThrow(/secret/);
});
