import type { Pool } from 'pg';
import { People, type KnownPerson } from '#libs/http';
import { col, rowView } from '#libs/views';
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

/** Persons and what they hold, over all municipalities: for whoever has to tell which one a person belongs to. The pool is the worker's. */
export class RegisteredPeople extends People {
  constructor(private readonly pool: Pick<Pool, 'query'>) {
    super();
  }

  override async find(person: string, tenant?: string): Promise<KnownPerson | undefined> {
    const [known, ...others] = await this.#query(person, tenant);
    return others.length === 0 ? known : undefined;
  }

  /** Everyone, by municipality and id. */
  all(): Promise<readonly KnownPerson[]> {
    return this.#query();
  }

  async #query(person?: string, tenant?: string): Promise<readonly KnownPerson[]> {
    const { rows } = await this.pool.query<Row>({
      name: 'registered_people',
      text: `select p.tenant, p.key as person,
          coalesce(json_agg(json_build_object('role', h.role, 'unit', h.unit, 'from', h.from_on, 'to', h.to_on) order by h.from_on, h.key) filter (where h.key is not null), '[]') as roles
        from views.${people.table} p left join views.${roleHolders.table} h on h.tenant = p.tenant and h.person = p.person and h.until is null
        where p.until is null and ($1::text is null or p.key = $1) and ($2::text is null or p.tenant = $2)
        group by p.tenant, p.key order by p.tenant, p.key`,
      values: [person ?? null, tenant ?? null],
    });
    return rows.map(({ roles, ...known }) => ({ ...known, roles: roles.map(({ to, ...held }) => ({ ...held, to: to ?? undefined })) }));
  }
}
