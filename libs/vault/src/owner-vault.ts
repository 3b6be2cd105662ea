import type { ClientBase } from 'pg';
import type { PersonalRef } from '#libs/kernel';

/** A subject's key as it lies in the vault: under the tenant's key, or destroyed. */
export interface KeptKey {
  readonly tenant: string;
  readonly subject: string;
  readonly kid: string;
  readonly alg: string;
  readonly wrapped: Uint8Array | null;
}

/** A sealed part as it lies in the vault. */
export interface KeptPart {
  readonly tenant: string;
  readonly eventId: string;
  readonly part: string;
  readonly subject: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** A part that an entry names. */
export interface NamedPart extends PersonalRef {
  readonly tenant: string;
  readonly eventId: string;
}

/**
 * How a part that an entry names stands: `sound`; `erased` with its subject; `missing`; `altered`, since other bytes lie there; `keyless`,
 * since its subject has no key or another than the entry names; `left-over`, since its subject's key is destroyed and its bytes are not.
 */
export type PartState = 'sound' | 'erased' | 'missing' | 'altered' | 'keyless' | 'left-over';

export interface VaultCounts {
  readonly keys: number;
  readonly destroyed: number;
  readonly parts: number;
}

const PAGE = 1_000;
const NAMED =
  'unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[]) with ordinality n(tenant, event_id, part, sha256, subject, kid, nth)';
const namedValues = (named: readonly NamedPart[]) => [
  named.map(({ tenant }) => tenant),
  named.map(({ eventId }) => eventId),
  named.map(({ part }) => part),
  named.map(({ sha256 }) => sha256),
  named.map(({ subject }) => subject),
  named.map(({ kid }) => kid),
];

/** The parts that an entry names. */
export const namedParts = (entry: {
  readonly tenant: string;
  readonly id: string;
  readonly personal?: readonly PersonalRef[] | undefined;
}): readonly NamedPart[] => (entry.personal ?? []).map((ref) => ({ ...ref, tenant: entry.tenant, eventId: entry.id }));

/**
 * The vault's tables as their owner sees them, over all tenants: for backup, restore and doctor. No process that serves has this access.
 */
export class OwnerVault {
  /** @param client of the role `uppsikt_owner` */
  constructor(private readonly client: ClientBase) {}

  /** Every key, the destroyed ones too, in pages. */
  async *keys(): AsyncGenerator<readonly KeptKey[]> {
    for (let last: KeptKey | undefined, full = true; full;) {
      const { rows }: { rows: KeptKey[] } = await this.client.query<KeptKey>(
        `select tenant, subject, kid, alg, wrapped from vault.keys where (tenant, subject) > ($1, $2) order by tenant, subject limit ${PAGE}`,
        [last?.tenant ?? '', last?.subject ?? '00000000-0000-0000-0000-000000000000'],
      );
      if (rows.length > 0) yield rows;
      last = rows.at(-1);
      full = rows.length === PAGE;
    }
  }

  /** The bytes of some parts: those that are there. */
  async parts(named: readonly NamedPart[]): Promise<readonly KeptPart[]> {
    const { rows } = await this.client.query<KeptPart>({
      name: 'kept_parts',
      text: `select p.tenant, p.event_id as "eventId", p.part, p.subject, p.sha256, p.bytes from ${NAMED}
        join vault.parts p on p.tenant = n.tenant and p.event_id = n.event_id and p.part = n.part and p.sha256 = n.sha256 and p.subject = n.subject
        order by nth`,
      values: namedValues(named),
    });
    return rows;
  }

  /** How each of some parts stands, all from one snapshot: bytes and key of a subject go together. They are hashed where they lie. */
  async states(named: readonly NamedPart[]): Promise<readonly PartState[]> {
    const { rows } = await this.client.query<{ state: PartState }>({
      name: 'part_states',
      text: `select case
          when k.subject is null or k.kid <> n.kid then 'keyless'
          when k.wrapped is null then case when p.part is null then 'erased' else 'left-over' end
          when p.part is null then 'missing'
          when octet_length(p.bytes) <> n.len or encode(sha256(p.bytes), 'hex') <> n.sha256 then 'altered'
          else 'sound' end as state
        from (select n.*, l.len from ${NAMED} join unnest($7::integer[]) with ordinality l(len, nth) using (nth)) n
        left join vault.keys k on k.tenant = n.tenant and k.subject = n.subject
        left join vault.parts p on p.tenant = n.tenant and p.event_id = n.event_id and p.part = n.part and p.sha256 = n.sha256 and p.subject = n.subject
        order by nth`,
      values: [...namedValues(named), named.map(({ len }) => len)],
    });
    return rows.map(({ state }) => state);
  }

  async counts(): Promise<VaultCounts> {
    const { rows } = await this.client.query<Record<keyof VaultCounts, bigint>>(
      `select count(*) as keys, count(*) filter (where wrapped is null) as destroyed, (select count(*) from vault.parts) as parts from vault.keys`,
    );
    const [{ keys, destroyed, parts } = { keys: 0n, destroyed: 0n, parts: 0n }] = rows;
    return { keys: Number(keys), destroyed: Number(destroyed), parts: Number(parts) };
  }

  /** Of some subjects those that have a key. */
  async withKeys(tenants: readonly string[], subjects: readonly string[]): Promise<readonly { readonly tenant: string; readonly subject: string }[]> {
    const { rows } = await this.client.query<{ tenant: string; subject: string }>(
      `select k.tenant, k.subject from unnest($1::text[], $2::uuid[]) n(tenant, subject) join vault.keys k using (tenant, subject) where k.wrapped is not null`,
      [tenants, subjects],
    );
    return rows;
  }

  /** The check value of the key file that this data was sealed with; undefined before the first start. */
  async checkValue(): Promise<string | undefined> {
    const { rows } = await this.client.query<{ value: string }>('select check_value as value from vault.key_file');
    return rows[0]?.value;
  }

  /** What is there already stays. */
  async putKeys(keys: readonly KeptKey[]): Promise<void> {
    await this.client.query({
      name: 'put_keys',
      text: `insert into vault.keys (tenant, subject, kid, alg, wrapped) select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[])
        on conflict do nothing`,
      values: [
        keys.map(({ tenant }) => tenant),
        keys.map(({ subject }) => subject),
        keys.map(({ kid }) => kid),
        keys.map(({ alg }) => alg),
        keys.map(({ wrapped }) => wrapped),
      ],
    });
  }

  /** What is there already stays. */
  async putParts(parts: readonly KeptPart[]): Promise<void> {
    await this.client.query({
      name: 'put_parts',
      text: `insert into vault.parts (tenant, event_id, part, subject, sha256, bytes)
        select * from unnest($1::text[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::bytea[]) on conflict do nothing`,
      values: [
        parts.map(({ tenant }) => tenant),
        parts.map(({ eventId }) => eventId),
        parts.map(({ part }) => part),
        parts.map(({ subject }) => subject),
        parts.map(({ sha256 }) => sha256),
        parts.map(({ bytes }) => bytes),
      ],
    });
  }

  /** Destroys a subject's key and parts, as the ledger of erasures says. */
  async destroy(tenant: string, subject: string): Promise<void> {
    await this.client.query('select vault.destroy_key($1, $2)', [tenant, subject]);
  }
}
