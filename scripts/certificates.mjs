// Certificates of one's own authority (X.509 v3, RFC 5280), written with what Node brings: for the inside of one installation, where nobody
// else need trust them. RSA, since that is what every server takes.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

const DAY_MS = 86_400_000;
const [INTEGER, BITS, OCTETS, NULL, OID, UTF8, SEQUENCE, SET, UTC_TIME, GENERAL_TIME, BOOLEAN] = [
  0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x30, 0x31, 0x17, 0x18, 0x01,
];

const length = (bytes) => {
  if (bytes < 128) return Buffer.from([bytes]);
  const digits = Buffer.from(bytes.toString(16).padStart(bytes > 255 ? 4 : 2, '0'), 'hex'); // nothing here reaches 64 KiB
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits]);
};
const der = (tag, ...parts) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
};
const sequence = (...parts) => der(SEQUENCE, ...parts);
const oid = (dotted) => {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const base128 = (number) => (number < 128 ? [number] : [...base128(Math.floor(number / 128)).map((digit) => digit | 0x80), number % 128]);
  return der(OID, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
};
const bits = (value, unused = 0) => der(BITS, Buffer.from([unused]), value);

const SHA256_WITH_RSA = sequence(oid('1.2.840.113549.1.1.11'), der(NULL));
const SERVER_AND_CLIENT = [oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2')];
const nameOf = (common) => sequence(der(SET, sequence(oid('2.5.4.3'), der(UTF8, Buffer.from(common)))));

const time = (at) => {
  const digits = `${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}Z`;
  return digits < '2050' ? der(UTC_TIME, Buffer.from(digits.slice(2))) : der(GENERAL_TIME, Buffer.from(digits));
};

const extension = (id, value, critical = false) => sequence(oid(id), ...(critical ? [der(BOOLEAN, Buffer.from([0xff]))] : []), der(OCTETS, value));
const alternative = (name) => (isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)));
const keyId = (spki) => createHash('sha256').update(spki).digest().subarray(0, 20);

const pem = (label, bytes) =>
  `-----BEGIN ${label}-----\n${bytes
    .toString('base64')
    .match(/.{1,64}/g)
    .join('\n')}\n-----END ${label}-----\n`;

const issue = ({ subject, spki, issuer, days, extensions }) => {
  const now = Date.now();
  const serial = randomBytes(16);
  serial[0] = (serial[0] & 0x7f) | 0x40; // positive, and always as long
  const signed = sequence(
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, serial),
    SHA256_WITH_RSA,
    nameOf(issuer.name),
    sequence(time(now - DAY_MS), time(now + days * DAY_MS)), // clocks differ
    nameOf(subject),
    spki,
    der(0xa3, sequence(...extensions, extension('2.5.29.14', der(OCTETS, keyId(spki))), extension('2.5.29.35', sequence(der(0x80, keyId(issuer.spki)))))),
  );
  return pem('CERTIFICATE', sequence(signed, SHA256_WITH_RSA, bits(sign('sha256', signed, issuer.key))));
};

const newKey = (modulusLength) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  return { spki: publicKey.export({ type: 'spki', format: 'der' }), key: privateKey, keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) };
};

/** An authority: its certificate and its key, which signs all others. */
export const newAuthority = (name, days) => {
  const { spki, key, keyPem } = newKey(3072);
  const extensions = [
    extension('2.5.29.19', sequence(der(BOOLEAN, Buffer.from([0xff])), der(INTEGER, Buffer.from([0]))), true), // an authority, of no further ones
    extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true), // signs certificates and lists of revoked ones
  ];
  return { name, spki, key, keyPem, certificate: issue({ subject: name, spki, issuer: { name, spki, key }, days, extensions }) };
};

/** A certificate for a server under these names, which it also shows where it is a client of its like. */
export const newCertificate = (issuer, { subject, names, days }) => {
  const { spki, keyPem } = newKey(2048);
  const extensions = [
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', bits(Buffer.from([0xa0]), 5), true), // signs, and enciphers keys
    extension('2.5.29.37', sequence(...SERVER_AND_CLIENT)),
    extension('2.5.29.17', sequence(...names.map(alternative))),
  ];
  return { keyPem, certificate: issue({ subject, spki, issuer, days, extensions }) };
};
