import type { IncomingMessage } from 'node:http';
import { Module, NotFoundException, RequestMethod, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { HttpModule } from './http.module.js';
import { Identities } from './identity/identity.js';
import { serveDescription } from './openapi/document.js';
import { problemFor, send } from './problem/problem.filter.js';
import { assertEveryRouteHasARow } from './routes/rows.js';
import { traceIdOf } from './routes/trace.js';
import type { About } from './serving/about.js';
import { BODY_LIMIT_BYTES, takeBodies } from './serving/bodies.js';
import { Draining } from './serving/draining.js';
import { learnWords, logging, type Words } from './serving/logging.js';
import { tellMethods } from './serving/methods.js';
import { observeRequests } from './serving/observed.js';
import { DEFAULT_RATES, limitRates, type Rates } from './serving/rate-limit.js';
import { refuseUnread } from './serving/unread.js';
import { secure } from './serving/security.js';

export interface HttpOptions {
  readonly about: About;
  readonly rates?: Rates;
  /** `silent` to log nothing. */
  readonly logLevel?: string;
  /** Addresses of proxies in front, whose `X-Forwarded-For` is believed. */
  readonly trustProxy?: string | readonly string[];
  /** `operators` to serve health and metrics alone: the process has other things to do than to answer people. */
  readonly hears?: 'everyone' | 'operators';
}

/**
 * How long a request may take to arrive: a sender that drips one in would hold its connection for ever. A file of 25 MiB over
 * 2 Mbit/s takes 105 s.
 */
const REQUEST_TIMEOUT_MS = 120_000;

@Module({})
class HttpApp {}

/**
 * An app that serves HTTP: everything under `/api/v1` but health and metrics, with its description, and nothing to be added but `listen`.
 * @throws TypeError where a route has no row that says who may
 */
export const createHttpApp = async (
  module: Type | DynamicModule,
  { about, rates = DEFAULT_RATES, logLevel = 'info', trustProxy, hears = 'everyone' }: HttpOptions,
): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    forceCloseConnections: true, // an open stream of events would keep the process from ending; see drain for what is under way
    return503OnClosing: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: ({ headers }: IncomingMessage) => traceIdOf(headers),
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void send(reply, problemFor(error, request)),
    clientErrorHandler: refuseUnread,
    ...(trustProxy !== undefined && trustProxy.length > 0 && { trustProxy: [trustProxy].flat() }),
  });
  const words: Words = new Set();
  const root: DynamicModule = { module: HttpApp, imports: [logging(logLevel, words), HttpModule.saying(about), module] };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.useLogger(app.get(Logger));
  app.setGlobalPrefix('api/v1', {
    exclude: [
      { path: 'health/*path', method: RequestMethod.GET },
      { path: 'metrics', method: RequestMethod.GET },
      { path: 'dev/*path', method: RequestMethod.ALL },
    ],
  });
  try {
    const server = app.getHttpAdapter().getInstance();
    learnWords(server, words);
    if (hears === 'operators') hearOperatorsAlone(server);
    await prepare(app, rates);
    serveDescription(app, about);
    await app.init();
    assertEveryRouteHasARow(app);
    app.get(Draining).watch(app.getHttpServer());
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
};

const OPERATORS = /^\/(?:health\/(?:live|ready)|metrics)(?:\?|$)/;

const hearOperatorsAlone = (server: FastifyInstance): void => {
  server.addHook('onRequest', async ({ url }) => {
    if (!OPERATORS.test(url)) throw new NotFoundException();
  });
};

/** In this order: each hook rests on those before it. */
const prepare = async (app: NestFastifyApplication, rates: Rates): Promise<void> => {
  const server = app.getHttpAdapter().getInstance();
  const identities = app.get(Identities);
  observeRequests(server);
  takeBodies(server);
  tellMethods(server);
  await secure(server);
  server.decorateRequest('identity', undefined);
  server.decorateRequest('notIdentified', undefined);
  server.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/api/')) return;
    try {
      request.identity = await identities.of(request);
    } catch (error) {
      request.notIdentified = error;
    }
  });
  await limitRates(server, rates);
  // Only after it has been counted: whoever tries one token after the other is told to wait too, by the address.
  server.addHook('preParsing', async ({ notIdentified }) => {
    if (notIdentified !== undefined) throw notIdentified as Error;
  });
};
