import streams from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import type { UUID, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import type { AppendReq, AppendResp, BatchAppendReq, BatchAppendResp, DeleteReq, ReadResp, TombstoneReq } from '@eventstore/db-client/generated/streams_pb.js';
import { MAX_APPEND_BYTES, type Expected, type Proposed, type Recorded, type Written } from './event-store-server-log.js';

/** .NET counts 100 nanoseconds; this client takes them for those of 1970. */
const TICKS_PER_MS = 10_000n;

export const nameOf = (identifier: StreamIdentifier | undefined): string => Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
const identified = (name: string): StreamIdentifier => new shared.StreamIdentifier().setStreamName(Buffer.from(name));
const uuid = (text: string): UUID => new shared.UUID().setString(text);
const textOf = (id: UUID | undefined): string => id?.getString() ?? '';

export const expectedOf = (options: AppendReq.Options | DeleteReq.Options | TombstoneReq.Options): Expected => {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasAny() ? 'any' : Number(options.getRevision());
};
export const expectedOfBatch = (options: BatchAppendReq.Options): Expected => {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasAny() ? 'any' : Number(options.getStreamPosition());
};

export const proposedOf = (message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): Proposed => ({
  id: textOf(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

type Answered = Extract<Written, { outcome: 'written' | 'wrong-expected-version' }>;
export const appendResp = (written: Answered, expected: Expected): AppendResp => {
  if (written.outcome === 'written') {
    const success = new streams.AppendResp.Success().setCurrentRevision(`${written.revision}`);
    if (written.position === undefined) success.setNoPosition(new shared.Empty());
    else success.setPosition(new streams.AppendResp.Position().setCommitPosition(`${written.position}`).setPreparePosition(`${written.position}`));
    return new streams.AppendResp().setSuccess(success);
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (written.actual === undefined) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(`${written.actual}`);
  if (typeof expected === 'number') wrong.setExpectedRevision(`${expected}`);
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedAny(new shared.Empty());
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
};

export const batchResp = (correlation: UUID | undefined, name: string, expected: Expected, written: Written): BatchAppendResp => {
  const resp = new streams.BatchAppendResp().setStreamIdentifier(identified(name));
  if (correlation) resp.setCorrelationId(correlation);
  switch (written.outcome) {
    case 'written': {
      const success = new streams.BatchAppendResp.Success().setCurrentRevision(`${written.revision}`);
      if (written.position === undefined) success.setNoPosition(new shared.Empty());
      else success.setPosition(new shared.AllStreamPosition().setCommitPosition(`${written.position}`).setPreparePosition(`${written.position}`));
      return resp.setSuccess(success);
    }
    case 'wrong-expected-version': {
      const wrong = new shared.WrongExpectedVersion();
      if (written.actual === undefined) wrong.setCurrentNoStream(new shared.Empty());
      else wrong.setCurrentStreamRevision(`${written.actual}`);
      if (typeof expected === 'number') wrong.setExpectedStreamPosition(`${expected}`);
      else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
      return resp.setError(failure('WrongExpectedVersion', wrong.serializeBinary()));
    }
    case 'stream-deleted':
      return resp.setError(failure('StreamDeleted', new shared.StreamDeleted().setStreamIdentifier(identified(name)).serializeBinary()));
    case 'maximum-append-size-exceeded':
      return resp.setError(failure('MaximumAppendSizeExceeded', new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_BYTES).serializeBinary()));
    case 'access-denied':
      return resp.setError(failure('AccessDenied', new shared.AccessDenied().serializeBinary()));
    case 'bad-request':
      return resp.setError(failure('BadRequest', new shared.BadRequest().serializeBinary()));
  }
};

/** A google.rpc.Status whose details, a google.protobuf.Any, hold one message: written by hand, since the package ships no stub of Any. */
const failure = (type: string, message: Uint8Array) => {
  const any = Buffer.concat([field(1, Buffer.from(`type.googleapis.com/event_store.client.${type}`)), field(2, message)]);
  return statuses.Status.deserializeBinary(Buffer.concat([field(2, Buffer.from(type)), field(3, any)]));
};
/** A field of bytes, by its number. */
const field = (number: number, bytes: Uint8Array): Buffer => {
  const head = [(number << 3) | 2];
  for (let rest = bytes.length; ; rest >>= 7) {
    if (rest < 128) return Buffer.concat([Buffer.from([...head, rest]), bytes]);
    head.push((rest & 127) | 128);
  }
};

export const eventResp = ({ id, stream, revision, position, type, contentType, createdMs, data, metadata }: Recorded): ReadResp => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuid(id))
    .setStreamIdentifier(identified(stream))
    .setStreamRevision(`${revision}`)
    .setCommitPosition(`${position}`)
    .setPreparePosition(`${position}`)
    .setData(data)
    .setCustomMetadata(metadata);
  recorded
    .getMetadataMap()
    .set('type', type)
    .set('content-type', contentType)
    .set('created', `${BigInt(createdMs) * TICKS_PER_MS}`);
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(`${position}`));
};
export const notFoundResp = (name: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identified(name)));
export const confirmationResp = (id: string): ReadResp =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id));
export const caughtUpResp = (): ReadResp => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());
export const checkpointResp = (position: bigint): ReadResp =>
  new streams.ReadResp().setCheckpoint(new streams.ReadResp.Checkpoint().setCommitPosition(`${position}`).setPreparePosition('0'));
/** Where a stream ends: said at the end of a read to those who ask for it. */
export const lastPositionResp = (revision: number): ReadResp => new streams.ReadResp().setLastStreamPosition(`${revision}`);
