import grpc from '@grpc/grpc-js';
import type { Metadata } from '@grpc/grpc-js';
import type { Fault, Operation } from './event-store-server.js';

/** How a call ends otherwise than well. */
export interface Failure {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
}

const { status } = grpc;
export const failure = (code: number, details: string, metadata: Readonly<Record<string, string>> = {}): Failure => {
  const sent = new grpc.Metadata();
  for (const [key, value] of Object.entries(metadata)) sent.set(key, value);
  return { code, details, metadata: sent };
};
export const notLeader = (port: number): Failure =>
  failure(status.NOT_FOUND, 'Leader info available', { exception: 'not-leader', 'leader-endpoint-host': '127.0.0.1', 'leader-endpoint-port': `${port}` });
export const accessDenied = (): Failure => failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

/** The faults that are answered by a status alone; the others are each call's own matter. */
export const failed = (fault: Fault): Failure | undefined => {
  switch (fault.fault) {
    case 'unavailable':
      return failure(status.UNAVAILABLE, 'Server Is Not Ready');
    case 'unknown':
      return failure(status.UNKNOWN, 'Unexpected answer of a neighbour');
    case 'internal':
      return failure(status.INTERNAL, 'Received RST_STREAM with code 2');
    case 'deadline-exceeded':
      return failure(status.DEADLINE_EXCEEDED, 'Deadline Exceeded');
    case 'aborted':
      return failure(status.ABORTED, 'Operation timed out');
    case 'access-denied':
      return accessDenied();
    case 'not-leader':
      return notLeader(fault.port);
    case 'silence':
    case 'late':
    case 'duplicate':
    case 'ok-without-reply':
    case 'cut-short':
    case 'wrong-revision':
      return undefined;
  }
};

/** What an open call ends with where its server is stopped politely. */
export const stopped = (): Failure => failure(status.INTERNAL, 'Received RST_STREAM with code 2 (Internal server error)');

/** Faults that wait for calls, how many calls came, and which are open. */
export class Faults {
  readonly #waiting = new Map<Operation, Fault[]>();
  readonly #open = new Set<(how: Failure) => void>();
  /** Nothing is answered or given; of the appends that come every second one is written all the same, or none. */
  silent: { readonly writes: 'every second' | 'none' } | undefined;
  readonly calls: Record<Operation, number> = { append: 0, read: 0, subscribe: 0, features: 0, gossip: 0 };

  add(operation: Operation, faults: readonly Fault[]): void {
    this.#waiting.set(operation, [...(this.#waiting.get(operation) ?? []), ...faults]);
  }

  /** The fault that this call meets, if any. */
  met(operation: Operation): Fault | undefined {
    const nth = this.calls[operation]++;
    if (this.silent) return { fault: 'silence', applied: this.silent.writes === 'every second' && nth % 2 === 0 };
    return this.#waiting.get(operation)?.shift();
  }

  /** @param end ends an open call; @returns to be called when it is over */
  opened(end: (how: Failure) => void): () => void {
    this.#open.add(end);
    return () => this.#open.delete(end);
  }

  endAll(how: Failure): void {
    for (const end of this.#open) end(how);
    this.#open.clear();
  }

  get pending(): number {
    return [...this.#waiting.values()].reduce((sum, faults) => sum + faults.length, 0);
  }
}
