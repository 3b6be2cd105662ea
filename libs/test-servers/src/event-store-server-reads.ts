import { setTimeout as pause } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { randomId } from '#libs/kernel';
import { InventedPosition, type EventStoreServerLog, type Recorded } from './event-store-server-log.js';
import type { Access } from './event-store-server-access.js';
import { failed, failure, notLeader, type Faults } from './event-store-server-faults.js';
import { caughtUpResp, checkpointResp, confirmationResp, eventResp, lastPositionResp, nameOf, notFoundResp } from './event-store-server-messages.js';
import type { Drop } from './event-store-server.js';

const { status } = grpc;
type Call = ServerWritableStream<ReadReq, ReadResp>;
interface Running {
  readonly call: Call;
  stalled: boolean;
}

const sleep = (): { readonly promise: Promise<void>; readonly resolve: () => void } => Promise.withResolvers<void>();

/** Reads of streams and of the whole, and subscriptions to it. */
export class Reads {
  readonly #running = new Set<Running>();
  given = 0;

  constructor(
    private readonly log: EventStoreServerLog,
    private readonly faults: Faults,
    private readonly access: Access,
    /** Port of the leader where this is another node: any node reads, unless the leader is asked for. */
    private readonly elsewhere: () => number | undefined,
  ) {}

  get subscriptions(): number {
    return this.#running.size;
  }

  readonly read = (call: Call): void => {
    const over = this.faults.opened((how) => void call.emit('error', how));
    for (const ended of ['cancelled', 'close', 'finish', 'error']) call.on(ended, over);
    void this.#read(call);
  };

  async #read(call: Call): Promise<void> {
    const options = call.request.getOptions();
    if (!options) return;
    const subscribing = options.hasSubscription();
    const fault = this.faults.met(subscribing ? 'subscribe' : 'read');
    const refused = this.access.refused(call, 'read', options.getStream() ? nameOf(options.getStream()?.getStreamIdentifier()) : '$all');
    if (refused) return void call.emit('error', refused);
    if (fault?.fault === 'silence') return;
    const leader = call.metadata.get('requires-leader')[0] === 'true' ? this.elsewhere() : undefined;
    if (leader !== undefined) return void call.emit('error', notLeader(leader));
    if (fault?.fault === 'ok-without-reply') return void call.end();
    if (fault?.fault === 'late') await pause(fault.ms);
    const failing = fault && failed(fault);
    if (failing) return void call.emit('error', failing);
    try {
      if (subscribing) await this.#subscribe(call, options);
      else await this.#give(call, options, fault?.fault === 'cut-short' ? fault.after : Infinity);
    } catch (error) {
      const invented = error instanceof InventedPosition;
      call.emit('error', failure(status.UNKNOWN, invented ? 'Unexpected ReadAllResult: Error' : String(error)));
    }
  }

  /** @param atMost events, and then an end as if that were all */
  async #give(call: Call, options: ReadReq.Options, atMost: number): Promise<void> {
    const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const max = Number(options.getCount());
    const stream = options.getStream();
    if (stream) {
      const name = nameOf(stream.getStreamIdentifier());
      const from = stream.hasStart() ? 'start' : stream.hasEnd() ? 'end' : Number(stream.getRevision());
      const found = this.log.readStream(name, from, backwards, max);
      if (found === 'stream-deleted') {
        return void call.emit(
          'error',
          failure(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, { exception: 'stream-deleted', 'stream-name': name }),
        );
      }
      if (!found) await write(call, notFoundResp(name));
      else await writeAll(call, found.slice(0, atMost));
      const last = this.log.readStream(name, 'end', true, 1);
      if (found && found.length <= atMost && options.getControlOption()?.getCompatibility() && Array.isArray(last))
        await write(call, lastPositionResp((last as readonly Recorded[]).at(0)?.revision ?? 0));
    } else {
      await writeAll(call, this.log.readAll(allFrom(options), backwards, max).slice(0, atMost));
    }
    call.end();
  }

  async #subscribe(call: Call, options: ReadReq.Options): Promise<void> {
    const running: Running = { call, stalled: false };
    let place = this.log.placeAfter(allFrom(options));
    let waiting = sleep();
    const wake = () => waiting.resolve();
    const unwatch = this.log.watch(wake);
    for (const ended of ['cancelled', 'close', 'finish', 'error']) call.on(ended, wake);
    this.#running.add(running);
    const over = () => call.cancelled || call.writableEnded || call.destroyed || !this.#running.has(running);
    await write(call, confirmationResp(randomId()));
    const wanted = filterOf(options);
    const stalled = () => running.stalled || this.faults.silent !== undefined;
    let looked = 0;
    for (let caughtUp = false; !over();) {
      const event = stalled() ? undefined : this.log.at(place);
      if (event) {
        place++;
        looked++;
        if (wanted.matches(event)) {
          this.given++;
          await write(call, eventResp(event));
        } else if (looked % wanted.every === 0) await write(call, checkpointResp(event.position));
      } else {
        if (!caughtUp && !stalled()) await write(call, caughtUpResp());
        caughtUp = true;
        await waiting.promise;
        waiting = sleep();
      }
    }
    unwatch();
    this.#running.delete(running);
  }

  drop(how: Drop): void {
    for (const running of this.#running) {
      if (how === 'stall') {
        running.stalled = true;
        continue;
      }
      this.#running.delete(running);
      if (how === 'end') running.call.end();
      else running.call.emit('error', dropped(how));
    }
  }
}

const dropped = (how: 'unavailable' | 'unknown' | 'slow-consumer') => {
  switch (how) {
    case 'unavailable':
      return failure(status.UNAVAILABLE, 'Server Is Shutting Down');
    case 'unknown':
      return failure(status.INTERNAL, 'Received RST_STREAM with code 2');
    case 'slow-consumer':
      return failure(status.ABORTED, 'Consumer Too Slow');
  }
};

const allFrom = (options: ReadReq.Options): bigint | 'start' | 'end' => {
  const all = options.getAll();
  const position = all?.getPosition();
  if (position) return BigInt(position.getCommitPosition());
  return all?.hasEnd() ? 'end' : 'start';
};

/** What a filtered subscription asks for, and after how many events it is told how far the server has looked. */
const filterOf = (options: ReadReq.Options): { readonly matches: (event: Recorded) => boolean; readonly every: number } => {
  const filter = options.getFilter();
  if (!filter) return { matches: () => true, every: Infinity };
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const of = filter.hasStreamIdentifier() ? ({ stream }: Recorded) => stream : ({ type }: Recorded) => type;
  const prefixes = expression?.getPrefixList() ?? [];
  return {
    matches: (event) => prefixes.some((prefix) => of(event).startsWith(prefix)),
    every: filter.getCheckpointintervalmultiplier() * (filter.hasMax() ? filter.getMax() : 32),
  };
};

/** Waits where the reader does not take what it is given. */
const write = async (call: Call, resp: ReadResp): Promise<void> => {
  if (call.write(resp) || call.cancelled || call.destroyed) return;
  const { promise, resolve } = sleep();
  const events = ['drain', 'cancelled', 'close', 'finish', 'error'];
  for (const event of events) call.once(event, resolve);
  await promise;
  for (const event of events) call.off(event, resolve);
};
const writeAll = async (call: Call, events: readonly Recorded[]): Promise<void> => {
  for (const event of events) {
    if (call.cancelled) return;
    await write(call, eventResp(event));
  }
};
