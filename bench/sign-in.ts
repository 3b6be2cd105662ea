// What it costs to know who asks, of a municipality where 3,000 people have a role and a sign-in: by the header of the embedded profile, by a
// token that was met before, and by one that was not. Each reads the register once, as every request does.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Executor } from '#libs/commands';
import { migrate, openPool, prepareDatabase } from '#libs/database';
import { logMigrations, postgresLog } from '#libs/event-log';
import { DevelopmentIdentity, discoverProvider, OpenIdIdentity, type Identities } from '#libs/http';
import { derivedId, EventRegistry, instant, randomId, type Clock, type Entry } from '#libs/kernel';
import { organisationId, organisationStream, people, personStream, RegisteredPeople, RegisteredSignIns, signIns } from '#libs/organisation';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { ViewRunner, Views } from '#libs/views';
import { measure, print, type Way } from './measure.js';
import { withServer } from './server.js';

const PEOPLE = 3_000;
const NEW_TOKENS = 40_000;
const TENANT = 'bench';
const AUDIENCE = 'uppsikt';
const APPEND = 15;
const NOW = instant('2026-03-02T08:00:00Z');
const unit = derivedId('bench unit');
const person = (n: number) => derivedId('bench person', n);

type Fact = readonly [type: string, schema: number, data: Entry['data']];

const entriesOf = (stream: string, facts: readonly Fact[]): readonly Entry[] =>
  facts.map(([type, schema, data], rev) => ({
    v: 1,
    id: randomId(),
    tenant: TENANT,
    stream,
    rev,
    type,
    schema,
    at: NOW,
    by: { actor: 'bench', role: 'system', unit },
    corr: '0'.repeat(32),
    cmd: randomId(),
    data,
  }));

/** A provider of keys alone: tokens are signed here. */
const openProvider = async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256' }];
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? { keys } : { issuer, jwks_uri: `${issuer}/keys` }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = (n: number, jti: string) =>
    new SignJWT({ iss: issuer, aud: AUDIENCE, sub: `subject ${n}`, jti, exp: Math.floor(Temporal.Now.instant().epochMilliseconds / 1_000) + 3_600 })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'bench' })
      .sign(privateKey);
  return { issuer, token, close: () => server.close() };
};

const any = (most: number) => Math.floor(Math.random() * most);

const asks = (name: string, identities: Identities, headers: () => FastifyRequest['headers']): Way => ({
  name,
  worker: () => async () => {
    const request = { headers: headers(), socket: { remoteAddress: '127.0.0.1' } } as FastifyRequest;
    if (!(await identities.of(request))) throw new Error('Nobody asks.');
  },
  close: () => Promise.resolve(),
});

export const run = (): Promise<void> =>
  withServer(async (superuserUrl) => {
    const urls = await prepareDatabase(superuserUrl);
    await migrate(urls.owner, [vaultMigrations, logMigrations]);
    const log = await postgresLog({ url: urls.worker });
    const [worker, pool] = [openPool(urls.worker, { max: 6, name: 'bench' }), openPool(urls.api, { max: 8, name: 'bench' })];
    const registry = new EventRegistry([...organisationStream.events, ...personStream.events]);
    const keyring = new Keyring(Buffer.alloc(32, 1));
    const executor = new Executor(log, new Vault(new PostgresVault(pool), keyring), registry);
    const registered = new RegisteredSignIns(pool, executor, keyring);
    const provider = await openProvider();

    const all = Array.from({ length: PEOPLE }, (_, n) => n);
    const register: readonly Fact[] = [
      ['MunicipalityRegistered', 1, { name: 'Bänkstad' }],
      ['UnitRegistered', 2, { unit, name: 'Enheten', kind: 'unit' }],
      ...all.flatMap((n): readonly Fact[] => [
        ['RoleAssigned', 2, { person: person(n), role: 'case-officer', unit, from: '2020-01-01', capacity: 'ordinary' }],
        ['SignInLinked', 1, { person: person(n), signIn: registered.nameOf(provider.issuer, `subject ${n}`) }],
      ]),
    ];
    const streams = [
      entriesOf(`${organisationStream.name}-${organisationId(TENANT)}`, register),
      ...all.map((n) => entriesOf(`${personStream.name}-${person(n)}`, [['PersonRegistered', 1, { person: person(n), subject: randomId(), language: 'sv' }]])),
    ];
    for (const entries of streams)
      for (let rev = 0; rev < entries.length; rev += APPEND) await log.append(TENANT, entries[0]?.stream ?? '', rev - 1, entries.slice(rev, rev + APPEND));
    const kept = [people, signIns];
    const runner = new ViewRunner({ pool: worker, log, registry, views: kept });
    await runner.start();
    await new Views({ pool, log, views: kept }).waitFor(await log.head(), kept, { timeoutMs: 120_000 });

    const began = performance.now();
    await executor.reads(TENANT).fold(organisationStream, organisationId(TENANT));
    console.log(`The register of ${PEOPLE.toLocaleString('en')} people is read for the first time in ${Math.round(performance.now() - began)} ms.`);

    const clock: Clock = { now: () => NOW, real: false };
    const discovered = await discoverProvider(provider.issuer);
    const [met, unmet] = [1, 2].map(() => new OpenIdIdentity(discovered, AUDIENCE, registered, clock)) as [OpenIdIdentity, OpenIdIdentity];
    const tokens = await Promise.all(all.map((n) => provider.token(n, 'met')));
    for (const token of tokens) await met.of({ headers: { authorization: `Bearer ${token}` } } as FastifyRequest);
    const fresh = await Promise.all(Array.from({ length: NEW_TOKENS }, (_, nth) => provider.token(nth % PEOPLE, `${nth}`)));
    const development = new DevelopmentIdentity(new RegisteredPeople(pool, executor), clock);
    print(
      'Who asks, 32 in flight',
      await measure(
        [
          asks('header, embedded profile', development, () => ({ host: 'localhost', 'uppsikt-person': person(any(PEOPLE)) })),
          asks('token met before', met, () => ({ authorization: `Bearer ${tokens[any(PEOPLE)]}` })),
          asks('token never met', unmet, () => ({ authorization: `Bearer ${fresh.pop() ?? ''}` })),
        ],
        { inFlight: 32, seconds: 4, turns: 4 },
      ),
    );
    await runner.stop();
    provider.close();
    await Promise.all([log.close(), pool.end(), worker.end()]);
  });
