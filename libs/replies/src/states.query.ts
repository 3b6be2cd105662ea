import type { Executor, Streams } from '#libs/commands';
import type { Event, Instant, Stream } from '#libs/kernel';

/** States of other streams as a page or list shows them: now from what is folded already, or as they were recorded then. */
export const stateAt =
  (executor: Executor, streams: Streams, tenant: string, asOf: Instant | undefined) =>
  async <S, E extends Event>(stream: Stream<S, E>, id: string): Promise<S> =>
    asOf === undefined ? (await executor.reads(tenant).fold(stream, id)).state : (await streams.tell(tenant, stream, id, asOf)).state;
