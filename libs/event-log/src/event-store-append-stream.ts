import type { ClientDuplexStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { randomId } from '#libs/kernel';

/** An event as it goes to the server: its JSON written already. */
export interface EventBytes {
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}
export interface Proposal {
  readonly name: string;
  /** The stream's last revision, -1 for one that nobody has written to. */
  readonly expected: number;
  readonly events: readonly EventBytes[];
}
export type Answer =
  | { readonly outcome: 'written'; readonly revision: number; readonly position: { readonly commit: bigint; readonly prepare: bigint } | undefined }
  | { readonly outcome: 'wrong-expected-version'; readonly actual: number };

export type AppendCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
type Waiting = { readonly resolve: (answer: Answer) => void; readonly reject: (error: unknown) => void };

/** Thrown where the server has a message of its own for what it did not do: `type` as the client calls it. */
class AppendRefused extends Error {
  override readonly name = 'AppendRefused';
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Appends over one call that stays open, as the client does it, but with a table of its own for what is pending: what befalls another's
 * connection is none of ours, an answer that nobody waits for is dropped, and an end without an error leaves nobody hanging.
 * No deadline is sent: the server would hold it against its own clock.
 */
export class AppendStream {
  readonly #waiting = new Map<string, Waiting>();

  /** @param ended called once, when nothing more can be appended by this call */
  constructor(
    private readonly call: AppendCall,
    ended: (error?: Error) => void,
  ) {
    call.on('data', (resp: BatchAppendResp) => this.#answered(resp));
    call.on('error', (error: Error) => this.#end(error, () => ended(error)));
    call.on('end', () => {
      // Its other half stays open otherwise, and with it the place that the call has in the client.
      call.end();
      this.#end(new Error('The server ended the call that appends are made by.'), ended);
    });
  }

  /** @param signal raised when nobody waits any more: what is answered after that is dropped */
  append(proposal: Proposal, signal: AbortSignal): Promise<Answer> {
    const id = randomId();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, { resolve, reject });
    signal.addEventListener('abort', () => void this.#waiting.delete(id), { once: true });
    this.call.write(requestOf(id, proposal));
    return promise;
  }

  #answered(resp: BatchAppendResp): void {
    const id = resp.getCorrelationId()?.getString() ?? '';
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    try {
      waiting.resolve(answerOf(resp));
    } catch (error) {
      waiting.reject(error);
    }
  }

  #end(error: Error, ended: () => void): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    ended();
    for (const { reject } of waiting) reject(error);
  }
}

const requestOf = (id: string, { name, expected, events }: Proposal): BatchAppendReq => {
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(name)));
  if (expected < 0) options.setNoStream(new shared.Empty());
  else options.setStreamPosition(`${expected}`);
  return new streams.BatchAppendReq().setCorrelationId(uuid(id)).setOptions(options).setProposedMessagesList(events.map(proposed)).setIsFinal(true);
};
const uuid = (text: string) => new shared.UUID().setString(text);
const proposed = ({ id, type, data, metadata }: EventBytes) => {
  const message = new streams.BatchAppendReq.ProposedMessage().setId(uuid(id)).setData(data).setCustomMetadata(metadata);
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return message;
};

const REFUSALS = new Map([
  ['event_store.client.AccessDenied', 'access-denied'],
  ['event_store.client.StreamDeleted', 'stream-deleted'],
  ['event_store.client.MaximumAppendSizeExceeded', 'maximum-append-size-exceeded'],
]);

/** @throws AppendRefused where it says neither that it was written nor that somebody else was first */
const answerOf = (resp: BatchAppendResp): Answer => {
  const success = resp.getSuccess();
  if (success) {
    const at = success.getPosition();
    const position = at && { commit: BigInt(at.getCommitPosition()), prepare: BigInt(at.getPreparePosition()) };
    return { outcome: 'written', revision: Number(success.getCurrentRevision()), position };
  }
  const error = resp.getError();
  const details = error?.getDetails();
  const name = details?.getTypeName() ?? '';
  const wrong = details?.unpack((bytes) => shared.WrongExpectedVersion.deserializeBinary(bytes), 'event_store.client.WrongExpectedVersion');
  if (wrong) return { outcome: 'wrong-expected-version', actual: wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : -1 };
  throw new AppendRefused(REFUSALS.get(name) ?? 'unknown', error?.getMessage() ?? 'an answer that says nothing');
};
