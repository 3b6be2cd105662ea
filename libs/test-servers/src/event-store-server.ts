import type { EventStoreUser } from './event-store-server-access.js';
import type { EventStoreServerLog } from './event-store-server-log.js';

/** What a call may be about. An append by the batch stream and by a call of its own are the same here. */
export type Operation = 'append' | 'read' | 'subscribe' | 'features' | 'gossip';

/**
 * What goes wrong with a call, in the ways seen on real servers.
 * `applied`: the append was written all the same, and only its answer is lost.
 */
export type Fault =
  | { readonly fault: 'silence'; readonly applied?: boolean }
  | { readonly fault: 'late'; readonly ms: number }
  | { readonly fault: 'duplicate' }
  | { readonly fault: 'ok-without-reply'; readonly applied?: boolean }
  /** Of a read: it ends well after so many events, whatever was asked for. */
  | { readonly fault: 'cut-short'; readonly after: number }
  | { readonly fault: 'not-leader'; readonly port: number }
  | { readonly fault: 'unavailable' | 'unknown' | 'internal' | 'deadline-exceeded' | 'aborted' | 'access-denied'; readonly applied?: boolean }
  | { readonly fault: 'wrong-revision' };

/** How a subscription that runs comes to its end, or stops giving anything without one. */
export type Drop = 'end' | 'unavailable' | 'unknown' | 'slow-consumer' | 'stall';

export interface EventStoreServerOptions {
  /** Of the other nodes of its cluster; a log of its own where it is left out. */
  readonly log?: EventStoreServerLog;
  readonly role?: 'leader' | 'follower';
  /** Ports of all nodes, for the gossip; its own where left out. */
  readonly members?: () => readonly { readonly port: number; readonly role: 'leader' | 'follower'; readonly alive: boolean }[];
  /** Whom it knows, and asks for; only over TLS do clients say who they are. Left out: security is off. */
  readonly users?: readonly EventStoreUser[];
  /** PEM: speaks TLS; with `clientCa`, only to those who show a certificate of that authority. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly clientCa?: string };
}

/** A server that answers as an EventStoreDB does, by the same protocol, and fails on demand. */
export interface EventStoreServer {
  readonly port: number;
  readonly url: string;
  readonly log: EventStoreServerLog;
  role: 'leader' | 'follower';
  /** The next calls of a kind fail so, one fault each, in this order. */
  fail(operation: Operation, ...faults: readonly Fault[]): void;
  /** Faults that no call has met yet. */
  readonly pending: number;
  /** Something that the server itself writes: of a type that begins with $. */
  happens(type?: string): void;
  /** Subscriptions that run now; how many events lie ready that no reader has taken. */
  readonly subscriptions: number;
  /** Calls that came in, by operation. */
  readonly calls: Readonly<Record<Operation, number>>;
  /** Events that were given to subscriptions. */
  readonly given: number;
  drop(how: Drop): void;
  /** Connections that are open now go silent both ways, without being closed; new ones work. */
  halfOpen(): void;
  /** Nothing answers, as of a stopped process, until it goes on. */
  pause(): void;
  resume(): void;
  /** Every connection is cut, as by a killed process. */
  cut(): void;
  /** As of a leader that the others have cut off: calls come in, and nothing is written, answered or given until it is back. */
  isolate(): void;
  /**
   * As a process does that is told to stop: for so many milliseconds nothing is answered or given, though every second append is written; then
   * each open call ends by RST_STREAM, and no connection is taken until it is back.
   */
  endPolitely(silenceMs: number): Promise<void>;
  /** No connection is taken, until it is back at the same port. */
  away(): Promise<void>;
  back(): Promise<void>;
  close(): Promise<void>;
}

/** Starts one at a free port of this machine. What it is made of is loaded only here: most specs need none. */
export const eventStoreServer = async (options: EventStoreServerOptions = {}): Promise<EventStoreServer> => {
  const { openEventStoreServer } = await import('./event-store-server-open.js');
  return openEventStoreServer(options);
};
