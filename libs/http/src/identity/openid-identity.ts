import type { FastifyRequest } from 'fastify';
import { stockholmDay, type Clock, type Text } from '#libs/kernel';
import { HttpRefused } from '../problem/told.js';
import { VerifiedTokens, verifyAccessToken } from './access-tokens.js';
import { inRole, NoRole, settingsIn } from './chosen-role.js';
import { Identities, type Identity, type SignIns } from './identity.js';
import type { OpenIdProvider } from './openid-provider.js';

/** RFC 6750 §2.1, RFC 9110 §11.4. */
const BEARER = /^bearer(?: +(.*))?$/i;
const ROLE_HEADER = 'uppsikt-role';

/**
 * Sign-in by the municipality's OpenID provider: `Authorization: Bearer <access token>`. Who holds several roles says in which one the request is
 * made: `Uppsikt-Role: role=auditor; unit=<id>`. The token tells who; what the person holds is read from the register each time.
 */
export class OpenIdIdentity extends Identities {
  override readonly scheme = 'Bearer realm="uppsikt"';
  override readonly how: Text = {
    sv: 'Logga in genom kommunens inloggning och skicka den åtkomsttoken som den ger: Authorization: Bearer <token>.',
    en: 'Sign in through the municipality’s sign-in and send the access token that it gives: Authorization: Bearer <token>.',
  };

  /** What the sign-in of each token is called here. */
  readonly #signIns = new VerifiedTokens<string>();

  /** @param audience what a token must be meant for, `OIDC_AUDIENCE` */
  constructor(
    private readonly provider: OpenIdProvider,
    private readonly audience: string,
    private readonly signIns: SignIns,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async of({ headers }: FastifyRequest): Promise<Identity | undefined> {
    const [bearer, token = ''] = BEARER.exec(headers.authorization?.trim() ?? '') ?? [];
    if (bearer === undefined) return undefined;
    const signIn = await this.#signIns.of(token, (unknown) => this.#verified(unknown));
    const known = await this.signIns.find(signIn);
    if (!known) throw notLinked(signIn);
    const identity = inRole(known, settingsIn(String(headers[ROLE_HEADER] ?? '')), stockholmDay(this.clock.now()), 'Uppsikt-Role: ');
    if (identity instanceof NoRole) throw new HttpRefused({ status: 403, code: identity.code, text: identity.text });
    return identity;
  }

  async #verified(token: string): Promise<{ readonly value: string; readonly expires: number }> {
    const { subject, expires } = await verifyAccessToken(token, this.provider, this.audience);
    return { value: this.signIns.nameOf(this.provider.issuer, subject), expires };
  }
}

/** The token is good, and signing in again would change nothing: 403. The reference says nothing of whom it is about. */
const notLinked = (signIn: string): HttpRefused =>
  new HttpRefused({
    status: 403,
    code: 'sign-in.not-linked',
    text: {
      sv: `Du är inloggad, men inloggningen hör inte till någon person här. Ge din administratör referensen ${signIn}`,
      en: `You are signed in, but the sign-in belongs to no person here. Give your administrator the reference ${signIn}`,
    },
  });
