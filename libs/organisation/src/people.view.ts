import type { Pool } from 'pg';
import type { Executor } from '#libs/commands';
import { People, type FoundPerson, type KnownPerson } from '#libs/http';
import { col, rowView } from '#libs/views';
import { holdingsOn } from './holdings.js';
import { organisationId, organisationStream } from './organisation.js';
import { PersonRegistered, type Language } from './person.events.js';
import { roleHolders } from './role-holders.view.js';

/** The members of staff by id. What they are called is sealed: `Colleagues` opens it. */
export const people = rowView({
  name: 'people',
  version: 1,
  columns: { person: col.uuid(), language: col.text<Language>() },
  reads: [PersonRegistered],
  keys: ({ data }) => data.person,
  fold: (_row, { data: { person, language } }) => ({ person, language }),
});

interface Row extends Omit<KnownPerson, 'roles'> {
  readonly roles: readonly (KnownPerson['roles'][number] & { readonly to: KnownPerson['roles'][number]['to'] | null })[];
}

/** A bound on memory, not a working set. */
const MOST_REMEMBERED = 100_000;

/** Persons and what they hold, over all municipalities: for whoever has to tell which one a person belongs to. The pool is the worker's. */
export class RegisteredPeople extends People {
  /** Where a person is known, once that has been asked: a registration is never taken back. */
  readonly #tenants = new Map<string, readonly string[]>();

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
    const roles = (state.status === 'registered' && state.roles.get(person)) || [];
    return { tenant: known, person, roles, holdings: (unit, on) => holdingsOn(state, unit, on) };
  }

  async #tenantsOf(person: string): Promise<readonly string[]> {
    const known = this.#tenants.get(person);
    if (known) return known;
    const tenants = (await this.#query(person)).map(({ tenant }) => tenant);
    if (this.#tenants.size >= MOST_REMEMBERED) this.#tenants.clear();
    if (tenants.length > 0) this.#tenants.set(person, tenants);
    return tenants;
  }

  /** Everyone, by municipality and id. */
  all(): Promise<readonly KnownPerson[]> {
    return this.#query();
  }

  async #query(person?: string): Promise<readonly KnownPerson[]> {
    const { rows } = await this.pool.query<Row>({
      name: 'registered_people',
      text: `select p.tenant, p.key as person,
          coalesce(json_agg(json_build_object('role', h.role, 'unit', h.unit, 'from', h.from_on, 'to', h.to_on) order by h.from_on, h.key) filter (where h.key is not null), '[]') as roles
        from views.${people.table} p left join views.${roleHolders.table} h on h.tenant = p.tenant and h.person = p.person and h.until is null
        where p.until is null and ($1::text is null or p.key = $1)
        group by p.tenant, p.key order by p.tenant, p.key`,
      values: [person ?? null],
    });
    return rows.map(({ roles, ...known }) => ({ ...known, roles: roles.map(({ to, ...held }) => ({ ...held, to: to ?? undefined })) }));
  }
}
