import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readJson } from './json-body.js';

/** The most that a body of JSON may take. */
export const BODY_LIMIT_BYTES = 1_048_576;

/** Marks a route whose body is a file, which it reads itself. */
export const TAKES_FILES = 'uppsikt:takes-files';

declare module 'fastify' {
  interface FastifyContextConfig {
    [TAKES_FILES]?: true;
  }
}

/** JSON is the only content that is read; routes that take files are handed the stream, whatever it holds. */
export const takeBodies = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request: FastifyRequest, body: Buffer, done) => {
    try {
      done(null, readJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addContentTypeParser('*', (request, payload, done) => {
    if (request.is404 || request.routeOptions.config[TAKES_FILES]) done(null, payload);
    else done(Object.assign(new Error('Only JSON is taken here.'), { statusCode: 415 }));
  });
};
