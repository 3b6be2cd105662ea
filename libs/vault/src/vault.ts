import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Sealed, SealedPart, WrappedKey } from '#libs/event-log';
import { forbidden, randomId, type Entry, type Instant, type PersonalRef } from '#libs/kernel';
import { LedgerUnavailable, type ErasureLedger } from './erasure-ledger.js';
import { decrypt, encrypt, type Keyring } from './keyring.js';

/** Where the sealed parts and the wrapped keys lie. */
export interface VaultStore {
  /** The keys of some subjects; a subject whose key was destroyed is left out, one that never had a key too. */
  keys(tenant: string, subjects: readonly string[]): Promise<readonly WrappedKey[]>;
  parts(tenant: string, eventIds: readonly string[]): Promise<readonly SealedPart[]>;
  /** Destroys a subject's key and deletes its parts. There is no way back. */
  destroy(tenant: string, subject: string): Promise<void>;
}

/** Stands where a personal part was: its key is destroyed, and nobody can read it again. */
export const ERASED = { erased: true } as const;
export type Opened = Readonly<Record<string, unknown>>;

/** The most that one sealed part may take, in bytes. */
const MAX_PART_BYTES = 1_048_576;
const ALG = 'A256GCM' as const;
const DATA_KEY_BYTES = 32;

type Address = {
  readonly tenant: string;
  readonly stream: string;
  readonly eventId: string;
  readonly part: string;
  readonly subject: string;
  readonly kid: string;
};
/** What a part is bound to: it opens nowhere else. Never the revision, which a retry changes. */
const boundTo = ({ tenant, stream, eventId, part, subject, kid }: Address) => JSON.stringify([tenant, stream, eventId, part, subject, kid, ALG]);
const wrapBoundTo = (tenant: string, subject: string, kid: string) => JSON.stringify([tenant, subject, kid, ALG]);

/** Whether the key file opens a key as it lies in the vault. */
export const unwraps = (
  keyring: Keyring,
  { tenant, subject, kid, wrapped }: { readonly tenant: string } & Pick<WrappedKey, 'subject' | 'kid' | 'wrapped'>,
): boolean => {
  try {
    return decrypt(keyring.tenantKey(tenant), wrapped, wrapBoundTo(tenant, subject, kid)).length === DATA_KEY_BYTES;
  } catch {
    return false;
  }
};

/** What a command's events have to say in private: where each part goes, and what it says. */
export interface ToSeal {
  readonly eventId: string;
  readonly personal: Readonly<Record<string, unknown>>;
}

/**
 * Personal parts, sealed per case: one data key per subject, AES-256-GCM, wrapped under the tenant's key.
 * Destroying a subject's key makes all its parts unreadable; the log keeps only their hashes and goes on verifying.
 */
export class Vault {
  /** @param ledger where erasures are written down first; without one nothing is erased */
  constructor(
    private readonly store: VaultStore,
    private readonly keyring: Keyring,
    private readonly ledger?: Pick<ErasureLedger, 'record'>,
  ) {}

  /**
   * Seals the personal parts of one append.
   * @param opening whether the subject is new with this append: then its key is made here and stored with the parts
   * @throws Refusal `case.erased` when the subject's key has been destroyed
   */
  async seal(
    tenant: string,
    stream: string,
    subject: string,
    opening: boolean,
    events: readonly ToSeal[],
  ): Promise<{ readonly refs: ReadonlyMap<string, PersonalRef[]>; readonly sealed: Sealed }> {
    const { kid, key, made } = opening ? this.#newKey(tenant, subject) : await this.#knownKey(tenant, subject);
    const parts: SealedPart[] = [];
    const refs = new Map<string, PersonalRef[]>();
    for (const { eventId, personal } of events) {
      const ofEvent: PersonalRef[] = [];
      for (const [part, value] of Object.entries(personal)) {
        const bytes = encrypt(key, Buffer.from(canonicalize(value) ?? 'null'), boundTo({ tenant, stream, eventId, part, subject, kid }));
        if (bytes.length > MAX_PART_BYTES) throw new RangeError(`Personal part ${part} takes ${bytes.length} bytes; at most ${MAX_PART_BYTES} are allowed.`);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        parts.push({ eventId, part, subject, sha256, bytes });
        ofEvent.push({ part, subject, kid, alg: ALG, len: bytes.length, sha256 });
      }
      if (ofEvent.length > 0) refs.set(eventId, ofEvent);
    }
    return { refs, sealed: { keys: made, parts } };
  }

