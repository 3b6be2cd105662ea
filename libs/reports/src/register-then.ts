import type { Asking, Executor, Streams } from '#libs/commands';
import { stockholmDay, type Day, type Stream } from '#libs/kernel';
import { organisationId, organisationStream, registerOf, type Organisation, type OrganisationEvent, type Register } from '#libs/organisation';

/** The register at a moment, and the day on which what it says is asked for. */
export interface RegisterThen {
  readonly register: Register;
  /** Every unit, board and body that it knows. */
  readonly units: readonly string[];
  readonly on: Day;
  /** What a unit is called; its id where it is not registered. */
  name(unit: string): string;
}

const reading = (organisation: Organisation, on: Day): RegisterThen => {
  const register = registerOf(organisation);
  const units = organisation.status === 'registered' ? [...organisation.units.keys()] : [];
  return { register, units, on, name: (unit) => register.unit(unit)?.name ?? unit };
};

const SAID_OF_UNITS: ReadonlySet<string> = new Set(['MunicipalityRegistered', 'UnitRegistered', 'BoardSucceeded', 'SuccessionWithdrawn']);
/** Of the register what is said of units alone: most of what is recorded there is who has which role. */
const unitsAlone: Stream<Organisation, OrganisationEvent> = {
  ...organisationStream,
  evolve: (state, event, recorded) => (SAID_OF_UNITS.has(event.type) ? organisationStream.evolve(state, event, recorded) : state),
};

/** Registers of the past that were asked for last, by municipality and position: what was recorded up to one changes no more. */
const past = new WeakMap<Streams, Map<string, Organisation>>();
const MAX_KEPT = 64;

/**
 * The register that an answer is read by: as it stands, or as it was recorded at `asOf`, so that a succession recorded later changes no
 * answer that was given before.
 * @param at the position that `asOf` is
 */
export const registerThen = async (
  { tenant, today, asOf }: Pick<Asking, 'tenant' | 'today' | 'asOf'>,
  at: bigint | undefined,
  executor: Executor,
  streams: Streams,
): Promise<RegisterThen> => {
  const id = organisationId(tenant);
  if (asOf === undefined || at === undefined) return reading((await executor.reads(tenant).fold(organisationStream, id)).state, today);
  const kept = past.get(streams) ?? new Map<string, Organisation>();
  past.set(streams, kept);
  const key = `${tenant}.${at}`;
  const known = kept.get(key) ?? (await streams.tell(tenant, unitsAlone, id, asOf)).state;
  kept.delete(key);
  kept.set(key, known);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  return reading(known, stockholmDay(asOf));
};
