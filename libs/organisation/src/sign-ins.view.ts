import type { Pool } from 'pg';
import { Type } from 'typebox';
import type { Executor, Need } from '#libs/commands';
import { Id, ListQuery } from '#libs/fields';
import { SignIns, type FoundPerson } from '#libs/http';
import { InstantType } from '#libs/kernel';
import type { Keyring } from '#libs/vault';
import { col, rowView, sql, tenantsOf, type Read } from '#libs/views';
import type { LinkSignIn, NamedSignIn } from './link-sign-in.js';
import { SignInLinked, SignInUnlinked } from './organisation.events.js';
import { unknownPerson } from './organisation.refusals.js';
import { organisationId, organisationStream } from './organisation.js';
import { foundIn, people } from './people.view.js';

/** Whose each sign-in is, by its keyed hash. */
export const signIns = rowView({
  name: 'sign_ins',
  version: 1,
  columns: { person: col.uuid(), linkedAt: col.instant() },
  reads: [SignInLinked, SignInUnlinked],
  keys: ({ data }) => data.signIn,
  fold: (_row, { type, data: { person }, recordedAt }) => (type === 'SignInLinked' ? { person, linkedAt: recordedAt } : undefined),
  indexes: [['person']],
  everywhere: true,
});

/** The sign-ins of a person. */
export class ListSignIns extends ListQuery {
  @Id('Whose.') person!: string;
}

export const SignInRow = Type.Object({
  signIn: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'The sign-in: a keyed hash of what the OpenID provider calls it.' }),
  linkedAt: InstantType('When it was linked.'),
});

/** A page of them, the earliest first. */
export const listSignIns = async (read: Read, { person, limit, offset }: ListSignIns) => {
  if (!(await read.find(people, person))) throw unknownPerson();
  const { total, rows } = await read.list(signIns, { where: sql`person = ${person}`, order: sql`linked_at, key`, limit, offset });
  return { total, items: rows.map(({ key, linkedAt }) => ({ signIn: key, linkedAt })) };
};

/** A bound on memory, not a working set. */
const MOST_REMEMBERED = 100_000;

/** Sign-ins over all municipalities: what each is called here, and whose it is. */
export class RegisteredSignIns extends SignIns {
  /** The municipality that a sign-in was last found in: looked for there first. */
  readonly #tenants = new Map<string, string>();

  /** @param pool of the api or the worker */
  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly executor: Pick<Executor, 'reads'>,
    private readonly keyring: Pick<Keyring, 'mark'>,
  ) {
    super();
  }

  override nameOf(issuer: string, subject: string): string {
    return this.keyring.mark('sign-in', JSON.stringify([issuer, subject]));
  }

  /** The view only says where to look: whose it is the register itself tells, so that an unlinked one is nobody's at once. */
  override async find(signIn: string): Promise<FoundPerson | undefined> {
    const last = this.#tenants.get(signIn);
    const known = last === undefined ? undefined : await this.#in(last, signIn);
    if (known) return known;
    this.#tenants.delete(signIn);
    const tenants = await tenantsOf(this.pool, signIns, signIn);
    const [found, ...others] = (await Promise.all(tenants.map((tenant) => this.#in(tenant, signIn)))).filter((one) => one !== undefined);
    // Two municipalities may have linked it in the same moment: it is nobody's then, rather than either's.
    if (!found || others.length > 0) return undefined;
    if (this.#tenants.size >= MOST_REMEMBERED) this.#tenants.clear();
    this.#tenants.set(signIn, found.tenant);
    return found;
  }

  async #in(tenant: string, signIn: string): Promise<FoundPerson | undefined> {
    const { state } = await this.executor.reads(tenant).fold(organisationStream, organisationId(tenant));
    const person = state.status === 'registered' ? state.signIns.get(signIn) : undefined;
    return person === undefined ? undefined : foundIn(state, tenant, person);
  }
}

/** The sign-in that a command names, in either of two ways; undefined where it does so in neither or in both. */
export const namedSignIn =
  (all: SignIns): Need<LinkSignIn, NamedSignIn | undefined> =>
  async (_reads, { issuer, subject, reference }, { tenant }) => {
    const byProvider = issuer !== undefined && subject !== undefined ? all.nameOf(issuer, subject) : undefined;
    const isClear = reference === undefined ? byProvider !== undefined : issuer === undefined && subject === undefined;
    const signIn = reference ?? byProvider;
    if (!isClear || signIn === undefined) return { value: undefined };
    const found = await all.find(signIn);
    return { value: { signIn, isElsewhere: found !== undefined && found.tenant !== tenant } };
  };
