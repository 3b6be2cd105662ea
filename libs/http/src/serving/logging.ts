import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { LoggerModule } from 'nestjs-pino';
import type { Options } from 'pino-http';
import { isId } from '#libs/kernel';

/** The words that addresses of the API are made of. A set of each app, which its routes fill. */
export type Words = Set<string>;

/** Takes in the words of every route from now on. Must stand before the routes. */
export const learnWords = (server: FastifyInstance, words: Words): void =>
  void server.addHook('onRoute', ({ url }) => {
    for (const step of url.split('/')) words.add(step);
  });

/** What somebody wrote into an address where there is nothing may be a name: it is left out. */
const knownPath = (url: string, words: Words): string =>
  (url.split('?', 1)[0] ?? '')
    .split('/')
    .map((step) => (words.has(step) || isId(step.toLowerCase()) ? step : '…'))
    .join('/');

/**
 * One line for each request, in JSON: method, path, status and time. No bodies, no parameters of addresses, no headers and no
 * addresses of people's machines: those hold, or are, personal data. Of a path its ids and the API's own words. Of an error only what its stack says.
 */
export const requestLog = (level: string, words: Words): Options => ({
  level,
  // A middleware is shown the address without what it was mounted at.
  autoLogging: { ignore: ({ originalUrl, url }: IncomingMessage & { originalUrl?: string }) => /^\/(?:health\/|metrics)/.test(originalUrl ?? url ?? '') },
  serializers: {
    req: ({ id, method, url }: { id: unknown; method: string; url: string }) => ({ id, method, path: knownPath(url, words) }),
    res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    err: ({ type, message, stack }: { type?: string; message?: string; stack?: string }) => ({ type, message, stack }),
  },
  customLogLevel: (_request: IncomingMessage, { statusCode }: ServerResponse) => (statusCode >= 500 ? 'error' : 'info'),
});

export const logging = (level: string, words: Words): DynamicModule => LoggerModule.forRoot({ pinoHttp: requestLog(level, words) });
