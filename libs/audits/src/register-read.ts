import type { Executor, Streams } from '#libs/commands';
import type { Instant } from '#libs/kernel';
import { organisationId, organisationStream, type Organisation, type Register } from '#libs/organisation';

/** The municipality’s register as it was recorded then, or as it is now: who holds what is derived from it, and so is known as it was known. */
export const organisationAt = async (executor: Executor, streams: Streams, tenant: string, asOf: Instant | undefined): Promise<Organisation> =>
  asOf === undefined
    ? (await executor.reads(tenant).fold(organisationStream, organisationId(tenant))).state
    : (await streams.tell(tenant, organisationStream, organisationId(tenant), asOf)).state;

/** A board or body with the name that people know it by. */
export const named = (register: Register, id: string) => ({ id, name: register.unit(id)?.name ?? id });
