import type { Executor, Streams } from '#libs/commands';
import type { Instant, RecordedEvent } from '#libs/kernel';
import type { OrganisationEvent } from './organisation.events.js';
import { organisationId, organisationStream, type Organisation } from './organisation.js';

/** A moment that is asked for, and the position that it is. */
export interface Moment {
  readonly asOf: Instant;
  readonly at: bigint;
}

/** What tells the register without who has which role: that is most of what is recorded in it, and nothing is derived from it. */
interface Fact {
  readonly position: bigint;
  readonly event: RecordedEvent<OrganisationEvent>;
}

/** What has been recorded of a municipality's register, and the registers of the past that were asked for last, by how much of it they know. */
interface Past {
  /** The stream's last revision: while it stays what it is, so does what is told. */
  readonly revision: number;
  readonly facts: readonly Fact[];
  readonly registers: Map<number, Organisation>;
}

const past = new WeakMap<Streams, Map<string, Past>>();
const MAX_KEPT = 64;

/** The past as it is known: read anew where something has been recorded since. What was recorded up to a moment changes no more. */
const pastOf = async (tenant: string, id: string, revision: number, streams: Streams): Promise<Past> => {
  const kept = past.get(streams) ?? new Map<string, Past>();
  past.set(streams, kept);
  const known = kept.get(tenant);
  if (known?.revision === revision) return known;
  const { happened } = await streams.tell(tenant, organisationStream, id);
  const facts = happened
    .filter(({ event }) => event.type !== 'RoleAssigned' && event.type !== 'RoleEnded')
    .map(({ stored: { position }, event }): Fact => ({ position, event }));
  const told = { revision, facts, registers: known?.registers ?? new Map<number, Organisation>() };
  kept.set(tenant, told);
  return told;
};

/**
 * The register that lists are read by: as it stands, or as it was recorded at a moment, so that a succession recorded later changes no answer
 * that was given before. One of the past knows nobody's roles.
 */
export const organisationThen = async (tenant: string, moment: Moment | undefined, executor: Executor, streams: Streams): Promise<Organisation> => {
  const id = organisationId(tenant);
  const now = await executor.reads(tenant).fold(organisationStream, id);
  if (!moment) return now.state;
  const { facts, registers } = await pastOf(tenant, id, now.revision, streams);
  const count = facts.filter(({ position }) => position <= moment.at).length;
  const register =
    registers.get(count) ??
    facts.slice(0, count).reduce<Organisation>((so, { event }) => organisationStream.evolve(so, event, event), organisationStream.initial);
  registers.delete(count);
  registers.set(count, register);
  const [oldest] = registers.keys();
  if (registers.size > MAX_KEPT && oldest !== undefined) registers.delete(oldest);
  return register;
};
