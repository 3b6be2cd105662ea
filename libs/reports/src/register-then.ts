import type { Asking, Executor, Streams } from '#libs/commands';
import { stockholmDay, type Day } from '#libs/kernel';
import { organisationId, organisationStream, registerOf, type Organisation, type Register } from '#libs/organisation';

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

/**
 * The register that an answer is read by: as it stands, or as it was recorded at `asOf`, so that a succession recorded later changes no
 * answer that was given before.
 */
export const registerThen = async (
  { tenant, today, asOf }: Pick<Asking, 'tenant' | 'today' | 'asOf'>,
  executor: Executor,
  streams: Streams,
): Promise<RegisterThen> => {
  const id = organisationId(tenant);
  if (asOf === undefined) return reading((await executor.reads(tenant).fold(organisationStream, id)).state, today);
  return reading((await streams.tell(tenant, organisationStream, id, asOf)).state, stockholmDay(asOf));
};
