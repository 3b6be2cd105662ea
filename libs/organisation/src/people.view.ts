import type { Pool } from 'pg';
import type { Executor } from '#libs/commands';
import { People, type FoundPerson, type KnownPerson } from '#libs/http';
import { col, rowView, tenantsOf } from '#libs/views';
import { holdingsOn } from './holdings.js';
import { organisationId, organisationStream, type Organisation } from './organisation.js';
import { PersonRegistered, type Language } from './person.events.js';
import { roleHolders } from './role-holders.view.js';

/** The members of staff by id. What they are called is sealed: `Colleagues` opens it. */
export const people = rowView({
  name: 'people',
  version: 2,
  columns: { person: col.uuid(), language: col.text<Language>() },
  reads: [PersonRegistered],
  keys: ({ data }) => data.person,
  fold: (_row, { data: { person, language } }) => ({ person, language }),
  everywhere: true,
});

/** A person of a municipality, as its register stands. */
export const foundIn = (state: Organisation, tenant: string, person: string): FoundPerson => ({
  tenant,
  person,
  roles: (state.status === 'registered' && state.roles.get(person)) || [],
  holdings: (unit, on) => holdingsOn(state, unit, on),
});

/** A bound on memory, not a working set. */
const MOST_REMEMBERED = 100_000;

/** Persons and what they hold, over all municipalities: by an id alone, of which nothing is told but whose it is. */
export class RegisteredPeople extends People {
  /** Where a person is known, once that has been asked: a registration is never taken back. */
  readonly #tenants = new Map<string, readonly string[]>();

  /** @param pool of the api or the worker */
  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly executor: Pick<Executor, 'reads'>,
  ) {
    super();
  }

  /** What the person holds is read from the register itself: a role given counts at once, and one ended too. */
  override async find(person: string, tenant?: string): Promise<FoundPerson | undefined> {
    const [known, ...others] = (await this.#tenantsOf(person)).filter((one) => tenant === undefined || one === tenant);
    if (known === undefined || others.length > 0) return undefined;
    const { state } = await this.executor.reads(known).fold(organisationStream, organisationId(known));
    return foundIn(state, known, person);
  }

  async #tenantsOf(person: string): Promise<readonly string[]> {
    const known = this.#tenants.get(person);
    if (known) return known;
    const tenants = await tenantsOf(this.pool, people, person);
    if (this.#tenants.size >= MOST_REMEMBERED) this.#tenants.clear();
    if (tenants.length > 0) this.#tenants.set(person, tenants);
    return tenants;
  }
}

interface Row extends Omit<KnownPerson, 'roles'> {
  readonly roles: readonly (KnownPerson['roles'][number] & { readonly to: KnownPerson['roles'][number]['to'] | null })[];
}

/** Everyone of all municipalities, for whoever tries things out to choose among. */
export class Everyone {
  /** @param pool of the worker, the only one that reads over all of them */
  constructor(private readonly pool: Pick<Pool, 'query'>) {}

  /** By municipality and id. */
  async all(): Promise<readonly KnownPerson[]> {
    const { rows } = await this.pool.query<Row>(
      `select p.tenant, p.key as person,
          coalesce(json_agg(json_build_object('role', h.role, 'unit', h.unit, 'from', h.from_on, 'to', h.to_on) order by h.from_on, h.key) filter (where h.key is not null), '[]') as roles
        from views.${people.table} p left join views.${roleHolders.table} h on h.tenant = p.tenant and h.person = p.person and h.until is null
        where p.until is null group by p.tenant, p.key order by p.tenant, p.key`,
    );
    return rows.map(({ roles, ...known }) => ({ ...known, roles: roles.map(({ to, ...held }) => ({ ...held, to: to ?? undefined })) }));
  }
}
