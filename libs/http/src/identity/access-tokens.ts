import { hash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Text } from '#libs/kernel';
import { HttpRefused } from '../problem/told.js';
import type { OpenIdProvider } from './openid-provider.js';

/** What an access token says, once it is known to be the provider's own and meant for this service. */
export interface Verified {
  readonly subject: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** Signatures that only the holder of a private key can make: never `none`, and none whose key the verifier holds too. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
/** Clocks of two machines differ. */
const TOLERANCE_SECONDS = 30;
/** RFC 9068 says `at+jwt`; Keycloak, Entra ID and AD FS say `JWT` unless told otherwise. */
const TYPES = /^(?:application\/)?(?:at\+)?jwt$/i;
const MARKS_OF_ID_TOKENS = ['at_hash', 'c_hash', 'nonce'];

const EXPIRED: Text = { sv: 'Inloggningen har gått ut. Logga in igen.', en: 'The sign-in has expired. Sign in again.' };
const NOT_OURS: Text = {
  sv: 'Inloggningen gäller inte här. Logga in på nytt genom kommunens inloggning.',
  en: 'The sign-in does not hold here. Sign in anew through the municipality’s sign-in.',
};

/** RFC 6750 §3: why a token is refused, in ASCII, for whoever sets a client up. It never repeats what the token says. */
const refused = (code: 'token.expired' | 'token.invalid', text: Text, why: string): HttpRefused =>
  new HttpRefused({ status: 401, code, text, headers: { 'www-authenticate': `Bearer realm="uppsikt", error="invalid_token", error_description="${why}"` } });

const unavailable = (): HttpRefused =>
  new HttpRefused({
    status: 503,
    code: 'sign-in.unavailable',
    text: {
      sv: 'Kommunens inloggning svarar inte just nu. Försök igen om en stund.',
      en: 'The municipality’s sign-in does not answer at the moment. Try again shortly.',
    },
    headers: { 'retry-after': '5' },
  });

/** Errors of finding a key that are the token's fault; every other is the provider's, who cannot be asked. */
const OF_THE_TOKEN = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/**
 * Verifies an access token (RFC 9068, RFC 8725) against the keys of the provider.
 * @throws HttpRefused 401 for one that does not hold here; 503 where the provider cannot be asked for its keys
 */
export const verifyAccessToken = async (token: string, { issuer, keys }: OpenIdProvider, audience: string): Promise<Verified> => {
  const keyFor: JWTVerifyGetKey = (header, input) =>
    keys(header, input).catch((error: unknown) => {
      throw OF_THE_TOKEN.some((kind) => error instanceof kind) ? error : unavailable();
    });
  const expected = { issuer, audience, algorithms: ALGORITHMS, clockTolerance: TOLERANCE_SECONDS, requiredClaims: ['sub', 'exp'] };
  const { payload, protectedHeader } = await jwtVerify(token, keyFor, expected).catch((error: unknown) => {
    throw error instanceof HttpRefused ? error : refusalOf(error);
  });
  if (!TYPES.test(protectedHeader.typ ?? '')) throw refused('token.invalid', NOT_OURS, 'The type of the token is not at+jwt.');
  if (isIdToken(payload, protectedHeader.typ ?? '')) throw refused('token.invalid', NOT_OURS, 'An access token is needed, not an ID token.');
  if (payload.cnf !== undefined) throw refused('token.invalid', NOT_OURS, 'Tokens bound to a key of their holder are not taken.');
  const { sub, exp } = payload;
  if (typeof sub !== 'string' || !sub || exp === undefined) throw refused('token.invalid', NOT_OURS, 'The token names no subject.');
  return { subject: sub, expires: exp + TOLERANCE_SECONDS };
};

/** Keycloak says in the content what the header does not; others are told by what only an ID token holds. */
const isIdToken = (payload: JWTPayload, type: string): boolean => {
  const { typ } = payload;
  if (typeof typ === 'string') return typ !== 'Bearer';
  return !/at\+jwt$/i.test(type) && MARKS_OF_ID_TOKENS.some((mark) => mark in payload);
};

const refusalOf = (error: unknown): HttpRefused => {
  if (error instanceof errors.JWTExpired) return refused('token.expired', EXPIRED, 'The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    const claim = ['iss', 'aud', 'exp', 'nbf', 'sub'].find((name) => name === error.claim);
    return refused('token.invalid', NOT_OURS, claim ? `The claim ${claim} is missing or another than expected.` : 'A claim is missing.');
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return refused('token.invalid', NOT_OURS, 'The token is not signed with a key pair.');
  return refused('token.invalid', NOT_OURS, 'The token is malformed, or not signed with a key of the issuer.');
};

/** A bound on memory: so many people are at work at once in the largest of cities. */
const MOST_KEPT = 20_000;
/** As long as keys are kept: a token signed with one that was withdrawn counts no longer than it would without this. */
const KEPT_MS = 600_000;

/** What tokens that were verified came to, so that each is verified once. They are known by their hash: nobody finds a token here. */
export class VerifiedTokens<T> {
  readonly #kept = new Map<string, { readonly value: T; readonly until: number }>();

  constructor(private readonly most = MOST_KEPT) {}

  /** @param verify what a token comes to, and until when at the most, in seconds since 1970 */
  async of(token: string, verify: (token: string) => Promise<{ readonly value: T; readonly expires: number }>): Promise<T> {
    const key = hash('sha256', token, 'base64');
    const now = Temporal.Now.instant().epochMilliseconds;
    const kept = this.#kept.get(key);
    if (kept && now < kept.until) return kept.value;
    this.#kept.delete(key);
    const { value, expires } = await verify(token);
    this.#kept.set(key, { value, until: Math.min(expires * 1_000, now + KEPT_MS) });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.most) break;
      this.#kept.delete(oldest);
    }
    return value;
  }
}
