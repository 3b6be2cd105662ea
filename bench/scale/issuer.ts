import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const AUDIENCE = 'https://uppsikt.example.se';
const SUBJECT = 'officer';

/** An OpenID provider that signs one person in, with a token that outlives the bench. */
export interface Issuer {
  readonly issuer: string;
  readonly subject: string;
  readonly token: string;
  close(): void;
}

export const openIssuer = async (): Promise<Issuer> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }] });
  const server = createServer(({ url }, answer) => {
    const described = JSON.stringify({ issuer, jwks_uri: `${issuer}/keys` });
    answer.setHeader('content-type', 'application/json').end(url === '/keys' ? keys : described);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = await new SignJWT({ iss: issuer, aud: AUDIENCE, sub: SUBJECT })
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'bench' })
    .setIssuedAt()
    .setExpirationTime('12h')
    .sign(privateKey);
  return { issuer, subject: SUBJECT, token, close: () => void server.close() };
};
