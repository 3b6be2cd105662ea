import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { generateKeyPair, SignJWT } from 'jose';
import { testOpenIdProvider, type TestOpenIdProvider } from '#libs/testing';
import { ANNA, BO, DAG, OTHER_UNIT, SampleModule, SamplePeople, UNIT } from '../http.samples.js';
import { discoverProvider, OpenIdIdentity, ProviderUnusable, SignIns, type FoundPerson } from '../index.js';
import { clock, serveSample, without, type Served } from '../served.samples.js';

jest.setTimeout(120_000);

/** Sign-ins of the sample people, as an administrator links and unlinks them. */
class LinkedSignIns extends SignIns {
  readonly linked = new Map<string, string>();
  /** How often a name was worked out: as often as a token was verified. */
  named = 0;

  override nameOf(issuer: string, subject: string): string {
    this.named++;
    return nameOf(issuer, subject);
  }

  override async find(signIn: string): Promise<FoundPerson | undefined> {
    const person = this.linked.get(signIn);
    return person === undefined ? undefined : new SamplePeople().find(person);
  }
}
const now = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1_000);
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (token: string) => `${encoded({ alg: 'none', typ: 'at+jwt' })}.${token.split('.')[1]}.`;
const tampered = (token: string) => {
  const [header, payload = '', signature] = token.split('.');
  const said = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return [header, encoded({ ...said, sub: 'bo' }), signature].join('.');
};
const symmetric = () =>
  new SignJWT({ iss: provider.issuer, aud: provider.audience, sub: 'anna', exp: now() + 600 })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .sign(Buffer.from('the public key, for whoever takes it for a secret'));
const nameOf = (issuer: string, subject: string) => createHash('sha256').update(`${issuer} ${subject}`).digest('hex');

let provider: TestOpenIdProvider;
let served: Served;
let app: NestFastifyApplication;
let at: string;
/** Where nobody listens. */
let nowhere: string;
const signIns = new LinkedSignIns();

beforeAll(async () => {
  const passing = await testOpenIdProvider();
  nowhere = passing.issuer;
  await passing.close();
  provider = await testOpenIdProvider();
  served = await serveSample();
  const discovered = await discoverProvider(provider.issuer, { betweenMs: 0 });
  app = await served.another(SampleModule, { identities: new OpenIdIdentity(discovered, provider.audience, signIns, clock) });
  at = await app.getUrl();
});
beforeEach(() => {
  signIns.linked.clear();
  for (const [subject, person] of [
    ['anna', ANNA],
    ['bo', BO],
    ['dag', DAG],
  ] as const)
    signIns.linked.set(nameOf(provider.issuer, subject), person);
});
afterAll(async () => {
  await app.close();
  await served.close();
  await provider.close();
});

const ask = (authorization: string | undefined, headers: Readonly<Record<string, string | undefined>> = {}) =>
  served.ask('/api/v1/orders', { at, headers: { ...without('uppsikt-person'), ...(authorization !== undefined && { authorization }), ...headers } });
const askWith = (token: string, headers?: Readonly<Record<string, string>>) => ask(`Bearer ${token}`, headers);
const outcome = async (asked: ReturnType<typeof ask>) => {
  const { status, json } = await asked;
  return [status, json.code];
};

describe('whoever signs in at the provider', () => {
  test('by code and PKCE gets a token, by which a request is served', async () => {
    const { accessToken } = await provider.signIn('anna');
    expect((await askWith(accessToken)).status).toBe(200);
    expect((await ask(`bearer   ${accessToken}`)).status).toBe(200);
  });

  test('is verified once, and not again for each request', async () => {
    const token = await provider.forge({ sub: 'anna' });
    const before = signIns.named;
    for (let times = 0; times < 5; times++) expect((await askWith(token)).status).toBe(200);
    expect(signIns.named).toBe(before + 1);
  });

  test('and holds several roles says which', async () => {
    const token = await provider.forge({ sub: 'bo' });
    const { status, json } = await askWith(token);
    expect([status, json.code]).toEqual([403, 'role.choice-required']);
    expect(json.detail).toContain(`Uppsikt-Role: role=case-officer; unit=${OTHER_UNIT} | Uppsikt-Role: role=auditor; unit=${UNIT}`);
    for (const role of ['role=auditor', ` role = auditor ; unit=${UNIT}`, `unit=${UNIT}`])
      expect((await askWith(token, { 'uppsikt-role': role })).status).toBe(200);
    for (const role of ['role=administrator', `role=auditor; unit=${OTHER_UNIT}`, 'role=system', 'auditor'])
      expect(await outcome(askWith(token, { 'uppsikt-role': role }))).toEqual([403, 'role.choice-required']);
  });

  test('and whose role has ended reaches nothing', async () => {
    expect(await outcome(askWith(await provider.forge({ sub: 'dag' })))).toEqual([403, 'role.none']);
  });

  test('and is linked to nobody gets a reference for the administrator, and no person’s rights', async () => {
    const { status, json, headers } = await askWith(await provider.forge({ sub: 'cecilia' }));
    expect([status, json.code, headers.get('www-authenticate')]).toEqual([403, 'sign-in.not-linked', null]);
    expect(json.detail).toMatch(new RegExp(`${nameOf(provider.issuer, 'cecilia')}$`));
  });

  test('is nobody any more from the moment the link is taken away, with the same token', async () => {
    const { accessToken } = await provider.signIn('anna');
    expect((await askWith(accessToken)).status).toBe(200);
    signIns.linked.delete(nameOf(provider.issuer, 'anna'));
    expect(await outcome(askWith(accessToken))).toEqual([403, 'sign-in.not-linked']);
  });
});

