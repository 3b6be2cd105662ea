import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { link, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Something is wrong with the key file: the start stops with this one line. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals bytes with AES-256-GCM under a random IV: IV, ciphertext, tag. `aad` is what the bytes are bound to. */
export const encrypt = (key: Uint8Array, plain: Uint8Array, aad: string): Buffer => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(aad));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** Opens what {@link encrypt} sealed. @throws when the key, the bytes or what they are bound to is another */
export const decrypt = (key: Uint8Array, sealed: Uint8Array, aad: string): Buffer => {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(aad));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
};

/** The tenants' keys, derived from the one secret of the key file, which lies outside the database. */
export class Keyring {
  readonly #secret: Buffer;
  readonly #tenantKeys = new Map<string, Buffer>();

  constructor(secret: Buffer) {
    if (secret.length !== 32) throw new KeyFileError(`The key file must hold 32 bytes in base64; it holds ${secret.length}.`);
    this.#secret = secret;
  }

  /** Wraps the data keys of one tenant (HKDF-SHA-256 of the secret, RFC 5869). */
  tenantKey(tenant: string): Buffer {
    let key = this.#tenantKeys.get(tenant);
    if (!key) this.#tenantKeys.set(tenant, (key = Buffer.from(hkdfSync('sha256', this.#secret, '', `uppsikt tenant ${tenant}`, 32))));
    return key;
  }

  /** Tells this secret from another without telling what it is; kept in the database, compared at start. */
  get checkValue(): string {
    return createHmac('sha256', this.#secret).update('uppsikt check value').digest('hex').slice(0, 32);
  }

  /** Marks a text as made by somebody who has the secret (HMAC-SHA-256, under a key of its own for each purpose). */
  mark(purpose: string, text: string): string {
    const key = Buffer.from(hkdfSync('sha256', this.#secret, '', `uppsikt mark ${purpose}`, 32));
    return createHmac('sha256', key).update(text).digest('hex');
  }
}

/**
 * Reads the key file; where there is none and `create` is set, makes one first.
 * @throws KeyFileError with one line that says what to do
 */
export const readKeyFile = async (path: string, { create = false } = {}): Promise<Keyring> => {
  const read = () =>
    readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? undefined : Promise.reject(new KeyFileError(`The key file ${path} cannot be read (${error.code}).`)),
    );
  let text = await read();
  if (text === undefined && create) {
    await makeKeyFile(path);
    text = await read();
  }
  if (text === undefined)
    throw new KeyFileError(`There is no key file at ${path}. Restore it from where it is kept: without it the personal parts cannot be opened.`);
  return new Keyring(Buffer.from(text.trim(), 'base64'));
};

/**
 * Makes a key file that its owner alone can read, where there is none.
 * @throws KeyFileError with one line that says what to do; also when there is one, which is left as it is
 */
export const newKeyFile = async (path: string): Promise<void> => {
  if (!(await makeKeyFile(path)))
    throw new KeyFileError(`There is a key file at ${path} already; it stays as it is, since another opens nothing that was sealed with it.`);
};

/**
 * Fsynced and linked into place, so that of two first starts one wins, a kill in the middle leaves no half secret, and a power cut takes none away.
 * @returns whether it was this one that won
 */
const makeKeyFile = async (path: string): Promise<boolean> => {
  const half = `${path}.${randomBytes(6).toString('hex')}.new`;
  await using file = await open(half, 'w', 0o600).catch((error: NodeJS.ErrnoException) =>
    Promise.reject(new KeyFileError(`The key file ${path} cannot be made (${error.code}); set KEY_FILE to a folder that can be written.`)),
  );
  await file.writeFile(`${randomBytes(32).toString('base64')}\n`);
  await file.sync();
  const won = await link(half, path).then(
    () => true,
    (error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? false : Promise.reject(error)),
  );
  await unlink(half);
  if (process.platform === 'win32') return won; // which cannot open a folder
  await using folder = await open(dirname(path));
  await folder.sync(); // the name is durable only with its folder
  return won;
};
