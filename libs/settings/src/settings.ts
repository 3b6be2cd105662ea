import { parseArgs } from 'node:util';
import { instant, type Instant } from '#libs/kernel';

/** A setting is wrong: the start stops with this one line, which says which. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Everything that can be chosen from outside, read once at start. */
export interface Settings {
  /** `HOST`: the address to listen on; this machine alone where not set. */
  readonly host: string;
  /** `PORT`: where the process listens. */
  readonly port: number;
  /** `TRUST_PROXY`: addresses of proxies in front, whose `X-Forwarded-For` is believed. */
  readonly trustProxy: readonly string[];
  /** `EVENT_LOG`: where the events lie. */
  readonly eventLog: 'postgres' | 'eventstoredb';
  /** `EVENTSTORE_URL`: `esdb://…`; set where the events lie there. */
  readonly eventStoreUrl: string | undefined;
  /** `EVENTSTORE_LOG_NAME`: which log there, where a server holds several. */
  readonly eventStoreLog: string | undefined;
  /** `DATABASE_URL`: a PostgreSQL elsewhere, by the role of the process that reads it; where not set, the embedded one. */
  readonly databaseUrl: string | undefined;
  /** `REDIS_URL`: where the queue lies; where not set, in PostgreSQL. */
  readonly redisUrl: string | undefined;
  /** `OIDC_ISSUER` and `OIDC_AUDIENCE`: at which OpenID provider people sign in, and what its tokens for this service are meant for. */
  readonly openId: { readonly issuer: string; readonly audience: string } | undefined;
  /** `UPPSIKT_DATA`: folder of the embedded profile: database, key file, documents, outbox. */
  readonly data: string;
  /** `KEY_FILE`: the secret that the tenants' keys are derived from; in the data folder where not set. */
  readonly keyFile: string;
  /** `DOCUMENTS_URL`: where documents lie, `file:///…` or `s3://key:secret@host/bucket`; in the data folder where not set. */
  readonly documentsUrl: string | undefined;
  /**
   * `ERASURE_LEDGER`: where erasures are written down, apart from the data and from every backup: a folder, `file:///…` or
   * `s3://key:secret@host/bucket`. With the embedded database beside the data folder where not set; with another one nothing is erased then.
   */
  readonly erasureLedger: string | undefined;
  /** `DOCUMENT_MAX_MIB`: the most that one document may have. */
  readonly documentMaxBytes: number;
  /** `SMTP_URL`: where mail goes; where not set, into the folder `outbox` of the data folder. */
  readonly smtpUrl: string | undefined;
  /** `MAIL_FROM`: the sender of every mail. */
  readonly mailFrom: string;
  /** `BASE_URL`: what links in mails begin with. */
  readonly baseUrl: string;
  /** `LOG_LEVEL`: of the server's own log. */
  readonly logLevel: string;
  /** `OTEL_EXPORTER_OTLP_ENDPOINT`: the OpenTelemetry collector that traces go to; where not set, nothing is traced. */
  readonly tracesTo: string | undefined;
  /** `OTEL_TRACES_SAMPLER_ARG`: the share of chains that are traced, 0 to 1. */
  readonly tracedShare: number;
  /** `--test-clock <instant>`: the clock stands here until it is stepped. */
  readonly testClock: Instant | undefined;
}

const LOGS = ['postgres', 'eventstoredb'] as const;
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

const portOf = (text: string): number => {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new SettingsError(`PORT is ${JSON.stringify(text)}; it must be a number from 0 to 65535 (0 takes a free one).`);
  return port;
};

const shareOf = (name: string, text: string): number => {
  if (!/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/.test(text)) throw new SettingsError(`${name} is ${JSON.stringify(text)}; it must be a number from 0 to 1.`);
  return Number(text);
};

const MIB = 1_048_576;
const MOST_MIB = 1024;

const mebibytesOf = (name: string, text: string): number => {
  const number = Number(text);
  if (!/^\d{1,4}$/.test(text) || number < 1 || number > MOST_MIB)
    throw new SettingsError(`${name} is ${JSON.stringify(text)}; it must be a whole number of MiB from 1 to ${MOST_MIB}.`);
  return number * MIB;
};

/** An address that may name several hosts is no URL to a parser: whoever opens it says what else is wrong with it. */
const beginOf = (text: string): string | undefined => URL.parse(text)?.protocol ?? /^([a-z]+(?:\+[a-z]+)?:)\/\/[^/]*,/.exec(text)?.[1];

const urlOf = (name: string, text: string, protocols: readonly string[]): string => {
  if (!protocols.includes(beginOf(text) ?? ''))
    throw new SettingsError(`${name} must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`); // never the value: it may hold a password
  return text;
};

const eventLogOf = (text: string): Settings['eventLog'] => {
  const known = LOGS.find((one) => one === text);
  if (!known) throw new SettingsError(`EVENT_LOG is ${JSON.stringify(text)}; it must be one of ${LOGS.join(', ')}.`);
  return known;
};

