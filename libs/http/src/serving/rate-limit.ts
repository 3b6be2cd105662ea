import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefused } from '../problem/told.js';

/** How many requests a minute. */
export interface Rates {
  /** For one person, or one address where nobody is signed in. */
  readonly perUser: number;
  /** For a municipality as a whole. */
  readonly perTenant: number;
}

/** Far above what people do by hand, and below what a loop gone wild does. */
export const DEFAULT_RATES: Rates = { perUser: 3_000, perTenant: 30_000 };

const exceeded = (seconds?: number) =>
  new HttpRefused({
    status: 429,
    code: 'rate.exceeded',
    text: { sv: 'För många begäranden på kort tid. Vänta enligt Retry-After.', en: 'Too many requests in a short time. Wait as Retry-After says.' },
    ...(seconds !== undefined && { headers: { 'retry-after': String(seconds) } }),
  });

const userOf = ({ identity, ip }: FastifyRequest): string => (identity ? `${identity.tenant} ${identity.by.actor}` : ip);

/** Must stand after identities are known and before the routes. Each process counts for itself. */
export const limitRates = async (server: FastifyInstance, { perUser, perTenant }: Rates): Promise<void> => {
  await server.register(rateLimit, {
    max: perUser,
    timeWindow: 60_000,
    keyGenerator: userOf,
    enableDraftSpec: true,
    allowList: ({ url }) => !url.startsWith('/api/'),
    errorResponseBuilder: () => exceeded(), // the plugin itself sets Retry-After
  });
  const ofTenant = server.createRateLimit({ max: perTenant, timeWindow: 60_000, keyGenerator: ({ identity }) => identity?.tenant ?? '' });
  server.addHook('onRequest', async (request) => {
    if (!request.identity) return;
    const rate = await ofTenant(request);
    if (!rate.isAllowed && rate.isExceeded) throw exceeded(rate.ttlInSeconds);
  });
};
