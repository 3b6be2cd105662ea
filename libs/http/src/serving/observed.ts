import type { FastifyInstance, FastifyRequest } from 'fastify';
import { counter, histogram, openRequest, SECONDS, type OpenSpan } from '#libs/telemetry';
import { callerOf } from '../routes/trace.js';

const answered = counter('uppsikt_requests_total', 'Requests answered.', ['method', 'route', 'status']);
const seconds = histogram('uppsikt_request_seconds', 'From the first byte of a request to the last of its answer.', SECONDS, ['method', 'route']);

declare module 'fastify' {
  interface FastifyRequest {
    span: OpenSpan | undefined;
  }
}

/** As it was declared: what somebody wrote into an address is no label. Health and metrics are asked for too often to tell anything. */
const routeOf = ({ routeOptions: { url = 'none' } }: FastifyRequest): string => url;
const isTold = ({ url }: FastifyRequest): boolean => !/^\/(?:health\/|metrics)/.test(url);

/** Counts and traces requests. Must stand before every other hook. */
export const observeRequests = (server: FastifyInstance): void => {
  server.decorateRequest('span', undefined);
  server.addHook('onRequest', (request, _reply, done) => {
    if (isTold(request)) request.span = openRequest(request.id, callerOf(request.headers));
    if (request.span) request.span.within(done);
    else done();
  });
  // Again, since a body comes in by events of the connection, which know nothing of the request.
  server.addHook('preHandler', (request, _reply, done) => {
    if (request.span) request.span.within(done);
    else done();
  });
  server.addHook('onResponse', (request, { statusCode: status, elapsedTime }, done) => {
    if (isTold(request)) {
      const [method, route] = [request.method, routeOf(request)];
      answered.inc({ method, route, status });
      seconds.observe({ method, route }, elapsedTime / 1_000);
      request.span?.end(`${method} ${route}`, { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status }, status >= 500);
    }
    done();
  });
};
