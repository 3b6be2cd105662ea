import type { FastifyInstance } from 'fastify';
import { pathOf } from '../problem/problem.filter.js';
import { HttpRefused } from '../problem/told.js';

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split('/')
      .map((step) => (step.startsWith(':') ? '[^/]+' : escaped(step)))
      .join('/')}$`,
  );

/**
 * Says which methods an address takes: to OPTIONS as its answer, to one that it does not take with 405.
 * Must stand before the routes.
 */
export const tellMethods = (server: FastifyInstance): void => {
  const byUrl = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  server.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return; // static files, which answer for themselves
    const known = byUrl.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    byUrl.set(url, known);
    for (const one of [method].flat()) known.methods.add(one);
  });
  server.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return undefined;
    const path = pathOf(request);
    const methods = [...byUrl.values()].flatMap(({ pattern, methods: taken }) => (pattern.test(path) ? [...taken] : []));
    if (methods.length === 0) return undefined;
    const allow = [...new Set([...methods, 'OPTIONS'])].toSorted((a, b) => (a < b ? -1 : 1)).join(', ');
    if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send();
    throw new HttpRefused({
      status: 405,
      code: 'method.unknown',
      text: { sv: `Adressen tar inte ${request.method}, men ${allow}.`, en: `The address does not take ${request.method}, but ${allow}.` },
      headers: { allow },
    });
  });
};