/** On the machine itself, or by a name that only its own network knows. */
const NEAR = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|[^.:]+)$/;

/** Keys that are fetched over the open network in the clear could be anybody's. */
const openIdOf = (issuer: string | undefined, audience: string | undefined): Settings['openId'] => {
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined) throw new SettingsError('OIDC_AUDIENCE is set, so OIDC_ISSUER must say at which OpenID provider people sign in: https://….');
  if (audience === undefined) throw new SettingsError('OIDC_ISSUER is set, so OIDC_AUDIENCE must say what its tokens for this service are meant for (aud).');
  const { protocol, hostname, search, hash } = new URL(urlOf('OIDC_ISSUER', issuer, ['https:', 'http:']));
  if (protocol === 'http:' && !NEAR.test(hostname))
    throw new SettingsError('OIDC_ISSUER must begin with https://: over http:// only a provider on the machine itself, or in its own network, is asked.');
  if (search || hash) throw new SettingsError('OIDC_ISSUER must be the address of the issuer alone, without ? and #.');
  return { issuer, audience };
};

const testClockOf = (argv: readonly string[]): Instant | undefined => {
  try {
    const { values } = parseArgs({ args: [...argv], options: { 'test-clock': { type: 'string' } }, allowPositionals: false });
    return values['test-clock'] === undefined ? undefined : instant(values['test-clock']);
  } catch (error) {
    throw new SettingsError(`${(error as Error).message} Usage: npm start -- [--test-clock 2020-10-01T08:00+02:00]`, { cause: error });
  }
};

/**
 * Reads the environment and the command line.
 * @throws SettingsError naming the one that is wrong
 */
export const readSettings = (env: Readonly<Record<string, string | undefined>>, argv: readonly string[]): Settings => {
  const set = (name: string): string | undefined => (env[name] === undefined || env[name] === '' ? undefined : env[name]);
  const port = portOf(set('PORT') ?? '3000');
  const data = set('UPPSIKT_DATA') ?? 'data';
  const logLevel = set('LOG_LEVEL') ?? 'warn';
  if (!LEVELS.includes(logLevel)) throw new SettingsError(`LOG_LEVEL is ${JSON.stringify(logLevel)}; it must be one of ${LEVELS.join(', ')}.`);
  const optionalUrl = (name: string, ...protocols: readonly string[]): string | undefined => {
    const text = set(name);
    return text === undefined ? undefined : urlOf(name, text, protocols);
  };
  const eventLog = eventLogOf(set('EVENT_LOG') ?? 'postgres');
  const eventStoreUrl = optionalUrl('EVENTSTORE_URL', 'esdb:', 'esdb+discover:');
  if (eventLog === 'eventstoredb' && eventStoreUrl === undefined)
    throw new SettingsError('EVENT_LOG is eventstoredb, so EVENTSTORE_URL must say where it is: esdb://user:password@host:2113.');
  const databaseUrl = optionalUrl('DATABASE_URL', 'postgres:', 'postgresql:');
  return {
    host: set('HOST') ?? '127.0.0.1',
    port,
    trustProxy: (set('TRUST_PROXY') ?? '').split(',').flatMap((one) => one.trim() || []),
    eventLog,
    eventStoreUrl,
    eventStoreLog: set('EVENTSTORE_LOG_NAME'),
    databaseUrl,
    redisUrl: optionalUrl('REDIS_URL', ...['redis', 'rediss'].flatMap((one) => [`${one}:`, `${one}+sentinel:`, `${one}+cluster:`])),
    openId: openIdOf(set('OIDC_ISSUER'), set('OIDC_AUDIENCE')),
    data,
    keyFile: set('KEY_FILE') ?? `${data}/key`,
    documentsUrl: optionalUrl('DOCUMENTS_URL', 'file:', 's3:', 's3+http:'),
    erasureLedger: set('ERASURE_LEDGER') ?? (databaseUrl === undefined ? `${data.replace(/\/+$/, '')}.erasures` : undefined),
    documentMaxBytes: mebibytesOf('DOCUMENT_MAX_MIB', set('DOCUMENT_MAX_MIB') ?? '25'),
    smtpUrl: optionalUrl('SMTP_URL', 'smtp:', 'smtps:'),
    mailFrom: set('MAIL_FROM') ?? 'Uppsikt <uppsikt@localhost>',
    baseUrl: urlOf('BASE_URL', set('BASE_URL') ?? `http://127.0.0.1:${port}`, ['http:', 'https:']),
    logLevel,
    tracesTo: optionalUrl('OTEL_EXPORTER_OTLP_ENDPOINT', 'http:', 'https:'),
    tracedShare: shareOf('OTEL_TRACES_SAMPLER_ARG', set('OTEL_TRACES_SAMPLER_ARG') ?? '1'),
    testClock: testClockOf(argv),
  };
};
