import type { Need } from '#libs/commands';
import { derivedId, isAfter, isBefore, never, type Day, type Stream } from '#libs/kernel';
import {
  BoardSucceeded,
  MunicipalityRegistered,
  ProviderRegistered,
  RegistryPatternRegistered,
  RoleAssigned,
  RoleEnded,
  SignInLinked,
  SignInUnlinked,
  SuccessionWithdrawn,
  UnitRegistered,
  type OrganisationEvent,
} from './organisation.events.js';
import { ById } from './by-id.js';
import { fits } from './registry-pattern.js';
import type { Capacity, Role } from './roles.js';
import { boardOf, existsOn, holderOn, isBoard, predecessorsOf, type Succession, type Unit } from './successions.js';

interface Provider {
  readonly name: string;
}

/** A role held in a unit from a first day through a last one, or until further notice. */
export interface RolePeriod {
  readonly role: Role;
  readonly unit: string;
  readonly from: Day;
  readonly to?: Day;
  readonly capacity: Capacity;
  readonly insteadOf?: string;
}

/** A succession as it was recorded, by the id of that event. */
export interface RecordedSuccession extends Succession {
  readonly id: string;
  readonly decision: string;
}

/** A municipality's register: its units and providers by id, which boards succeeded which, the roles of each person by the person's id, and whose each sign-in is. */
export type Organisation =
  | { readonly status: 'none' }
  | {
      readonly status: 'registered';
      readonly name: string;
      readonly units: ReadonlyMap<string, Unit>;
      readonly successions: readonly RecordedSuccession[];
      /** How the registry numbers of each board are written. */
      readonly patterns: ReadonlyMap<string, readonly string[]>;
      readonly providers: ReadonlyMap<string, Provider>;
      readonly roles: ById<readonly RolePeriod[]>;
      readonly signIns: ById<string>;
    };
export type RegisteredOrganisation = Extract<Organisation, { status: 'registered' }>;

/** Whether a period holds the day; its first and last days belong to it. */
export const holds = ({ from, to }: Pick<RolePeriod, 'from' | 'to'>, day: Day): boolean => !isBefore(day, from) && (to === undefined || !isAfter(day, to));

/** The one organisation of a tenant: the stream's id follows from the tenant's name. */
export const organisationId = (tenant: string): string => derivedId(tenant, 'organisation');

/** One stream per tenant: `organisation-<uuid>`. */
export const organisationStream: Stream<Organisation, OrganisationEvent> = {
  name: 'organisation',
  events: [
    MunicipalityRegistered,
    UnitRegistered,
    BoardSucceeded,
    SuccessionWithdrawn,
    RegistryPatternRegistered,
    ProviderRegistered,
    RoleAssigned,
    RoleEnded,
    SignInLinked,
    SignInUnlinked,
  ],
  initial: { status: 'none' },
  evolve: (state, event, { id }) => {
    if (event.type === 'MunicipalityRegistered')
      return {
        status: 'registered',
        name: event.data.name,
        units: new Map(),
        successions: [],
        patterns: new Map(),
        providers: new Map(),
        roles: ById.none(),
        signIns: ById.none(),
      };
    return state.status === 'registered' ? grown(state, event, id) : state;
  },
};

const grown = (state: RegisteredOrganisation, event: Exclude<OrganisationEvent, { type: 'MunicipalityRegistered' }>, id: string): RegisteredOrganisation => {
  switch (event.type) {
    case 'UnitRegistered': {
      const { unit, ...rest } = event.data;
      return { ...state, units: new Map(state.units).set(unit, rest) };
    }
    case 'BoardSucceeded':
      return { ...state, successions: [...state.successions, { ...event.data, id }] };
    case 'SuccessionWithdrawn':
      return { ...state, successions: state.successions.filter((one) => one.id !== event.data.succession) };
    case 'RegistryPatternRegistered': {
      const { board, pattern } = event.data;
      return { ...state, patterns: new Map(state.patterns).set(board, [...(state.patterns.get(board) ?? []), pattern]) };
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
    case 'SignInLinked':
      return { ...state, signIns: state.signIns.with(event.data.signIn, event.data.person) };
    case 'SignInUnlinked':
      return { ...state, signIns: state.signIns.without(event.data.signIn) };
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
  roles: state.roles.with(person, change(state.roles.get(person) ?? [])),
});

/** The register as a decision elsewhere reads it. What is said of boards is derived from their successions, and so changes when one is recorded. */
export interface Register {
  unit(id: string): Unit | undefined;
  provider(id: string): Provider | undefined;
  /** The board that a unit lies in, itself for a board; undefined for a body outside the boards, and for what is not registered. */
  boardOf(unit: string): string | undefined;
  isBoard(id: string): boolean;
  /** Who holds, on that day, what was given to a board or unit. */
  holderOn(boardOrUnit: string, day: Day): string;
  /** False before a succession made it, and from the day on which one ended it. */
  existsOn(boardOrUnit: string, day: Day): boolean;
  /** Who holds on that day what a board or unit held that is no more; undefined for one that is there, or not yet. */
  successorOf(boardOrUnit: string, day: Day): string | undefined;
  /** All whose things it holds that day: itself first, then other boards, then units that ended with their boards. */
  predecessorsOf(boardOrUnit: string, day: Day): readonly string[];
  /** Whether a registry number is written as those of the board, or of a board whose things it came to hold. */
  registryNumberKnown(board: string, text: string): boolean;
}

const NOTHING: Pick<RegisteredOrganisation, 'units' | 'successions' | 'providers' | 'patterns'> = {
  units: new Map(),
  successions: [],
  providers: new Map(),
  patterns: new Map(),
};

/** The register of a municipality; an empty one where it is not registered. */
export const registerOf = (organisation: Organisation): Register => {
  const known = organisation.status === 'registered' ? organisation : NOTHING;
  return {
    unit: (id) => known.units.get(id),
    provider: (id) => known.providers.get(id),
    boardOf: (id) => boardOf(known, id),
    isBoard: (id) => isBoard(known, id),
    holderOn: (id, on) => holderOn(known, id, on),
    existsOn: (id, on) => existsOn(known, id, on),
    successorOf: (id, on) => {
      const holder = holderOn(known, id, on);
      return holder === id ? undefined : holder;
    },
    predecessorsOf: (id, on) => predecessorsOf(known, id, on),
    registryNumberKnown: (board, text) => numberedAs(known, board).some((pattern) => fits(pattern, text)),
  };
};

/** How the registry numbers of a board are written, and of those before it: a matter keeps its number. */
const numberedAs = ({ patterns, successions }: Pick<RegisteredOrganisation, 'patterns' | 'successions'>, board: string): readonly string[] => {
  const boards = [board];
  for (const at of boards) boards.push(...successions.filter(({ to }) => to.includes(at)).flatMap(({ from }) => from.filter((one) => !boards.includes(one))));
  return boards.flatMap((one) => patterns.get(one) ?? []);
};

/** The register as it stands, for a decision that names a unit, a board or a provider; the event that it stands at is the basis. */
export const organisation: Need<unknown, Register> = async (reads, _command, { tenant }) => {
  const { state, lastId } = await reads.fold(organisationStream, organisationId(tenant));
  return { value: registerOf(state), basis: lastId === undefined ? [] : [lastId] };
};
