import type { ClientReadableStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Try } from './event-store-calls.js';
import type { Came } from './event-store-entries.js';

/** Some of a stream is asked for: from a revision, that one included, or from one of its ends. */
export interface StreamRead {
  readonly name: string;
  readonly from: bigint | 'start' | 'end';
  readonly backwards: boolean;
  readonly count: number;
}
export interface Chunk {
  readonly events: readonly Came[];
  /** The server has said that this is all that was asked for. */
  readonly whole: boolean;
  /** There is no such stream. */
  readonly absent: boolean;
}
export type ReadCall = ClientReadableStream<ReadResp>;

/**
 * As the client's `readStream` asks, but for one thing: the server is to say where the stream ends, as it does for other clients.
 * A call that ends well before its time, and says nothing, would pass for all that there is.
 */
export const readReqOf = ({ name, from, backwards, count }: StreamRead): ReadReq => {
  const stream = new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(name)));
  if (from === 'start') stream.setStart(new shared.Empty());
  else if (from === 'end') stream.setEnd(new shared.Empty());
  else stream.setRevision(`${from}`);
  const { FORWARDS, BACKWARDS } = streams.ReadReq.Options.ReadDirection;
  const options = new streams.ReadReq.Options()
    .setStream(stream)
    .setCount(`${count}`)
    .setReadDirection(backwards ? BACKWARDS : FORWARDS)
    .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()))
    .setNoFilter(new shared.Empty())
    .setControlOption(new streams.ReadReq.Options.ControlOption().setCompatibility(1));
  return new streams.ReadReq().setOptions(options);
};

export const chunkOf = async (call: ReadCall, { signal, goesOn }: Try): Promise<Chunk> => {
  // It may fail a second time, when nobody reads it any more.
  call.on('error', () => {});
  signal.addEventListener('abort', () => call.cancel(), { once: true });
  const events: Came[] = [];
  let whole = false;
  let absent = false;
  for await (const resp of call as AsyncIterable<ReadResp>) {
    goesOn();
    const recorded = resp.getEvent()?.getEvent();
    if (recorded) events.push({ event: cameOf(recorded) });
    absent ||= resp.hasStreamNotFound();
    whole ||= absent || resp.hasLastStreamPosition();
  }
  return { events, whole, absent };
};

const cameOf = (recorded: ReadResp.ReadEvent.RecordedEvent): NonNullable<Came['event']> => {
  const data = Buffer.from(recorded.getData_asU8());
  const isJson = recorded.getMetadataMap().get('content-type') === 'application/json';
  return {
    id: recorded.getId()?.getString() ?? '',
    streamId: Buffer.from(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8'),
    type: recorded.getMetadataMap().get('type') ?? '',
    revision: BigInt(recorded.getStreamRevision()),
    position: { commit: BigInt(recorded.getCommitPosition()), prepare: BigInt(recorded.getPreparePosition()) },
    isJson,
    data: isJson ? parsed(data.toString('utf8')) : data,
  };
};

/** What is no JSON is none of ours, whatever the server calls it. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
