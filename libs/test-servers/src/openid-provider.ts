import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import type { Configuration, Provider } from 'oidc-provider';

/** What a sign-in gives. */
export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string;
}

/** A real OpenID provider in this process, at which everybody is who they say they are. */
export interface TestOpenIdProvider {
  readonly issuer: string;
  /** What its access tokens are meant for. */
  readonly audience: string;
  /** Signs somebody in as a browser and a client do: authorization code with PKCE. */
  readonly signIn: (subject: string) => Promise<Tokens>;
  /** A token that the provider would not give: signed with its own key, or with another. What is undefined is left out. */
  readonly forge: (claims: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>, key?: CryptoKey) => Promise<string>;
  /** Signs with another key from now on; the one before is gone. */
  readonly rotate: () => Promise<void>;
  /** Hears nobody while it is away. */
  readonly goAway: () => Promise<void>;
  readonly comeBack: () => Promise<void>;
  /** How often its keys were asked for. */
  readonly keyRequests: () => number;
  readonly close: () => Promise<void>;
}

const CLIENT = 'uppsikt-page';
const CALLBACK = 'http://127.0.0.1/callback';
/** What a client asks for (RFC 8707); what a token for it is meant for is called otherwise where the provider says so. */
const RESOURCE = 'urn:uppsikt:api';

/** @param audience of its access tokens, which are JWTs (RFC 9068) */
export const testOpenIdProvider = async (audience = 'https://uppsikt.example.se'): Promise<TestOpenIdProvider> => {
  const { Provider: NewProvider } = await import('oidc-provider'); // here, since few specs need all that it brings
  let generation = 0;
  let signing = await newKey(generation);
  let provider: Provider | undefined;
  let keyRequests = 0;
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/jwks')) keyRequests++;
    if (!provider) response.writeHead(503).end();
    else if (request.url?.startsWith('/interaction/')) void consent(provider, request, response);
    else void provider.callback()(request, response);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const stop = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  const port = await listen(0);
  const issuer = `http://127.0.0.1:${port}`;
  const renew = () => {
    provider = new NewProvider(issuer, configuration(audience, signing.jwk));
  };
  renew();

  return {
    issuer,
    audience,
    signIn: (subject) => signIn(issuer, subject),
    forge: (claims, header = {}, key = signing.privateKey) => {
      const now = Math.floor(Temporal.Now.instant().epochMilliseconds / 1_000);
      const payload = { iss: issuer, aud: audience, sub: 'somebody', iat: now, exp: now + 600, jti: randomUUID(), ...claims } as JWTPayload;
      return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: signing.jwk.kid, ...header }).sign(key);
    },
    rotate: async () => {
      signing = await newKey(++generation);
      renew();
    },
    goAway: stop,
    comeBack: async () => void (await listen(port)),
    keyRequests: () => keyRequests,
    close: stop,
  };
};

const newKey = async (generation: number) => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(privateKey)), kid: `key ${generation}`, alg: 'RS256', use: 'sig' } };
};

const configuration = (audience: string, jwk: object): Configuration => ({
  clients: [
    {
      client_id: CLIENT,
      redirect_uris: [CALLBACK],
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [jwk] },
  cookies: { keys: ['of a spec'] },
  pkce: { required: () => true },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'api', audience, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
    },
  },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
});

/** Whoever is named is taken to have typed a password, and to agree. */
const consent = async (provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { params } = await provider.interactionDetails(request, response);
  const accountId = String(params.login_hint);
  const grant = new provider.Grant({ accountId, clientId: CLIENT });
  grant.addOIDCScope('openid');
  grant.addResourceScope(RESOURCE, 'api');
  await provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId: await grant.save() } });
};

const signIn = async (issuer: string, subject: string): Promise<Tokens> => {
  const openid = await import('openid-client');
  // Marked as deprecated so that nobody uses it by mistake; this provider is on the machine itself, without TLS.
  const overHttp = Reflect.get(openid, 'allowInsecureRequests');
  const client = await openid.discovery(new URL(issuer), CLIENT, undefined, openid.None(), { execute: [overHttp] });
  const verifier = openid.randomPKCECodeVerifier();
  const asked = openid.buildAuthorizationUrl(client, {
    redirect_uri: CALLBACK,
    scope: 'openid api',
    login_hint: subject,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const { access_token: accessToken, id_token: idToken = '' } = await openid.authorizationCodeGrant(client, await followed(asked), {
    pkceCodeVerifier: verifier,
  });
  return { accessToken, idToken };
};

/** As a browser goes from page to page, with its cookies, until it is sent back to the client. */
const followed = async (from: URL): Promise<URL> => {
  const cookies = new Map<string, string>();
  for (let at = from; ;) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
    for (const said of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(said) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`);
    at = new URL(location, at);
    if (at.href.startsWith(CALLBACK)) return at;
  }
};
