import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Global, Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Executor } from '#libs/commands';
import { logMigrations, postgresLog, type EventLog } from '#libs/event-log';
import { EventRegistry, type Clock, type Day, type Instant } from '#libs/kernel';
import { preparedDatabase } from '#libs/testing';
import type { Vault } from '#libs/vault';
import { ANNA, SampleModule, SamplePeople, sampleEvents } from './http.samples.js';
import {
  CaughtUp,
  CLOCK,
  createHttpApp,
  DevelopmentIdentity,
  Identities,
  LOG_ID,
  People,
  Requests,
  requestsMigration,
  Uploads,
  type About,
  type HttpOptions,
} from './index.js';

export const about: About = { name: 'uppsikt-api', version: '1.0.0', released: '2026-11-22' as Day, status: 'active' };
export const clock: Clock = { now: () => '2026-11-22T08:00:00.000Z' as Instant, real: false };

export interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly text?: string | Uint8Array<ArrayBuffer>;
  readonly as?: string;
  readonly key?: string;
  /** `undefined` leaves out what would be sent otherwise. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Of another app than the first. */
  readonly at?: string;
}
interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Buffer;
  readonly json: {
    readonly code?: string;
    readonly detail?: string;
    readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
    readonly [name: string]: unknown;
  };
}

/** The sample city on a database and a port of its own. */
export interface Served {
  readonly app: NestFastifyApplication;
  readonly origin: string;
  readonly log: EventLog;
  /** Whether the views have what is asked after. */
  readonly views: { up: boolean };
  /** What was uploaded. */
  readonly kept: KeptInMemory;
  /** Another app on the same database. */
  readonly another: (module: Type, options?: Partial<HttpOptions> & { readonly identities?: Identities }) => Promise<NestFastifyApplication>;
  readonly ask: (path: string, asked?: Asked) => Promise<Told>;
  readonly post: (path: string, asked?: Asked) => Promise<Told>;
  /** With headers that `fetch` would not send. */
  readonly askRaw: (path: string, headers: Readonly<Record<string, string>>) => Promise<{ readonly status: number | undefined; readonly text: string }>;
  /** Sends an order. @returns its id */
  readonly sendOrder: (name?: string) => Promise<string>;
  readonly endOrder: (id: string, asked?: Asked) => Promise<Told>;
  readonly close: () => Promise<void>;
}

export const without = (name: string) => ({ [name]: undefined });

let keys = 0;

/** Keeps uploads in memory, as long as nothing is amiss. */
class KeptInMemory extends Uploads {
  override readonly maxBytes = 100_000;
  readonly files = new Map<string, Uint8Array>();
  isAway = false;

  override keep(tenant: string, sha256: string, bytes: Uint8Array): Promise<void> {
    if (this.isAway) return Promise.reject(Object.assign(new Error('The store is away.'), { statusCode: 503 }));
    this.files.set(`${tenant} ${sha256}`, bytes);
    return Promise.resolve();
  }
}

export const serveSample = async (): Promise<Served> => {
  const database = await preparedDatabase([logMigrations, requestsMigration]);
  const log = await postgresLog({ url: database.api });
  const requests = await Requests.open(database.api);
  const views = { up: true };
  const kept = new KeptInMemory();

  const another: Served['another'] = async (module, { identities, ...options } = {}) => {
    @Global()
    @Module({
      providers: [
        { provide: Executor, useValue: new Executor(log, {} as Vault, new EventRegistry(sampleEvents)) },
        { provide: Requests, useValue: requests },
        { provide: People, useClass: SamplePeople },
        identities ? { provide: Identities, useValue: identities } : { provide: Identities, useClass: DevelopmentIdentity },
        { provide: CaughtUp, useValue: { with: () => Promise.resolve(views.up) } },
        { provide: CLOCK, useValue: clock },
        { provide: LOG_ID, useValue: log.id },
        { provide: Uploads, useValue: kept },
      ],
      exports: [Executor, Requests, Uploads, People, Identities, CaughtUp, CLOCK, LOG_ID],
    })
    class Core {}
    @Global()
    @Module({ imports: [Core, module], exports: [module] })
    class Root {}
    const served = await createHttpApp(Root, { about, logLevel: 'silent', ...options });
    await served.listen(0, '127.0.0.1');
    return served;
  };
  const app = await another(SampleModule);
  const origin = await app.getUrl();

  const ask = async (
    path: string,
    { method = 'GET', body, text: written, as = ANNA, key = `key-${keys++}`, headers = {}, at = origin }: Asked = {},
  ): Promise<Told> => {
    const content = written ?? (body === undefined ? undefined : JSON.stringify(body));
    const said = {
      'uppsikt-person': as,
      'accept-language': 'en',
      'content-type': content === undefined ? undefined : 'application/json',
      'idempotency-key': method === 'GET' ? undefined : key,
      ...headers,
    };
    const sent = Object.entries(said).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
    const answer = await fetch(at + path, { method, headers: sent, ...(content !== undefined && { body: content }) });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const told = new TextDecoder().decode(bytes);
    const isJson = /json/.test(answer.headers.get('content-type') ?? '') && told !== '';
    return { status: answer.status, headers: answer.headers, text: told, bytes, json: isJson ? (JSON.parse(told) as Told['json']) : {} };
  };
  const post = (path: string, asked: Asked = {}) => ask(path, { method: 'POST', body: {}, ...asked });

  return {
    app,
    origin,
    log,
    views,
    kept,
    another,
    ask,
    post,
    askRaw: async (path, headers) => {
      const [answer] = (await once(request(origin + path, { headers }).end(), 'response')) as [IncomingMessage];
      return { status: answer.statusCode, text: await text(answer) };
    },
    sendOrder: async (name = 'Kontaktperson') => String((await post('/api/v1/orders', { body: { name } })).json.id),
    endOrder: (id, asked = {}) => post(`/api/v1/orders/${id}/genomforande`, { body: { endedOn: '2026-11-20' }, ...asked }),
    close: async () => {
      await app.close();
      await requests.close();
      await log.close();
      await database.drop();
    },
  };
};
