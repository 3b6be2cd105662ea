import { createRemoteJWKSet, type RemoteJWKSet } from 'jose';

/** The provider cannot be used as it is set: the start stops with this one line. */
export class ProviderUnusable extends Error {
  override readonly name = 'ProviderUnusable';
}

/** An OpenID provider as it describes itself. */
export interface OpenIdProvider {
  /** As it stands in its tokens. */
  readonly issuer: string;
  /** The keys that it signs with: fetched when they are first needed, and anew when a token names one that is not among them. */
  readonly keys: RemoteJWKSet;
}

const TIMEOUT_MS = 10_000;
/** How soon after one fetch an unknown key makes another: a provider that has just changed its key is not asked by every token of nonsense. */
const BETWEEN_FETCHES_MS = 5_000;

/** How often keys are fetched. */
export interface KeyFetching {
  /** At the least between two fetches that unknown keys make. */
  readonly betweenMs?: number;
  /** After how long keys that are known are asked for anew: so long may one that the provider has withdrawn still count. */
  readonly keptMs?: number;
}

/**
 * Asks a provider how it is used (OpenID Connect Discovery 1.0 §4).
 * @param issuer `OIDC_ISSUER`
 * @throws ProviderUnusable with one line that says what to mend
 */
export const discoverProvider = async (issuer: string, { betweenMs = BETWEEN_FETCHES_MS, keptMs = 600_000 }: KeyFetching = {}): Promise<OpenIdProvider> => {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const said = await described(address);
  if (said.issuer !== issuer) {
    throw new ProviderUnusable(
      `OIDC_ISSUER is ${issuer}, but the provider there calls itself ${JSON.stringify(said.issuer)}; set OIDC_ISSUER to that, to the letter, if it is the right one.`,
    );
  }
  const keys = typeof said.jwks_uri === 'string' ? URL.parse(said.jwks_uri) : null;
  if (!keys) throw new ProviderUnusable(`The OpenID provider of OIDC_ISSUER says at ${address} no jwks_uri, where the keys are that it signs with.`);
  return { issuer, keys: createRemoteJWKSet(keys, { cooldownDuration: betweenMs, cacheMaxAge: keptMs }) };
};

const described = async (address: string): Promise<{ readonly issuer?: unknown; readonly jwks_uri?: unknown }> => {
  const unusable = (why: string, cause?: unknown) =>
    new ProviderUnusable(`The OpenID provider that OIDC_ISSUER names cannot be used: ${address} ${why}.`, { cause });
  let answer: Response;
  try {
    answer = await fetch(address, { redirect: 'error', headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: string } };
    throw unusable(name === 'TimeoutError' ? `did not answer within ${TIMEOUT_MS / 1_000} s` : `cannot be reached (${cause?.code ?? name})`, error);
  }
  if (answer.status !== 200) throw unusable(`answers ${answer.status}`);
  const said: unknown = await answer.json().catch((error: unknown) => Promise.reject(unusable('answers no JSON', error)));
  if (typeof said !== 'object' || said === null) throw unusable('answers no JSON object');
  return said;
};
