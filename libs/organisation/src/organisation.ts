import type { Need } from '#libs/commands';
import { derivedId, isAfter, isBefore, never, type Day, type Stream } from '#libs/kernel';
import { MunicipalityRegistered, ProviderRegistered, RoleAssigned, RoleEnded, UnitRegistered, type OrganisationEvent } from './organisation.events.js';
import type { Role } from './roles.js';
import type { UnitKind } from './unit-kinds.js';

interface Unit {
  readonly name: string;
  readonly kind: UnitKind;
  readonly partOf?: string;
}

interface Provider {
  readonly name: string;
}

/** A role held in a unit from a first day through a last one, or until further notice. */
export interface RolePeriod {
  readonly role: Role;
  readonly unit: string;
  readonly from: Day;
  readonly to?: Day;
}

/** A municipality's register: its units and providers by id, and the roles of each person by the person's id. */
export type Organisation =
  | { readonly status: 'none' }
  | {
      readonly status: 'registered';
      readonly name: string;
      readonly units: ReadonlyMap<string, Unit>;
      readonly providers: ReadonlyMap<string, Provider>;
      readonly roles: ReadonlyMap<string, readonly RolePeriod[]>;
    };
export type RegisteredOrganisation = Extract<Organisation, { status: 'registered' }>;

/** Whether a period holds the day; its first and last days belong to it. */
export const holds = ({ from, to }: Pick<RolePeriod, 'from' | 'to'>, day: Day): boolean => !isBefore(day, from) && (to === undefined || !isAfter(day, to));

/** The one organisation of a tenant: the stream's id follows from the tenant's name. */
export const organisationId = (tenant: string): string => derivedId(tenant, 'organisation');

/** One stream per tenant: `organisation-<uuid>`. */
export const organisationStream: Stream<Organisation, OrganisationEvent> = {
  name: 'organisation',
  events: [MunicipalityRegistered, UnitRegistered, ProviderRegistered, RoleAssigned, RoleEnded],
  initial: { status: 'none' },
  evolve: (state, event) => {
    if (event.type === 'MunicipalityRegistered')
      return { status: 'registered', name: event.data.name, units: new Map(), providers: new Map(), roles: new Map() };
    return state.status === 'registered' ? grown(state, event) : state;
  },
};

const grown = (state: RegisteredOrganisation, event: Exclude<OrganisationEvent, { type: 'MunicipalityRegistered' }>): RegisteredOrganisation => {
  switch (event.type) {
    case 'UnitRegistered': {
      const { unit, ...rest } = event.data;
      return { ...state, units: new Map(state.units).set(unit, rest) };
    }
    case 'ProviderRegistered': {
      const { provider, name } = event.data;
      return { ...state, providers: new Map(state.providers).set(provider, { name }) };
    }
    case 'RoleAssigned': {
      const { person, ...period } = event.data;
      return withRoles(state, person, (periods) => [...periods, period]);
    }
    case 'RoleEnded': {
      const { person, role, unit, from, lastDay } = event.data;
      const ends = (period: RolePeriod) => period.role === role && period.unit === unit && period.from === from;
      return withRoles(state, person, (periods) => periods.map((period) => (ends(period) ? { ...period, to: lastDay } : period)));
    }
    default:
      return never(event);
  }
};

const withRoles = (
  state: RegisteredOrganisation,
  person: string,
  change: (periods: readonly RolePeriod[]) => readonly RolePeriod[],
): RegisteredOrganisation => ({
  ...state,
  roles: new Map(state.roles).set(person, change(state.roles.get(person) ?? [])),
});

/** The register as a decision elsewhere reads it. */
export interface Register {
  unit(id: string): Unit | undefined;
  provider(id: string): Provider | undefined;
}

/** The register as it stands, for a decision that names a unit or a provider; the event that it stands at is the basis. */
export const organisation: Need<unknown, Register> = async (reads, _command, { tenant }) => {
  const { state, lastId } = await reads.fold(organisationStream, organisationId(tenant));
  const known = state.status === 'registered' ? state : undefined;
  return { value: { unit: (id) => known?.units.get(id), provider: (id) => known?.providers.get(id) }, basis: lastId === undefined ? [] : [lastId] };
};