describe('nobody gets in', () => {
  test('without a token, nor by the development header, which is not heard', async () => {
    for (const headers of [{}, { 'uppsikt-person': ANNA }, { authorization: 'Basic YW5uYTphbm5h' }]) {
      const { status, json, headers: told } = await ask(undefined, headers);
      expect([status, json.code, told.get('www-authenticate')]).toEqual([401, 'identity.required', 'Bearer realm="uppsikt"']);
      expect(json.detail).toContain('Authorization: Bearer');
    }
    expect((await askWith(await provider.forge({ sub: 'anna' }), { 'uppsikt-person': BO })).status).toBe(200);
  });

  test.each<[string, string, () => Promise<string>]>([
    ['for another audience', 'aud', () => provider.forge({ sub: 'anna', aud: 'https://other.example.se' })],
    ['for no audience', 'aud', () => provider.forge({ sub: 'anna', aud: undefined })],
    ['of another issuer', 'iss', () => provider.forge({ sub: 'anna', iss: 'https://other.example.se' })],
    ['of an issuer that is ours but for a slash', 'iss', () => provider.forge({ sub: 'anna', iss: `${provider.issuer}/` })],
    ['that has expired', 'expired', () => provider.forge({ sub: 'anna', exp: now() - 31 })],
    ['that never expires', 'exp', () => provider.forge({ sub: 'anna', exp: undefined })],
    ['that is not valid yet', 'nbf', () => provider.forge({ sub: 'anna', nbf: now() + 3_600 })],
    ['without a subject', 'sub', () => provider.forge({ sub: undefined })],
    ['whose subject is empty', 'subject', () => provider.forge({ sub: '' })],
    ['of another type', 'type', () => provider.forge({ sub: 'anna' }, { typ: 'logout+jwt' })],
    ['of no type', 'type', () => provider.forge({ sub: 'anna' }, { typ: undefined })],
    ['that is an ID token, as Keycloak writes them', 'ID token', () => provider.forge({ sub: 'anna', typ: 'ID' }, { typ: 'JWT' })],
    ['that is an ID token, as others do', 'ID token', () => provider.forge({ sub: 'anna', nonce: 'n' }, { typ: 'JWT' })],
    ['bound to a key of its holder', 'bound', () => provider.forge({ sub: 'anna', cnf: { jkt: 'x' } })],
    ['signed by a stranger', 'signed', async () => provider.forge({ sub: 'anna' }, {}, (await generateKeyPair('RS256')).privateKey)],
    ['signed with a key that the provider does not name', 'signed', () => provider.forge({ sub: 'anna' }, { kid: 'another' })],
    ['signed with what anybody may know', 'key pair', () => symmetric()],
    ['that is not signed', 'key pair', async () => unsigned(await provider.forge({ sub: 'anna' }))],
    ['that says another than was signed', 'signed', async () => tampered(await provider.forge({ sub: 'anna' }))],
    ['that is the ID token of a real sign-in', 'aud', async () => (await provider.signIn('anna')).idToken],
    ['that is no token', 'malformed', () => Promise.resolve('anna')],
    ['that is empty', 'malformed', () => Promise.resolve('')],
    ['of five parts', 'malformed', () => Promise.resolve('a.b.c.d.e')],
  ])('by a token %s', async (_what, why, made) => {
    const token = await made();
    const { status, json, headers, text } = await askWith(token);
    const isExpired = why === 'expired';
    expect([status, json.code]).toEqual([401, isExpired ? 'token.expired' : 'token.invalid']);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="uppsikt", error="invalid_token", error_description="[\x20-\x7e]+"$/);
    expect(headers.get('www-authenticate')).toContain(why);
    expect(text.includes(token.slice(-8))).toBe(token === ''); // of the token nothing is repeated
    expect((await askWith(token, { 'accept-language': 'sv' })).json.detail).toMatch(/^Inloggningen /);
  });

  test('by a token of whose letters any one is another', async () => {
    const token = await provider.forge({ sub: 'anna' });
    expect((await askWith(token)).status).toBe(200);
    for (let nth = 0; nth < token.length; nth += 7) {
      const other = token.charAt(nth) === 'A' ? 'B' : 'A';
      const { status, json } = await askWith(`${token.slice(0, nth)}${other}${token.slice(nth + 1)}`);
      expect([nth, status, json.code]).toEqual([nth, 401, 'token.invalid']);
    }
  });

  test('faster than anybody else, however many tokens are tried', async () => {
    const discovered = await discoverProvider(provider.issuer);
    const identities = new OpenIdIdentity(discovered, provider.audience, signIns, clock);
    const limited = await served.another(SampleModule, { identities, rates: { perUser: 2, perTenant: 100 } });
    try {
      const one = async () =>
        served.ask('/api/v1/orders', { at: await limited.getUrl(), headers: { ...without('uppsikt-person'), authorization: 'Bearer guess' } });
      expect([(await one()).status, (await one()).status, (await one()).status]).toEqual([401, 401, 429]);
    } finally {
      await limited.close();
    }
  });
});

