import { expect, test } from '@jest/globals';
import { readSettings, SettingsError } from './index.js';

test('with nothing set, everything has a default', () => {
  expect(readSettings({}, [])).toEqual({
    host: '127.0.0.1',
    port: 3000,
    trustProxy: [],
    eventLog: 'postgres',
    eventStoreUrl: undefined,
    eventStoreLog: undefined,
    databaseUrl: undefined,
    redisUrl: undefined,
    openId: undefined,
    data: 'data',
    keyFile: 'data/key',
    documentsUrl: undefined,
    erasureLedger: 'data.erasures',
    documentMaxBytes: 26_214_400,
    smtpUrl: undefined,
    mailFrom: 'Uppsikt <uppsikt@localhost>',
    baseUrl: 'http://127.0.0.1:3000',
    logLevel: 'warn',
    tracesTo: undefined,
    tracedShare: 1,
    testClock: undefined,
  });
});

test('the key file lies in the data folder unless it is set', () => {
  expect(readSettings({ UPPSIKT_DATA: '/srv/uppsikt' }, []).keyFile).toBe('/srv/uppsikt/key');
  expect(readSettings({ UPPSIKT_DATA: '/srv/uppsikt', KEY_FILE: '/etc/key' }, []).keyFile).toBe('/etc/key');
});

test('the ledger of erasures lies beside the data folder, apart from it, unless it is set; with a database elsewhere it must be', () => {
  expect(readSettings({ UPPSIKT_DATA: '/srv/uppsikt/' }, []).erasureLedger).toBe('/srv/uppsikt.erasures');
  expect(readSettings({ ERASURE_LEDGER: 's3://key:secret@host/bucket' }, []).erasureLedger).toBe('s3://key:secret@host/bucket');
  expect(readSettings({ DATABASE_URL: 'postgres://uppsikt_api:secret@db/uppsikt' }, []).erasureLedger).toBeUndefined();
});

const openId = (OIDC_ISSUER: string) => readSettings({ OIDC_ISSUER, OIDC_AUDIENCE: 'https://uppsikt.example.se' }, []).openId;

test('people sign in at the provider that is set, over the open network encrypted', () => {
  for (const issuer of ['https://login.example.se/realms/kommun', 'http://localhost:8080/realms/kommun', 'http://127.0.0.1:8080', 'http://keycloak:8080'])
    expect(openId(issuer)).toEqual({ issuer, audience: 'https://uppsikt.example.se' });
  expect(() => openId('http://login.example.se')).toThrow('OIDC_ISSUER must begin with https://');
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
  [{ EVENT_LOG: 'kafka' }, [], 'EVENT_LOG'],
  [{ EVENT_LOG: 'eventstoredb' }, [], 'EVENTSTORE_URL'],
  [{ EVENTSTORE_URL: 'http://secret@host' }, [], 'EVENTSTORE_URL'],
  [{ DATABASE_URL: 'mysql://secret@host' }, [], 'DATABASE_URL'],
  [{ REDIS_URL: 'memcached://secret@host' }, [], 'REDIS_URL'],
  [{ BASE_URL: 'uppsikt' }, [], 'BASE_URL'],
  [{ SMTP_URL: 'http://secret@mail' }, [], 'SMTP_URL'],
  [{ DOCUMENTS_URL: 'ftp://secret@host' }, [], 'DOCUMENTS_URL'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, [], 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  [{ OTEL_TRACES_SAMPLER_ARG: '10 %' }, [], 'OTEL_TRACES_SAMPLER_ARG'],
  [{ OTEL_TRACES_SAMPLER_ARG: '1.5' }, [], 'OTEL_TRACES_SAMPLER_ARG'],
  [{ OIDC_ISSUER: 'login', OIDC_AUDIENCE: 'x' }, [], 'OIDC_ISSUER'],
  [{ OIDC_ISSUER: 'https://login.example.se?x=1', OIDC_AUDIENCE: 'x' }, [], 'OIDC_ISSUER'],
  [{ OIDC_ISSUER: 'https://login.example.se' }, [], 'OIDC_AUDIENCE'],
  [{ OIDC_AUDIENCE: 'x' }, [], 'OIDC_ISSUER'],
  [{ DOCUMENT_MAX_MIB: '0' }, [], 'DOCUMENT_MAX_MIB'],
  [{ DOCUMENT_MAX_MIB: '25 MB' }, [], 'DOCUMENT_MAX_MIB'],
  [{ DOCUMENT_MAX_MIB: '1025' }, [], 'DOCUMENT_MAX_MIB'],
  [{}, ['--test-clock', 'now'], '--test-clock'],
  [{}, ['--fast'], '--fast'],
])('%j %j is refused by name', (env, argv, named) => {
  expect(() => readSettings(env, argv)).toThrow(SettingsError);
  expect(() => readSettings(env, argv)).toThrow(named);
});

test('a wrong SMTP_URL or DOCUMENTS_URL is not repeated: it may hold a password', () => {
  expect(() => readSettings({ DOCUMENTS_URL: 'ftp://secret@host' }, [])).not.toThrow(/secret/);
  expect(() => readSettings({ SMTP_URL: 'http://secret@mail' }, [])).not.toThrow(/secret/);
});

test('documents lie in a folder or in a bucket', () => {
  for (const DOCUMENTS_URL of ['file:///srv/handlingar', 's3://key:secret@host/bucket', 's3+http://key:secret@minio:9000/bucket'])
    expect(readSettings({ DOCUMENTS_URL }, []).documentsUrl).toBe(DOCUMENTS_URL);
  expect(readSettings({ DOCUMENT_MAX_MIB: '100' }, []).documentMaxBytes).toBe(104_857_600);
});

test('an address may name several hosts', () => {
  const EVENTSTORE_URL = 'esdb://user:secret@one:2113,two:2113,three:2113?nodePreference=leader';
  const REDIS_URL = 'redis+sentinel://one:26379,two:26379/uppsikt';
  expect(readSettings({ EVENT_LOG: 'eventstoredb', EVENTSTORE_URL, REDIS_URL }, [])).toMatchObject({
    eventLog: 'eventstoredb',
    eventStoreUrl: EVENTSTORE_URL,
    redisUrl: REDIS_URL,
  });
});
