import type { Asking, Executor, Streams } from '#libs/commands';
import { stockholmDay, type Day } from '#libs/kernel';
import { organisationThen, registerOf, type Register } from '#libs/organisation';

/** The register at a moment, and the day on which what it says is asked for. */
export interface RegisterThen {
  readonly register: Register;
  /** Every unit, board and body that it knows. */
  readonly units: readonly string[];
  readonly on: Day;
  /** What a unit is called; its id where it is not registered. */
  readonly name: (unit: string) => string;
}

/**
 * The register that an answer is read by: as it stands, or as it was recorded at `asOf`.
 * @param at the position that `asOf` is
 */
export const registerThen = async (
  { tenant, today, asOf }: Pick<Asking, 'tenant' | 'today' | 'asOf'>,
  at: bigint | undefined,
  executor: Executor,
  streams: Streams,
): Promise<RegisterThen> => {
  const organisation = await organisationThen(tenant, asOf === undefined || at === undefined ? undefined : { asOf, at }, executor, streams);
  const register = registerOf(organisation);
  const units = organisation.status === 'registered' ? [...organisation.units.keys()] : [];
  return { register, units, on: asOf === undefined ? today : stockholmDay(asOf), name: (unit) => register.unit(unit)?.name ?? unit };
};
