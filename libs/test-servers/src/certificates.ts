import { createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

/** A certificate with its key, and whoever has signed it; all PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}
export interface Authority extends Certified {
  /** A certificate for this machine's own addresses, or for a user of that name. */
  readonly certify: (name: string) => Certified;
}

/** An authority that nobody knows, made here and now: certificates of tests are never kept, and so never run out. */
export const certificateAuthority = (name = 'Uppsikt test authority'): Authority => {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const sign = (subject: string, key: KeyObject, extensions: readonly Buffer[]) =>
    certificate({ issuer: name, subject, key, signedBy: own.privateKey, extensions });
  return {
    cert: sign(name, own.publicKey, [isAuthority]),
    key: privatePem(own.privateKey),
    certify: (subject) => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return { cert: sign(subject, publicKey, [isHere]), key: privatePem(privateKey) };
    },
  };
};

const privatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' });

/** DER: a tag, a length, what it holds. */
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const long = body.length > 255 ? [0x82, body.length >> 8, body.length & 255] : body.length > 127 ? [0x81, body.length] : [body.length];
  return Buffer.concat([Buffer.from([tag, ...long]), body]);
};
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const octets = (...parts: readonly Buffer[]) => der(0x04, ...parts);
const bits = (bytes: Buffer) => der(0x03, Buffer.from([0]), bytes);
const yes = der(0x01, Buffer.from([0xff]));

const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const called = (name: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
/** GeneralizedTime, in seconds, so many days from now. */
const inDays = (days: number) => {
  const instant = Temporal.Now.instant().add({ hours: 24 * days });
  return der(0x18, Buffer.from(instant.toString({ smallestUnit: 'second' }).replaceAll(/[-:T]/g, '')));
};

/** Basic constraints: it may certify others. */
const isAuthority = sequence(oid('551d13'), yes, octets(sequence(yes)));
/** Other names of the subject: localhost, and 127.0.0.1. */
const isHere = sequence(oid('551d11'), octets(sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))));

interface Signing {
  readonly issuer: string;
  readonly subject: string;
  readonly key: KeyObject;
  readonly signedBy: KeyObject;
  readonly extensions: readonly Buffer[];
}

/** X.509 version 3 (RFC 5280), good from yesterday until tomorrow. */
const certificate = ({ issuer, subject, key, signedBy, extensions }: Signing): string => {
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_SHA256,
    called(issuer),
    sequence(inDays(-1), inDays(1)),
    called(subject),
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signed = sequence(toBeSigned, ECDSA_SHA256, bits(createSign('sha256').update(toBeSigned).sign(signedBy)));
  return `-----BEGIN CERTIFICATE-----\n${signed.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
};
