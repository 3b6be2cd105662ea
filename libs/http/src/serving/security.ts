import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Where people read the API description. */
export const DOCS = '/api/docs';

const POLICY = {
  'default-src': ["'self'"],
  'base-uri': ["'self'"],
  'connect-src': ["'self'"],
  'font-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'img-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
} as const;

const written = (policy: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');

/** Swagger UI sets styles on its elements. */
const DOCS_POLICY = written({ ...POLICY, 'style-src': ["'self'", "'unsafe-inline'"] });

/** Headers that keep a browser from running, framing or keeping what it should not. */
export const secure = async (server: FastifyInstance): Promise<void> => {
  const directives = Object.fromEntries(Object.entries(POLICY).map(([name, sources]) => [name, [...sources]]));
  await server.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives }, referrerPolicy: { policy: 'no-referrer' } });
  server.addHook('onRequest', async ({ url }, reply) => {
    if (url.startsWith(DOCS)) reply.header('content-security-policy', DOCS_POLICY);
    if (url.startsWith('/api/')) reply.header('cache-control', 'no-store'); // answers hold what only the asker may see
  });
};
