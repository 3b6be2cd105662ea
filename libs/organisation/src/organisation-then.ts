import type { Executor, Streams } from '#libs/commands';
import type { Instant, Stream } from '#libs/kernel';
import type { OrganisationEvent } from './organisation.events.js';
import { organisationId, organisationStream, type Organisation } from './organisation.js';

/** A moment that is asked for, and the position that it is. */
export interface Moment {
  readonly asOf: Instant;
  readonly at: bigint;
}

/** The register without who has which role: that is most of what is recorded in it, and nothing is derived from it. */
const withoutRoles: Stream<Organisation, OrganisationEvent> = {
  ...organisationStream,
  evolve: (state, event, recorded) => (event.type === 'RoleAssigned' || event.type === 'RoleEnded' ? state : organisationStream.evolve(state, event, recorded)),
};

/** Registers of the past that were asked for last, by municipality and position: what was recorded up to one changes no more. */
const past = new WeakMap<Streams, Map<string, Organisation>>();
const MAX_KEPT = 64;

/**
 * The register that lists are read by: as it stands, or as it was recorded at a moment, so that a succession recorded later changes no answer
 * that was given before. One of the past knows nobody's roles.
 */
export const organisationThen = async (tenant: string, moment: Moment | undefined, executor: Executor, streams: Streams): Promise<Organisation> => {
  const id = organisationId(tenant);
  if (!moment) return (await executor.reads(tenant).fold(organisationStream, id)).state;
  const kept = past.get(streams) ?? new Map<string, Organisation>();
  past.set(streams, kept);
  const key = `${tenant}.${moment.at}`;
  const known = kept.get(key) ?? (await streams.tell(tenant, withoutRoles, id, moment.asOf)).state;
  kept.delete(key);
  kept.set(key, known);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  return known;
};