describe('what providers do', () => {
  test('is to write the type as JWT, and to have clocks that differ a little', async () => {
    expect((await askWith(await provider.forge({ sub: 'anna', typ: 'Bearer' }, { typ: 'JWT' }))).status).toBe(200);
    expect((await askWith(await provider.forge({ sub: 'anna' }, { typ: 'application/at+jwt' }))).status).toBe(200);
    expect((await askWith(await provider.forge({ sub: 'anna', exp: now() - 5, nbf: now() - 600 }))).status).toBe(200);
    expect((await askWith(await provider.forge({ sub: 'anna', aud: ['account', provider.audience] }))).status).toBe(200);
  });
  test('is to sign with another key from one day to the next', async () => {
    const before = await provider.forge({ sub: 'anna' });
    await provider.rotate();
    const { accessToken } = await provider.signIn('anna');
    expect((await askWith(accessToken)).status).toBe(200);
    expect(await outcome(askWith(before))).toEqual([401, 'token.invalid']); // not seen before the change: its key is no more
  });

  test('is to be asked for keys no more often than is needed', async () => {
    const identities = new OpenIdIdentity(await discoverProvider(provider.issuer, { betweenMs: 600_000 }), provider.audience, signIns, clock);
    const patient = await served.another(SampleModule, { identities });
    try {
      const headers = async (header: Readonly<Record<string, unknown>>) => ({
        ...without('uppsikt-person'),
        authorization: `Bearer ${await provider.forge({ sub: 'anna' }, header)}`,
      });
      const before = provider.keyRequests();
      for (const header of [{}, { kid: 'x' }, { kid: 'y' }, {}])
        await served.ask('/api/v1/orders', { at: await patient.getUrl(), headers: await headers(header) });
      expect(provider.keyRequests()).toBe(before + 1);
    } finally {
      await patient.close();
    }
  });

  test('is to be away: who is known stays so, of others nothing can be said for now', async () => {
    const discovered = await discoverProvider(provider.issuer, { betweenMs: 0, keptMs: 0 });
    const strict = await served.another(SampleModule, { identities: new OpenIdIdentity(discovered, provider.audience, signIns, clock) });
    const url = await strict.getUrl();
    const strictly = (token: string) => served.ask('/api/v1/orders', { at: url, headers: { ...without('uppsikt-person'), authorization: `Bearer ${token}` } });
    try {
      const [known, unknown] = [await provider.forge({ sub: 'anna' }), await provider.forge({ sub: 'anna', jti: '2' })];
      expect((await strictly(known)).status).toBe(200);
      await provider.goAway();
      expect((await strictly(known)).status).toBe(200);
      const { status, json, headers } = await strictly(unknown);
      expect([status, json.code, headers.get('retry-after')]).toEqual([503, 'sign-in.unavailable', '5']);
      await provider.comeBack();
      expect((await strictly(unknown)).status).toBe(200);
    } finally {
      await strict.close();
    }
  });

  test.each<[string, () => string, RegExp]>([
    ['nobody listens', () => nowhere, /cannot be reached \(ECONNREFUSED\)\.$/],
    ['there is none', () => `${provider.issuer}/nowhere`, /answers 404\.$/],
    ['it calls itself otherwise', () => `${provider.issuer}/`, /calls itself "http:\/\/127\.0\.0\.1:\d+"; set OIDC_ISSUER to that, to the letter/],
  ])('decides whether a start goes on: where %s, one line says so', async (_what, issuer, line) => {
    const asked = discoverProvider(issuer());
    await expect(asked).rejects.toThrow(ProviderUnusable);
    await expect(asked).rejects.toThrow(line);
    await expect(asked).rejects.toThrow(/OIDC_ISSUER/);
  });
});