  /**
   * Opens the personal parts of some entries of one tenant: two reads, however many entries.
   * @returns by event id the parts by name; {@link ERASED} stands for a part whose key or bytes are destroyed
   * @throws when stored bytes are not those that the entry names: they were changed
   */
  async open(tenant: string, entries: readonly Entry[]): Promise<ReadonlyMap<string, Opened>> {
    const sealed = entries.filter(({ personal }) => personal !== undefined);
    if (sealed.length === 0) return new Map();
    const subjects = [...new Set(sealed.flatMap(({ personal = [] }) => personal.map(({ subject }) => subject)))];
    const [keys, parts] = await Promise.all([
      this.store.keys(tenant, subjects),
      this.store.parts(
        tenant,
        sealed.map(({ id }) => id),
      ),
    ]);
    const keyOf = new Map(keys.map((key) => [key.kid, this.#unwrap(tenant, key)]));
    const bytesOf = new Map(parts.map(({ eventId, part, sha256, bytes }) => [`${eventId} ${part} ${sha256}`, bytes]));
    const openPart = (entry: Entry, { part, subject, kid, sha256 }: PersonalRef): unknown => {
      const key = keyOf.get(kid);
      const bytes = bytesOf.get(`${entry.id} ${part} ${sha256}`);
      if (!key || !bytes) return ERASED;
      return JSON.parse(decrypt(key, bytes, boundTo({ tenant, stream: entry.stream, eventId: entry.id, part, subject, kid })).toString('utf8'));
    };
    return new Map(sealed.map((entry) => [entry.id, Object.fromEntries((entry.personal ?? []).map((ref) => [ref.part, openPart(entry, ref)]))]));
  }

  /**
   * Destroys a subject's key and parts: what was said of the person is gone, what happened in the process stays. It is written in the
   * ledger first, so that no backup brings it back.
   * @param event that says who decided it and why
   * @throws LedgerUnavailable when it cannot be written there: then nothing was destroyed
   */
  async destroy(tenant: string, subject: string, event?: string): Promise<void> {
    if (!this.ledger) throw new LedgerUnavailable('There is no ledger of erasures, and without one nothing is erased: set ERASURE_LEDGER.');
    const at = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 }) as Instant;
    await this.ledger.record({ tenant, subject, at, ...(event !== undefined && { event }) });
    await this.store.destroy(tenant, subject);
  }

  #newKey(tenant: string, subject: string) {
    const kid = randomId();
    const key = randomBytes(DATA_KEY_BYTES);
    return { kid, key, made: [{ subject, kid, alg: ALG, wrapped: encrypt(this.keyring.tenantKey(tenant), key, wrapBoundTo(tenant, subject, kid)) }] };
  }

  async #knownKey(tenant: string, subject: string) {
    const [known] = await this.store.keys(tenant, [subject]);
    if (!known) {
      throw forbidden('case.erased', {
        sv: 'Ärendets personuppgifter är raderade; inget mer kan antecknas om personen.',
        en: 'The personal data of this case has been erased; nothing more can be noted about the person.',
      });
    }
    return { kid: known.kid, key: this.#unwrap(tenant, known), made: [] };
  }

  #unwrap(tenant: string, { subject, kid, wrapped }: WrappedKey): Buffer {
    return decrypt(this.keyring.tenantKey(tenant), wrapped, wrapBoundTo(tenant, subject, kid));
  }
}
