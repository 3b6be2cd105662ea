import { setTimeout as pause } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import type { sendUnaryData, ServerDuplexStream, ServerReadableStream, ServerUnaryCall } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Access, Caller } from './event-store-server-access.js';
import type { EventStoreServerLog, Expected, Proposed, Written } from './event-store-server-log.js';
import { MAX_APPEND_BYTES } from './event-store-server-log.js';
import { accessDenied, failed, failure, notLeader, type Failure, type Faults } from './event-store-server-faults.js';
import { appendResp, batchResp, expectedOf, expectedOfBatch, nameOf, proposedOf } from './event-store-server-messages.js';
import type { Fault } from './event-store-server.js';

const { status } = grpc;
interface Asked {
  readonly name: string;
  readonly expected: Expected;
  readonly proposed: readonly Proposed[];
}
/** What becomes of an append: what is written, and how it is answered, if at all. */
interface Came {
  readonly written?: Written;
  readonly failure?: Failure;
  readonly answer: 'once' | 'twice' | 'empty' | 'never';
}

/** Appends by a call of their own, and by the batch stream: the same outcomes. */
export class Appends {
  constructor(
    private readonly log: EventStoreServerLog,
    private readonly faults: Faults,
    private readonly access: Access,
    /** Port of the leader where this is another node. */
    private readonly elsewhere: () => number | undefined,
  ) {}

  readonly append = (call: ServerReadableStream<AppendReq, AppendResp>, reply: sendUnaryData<AppendResp>): void => {
    let options: AppendReq.Options | undefined;
    const proposed: Proposed[] = [];
    const over = this.faults.opened((how) => reply(how));
    call.on('error', () => {});
    call.on('cancelled', over);
    call.on('data', (req: AppendReq) => {
      options ??= req.getOptions();
      const message = req.getProposedMessage();
      if (message) proposed.push(proposedOf(message));
    });
    call.on('end', () => {
      if (!options) return;
      const asked = { name: nameOf(options.getStreamIdentifier()), expected: expectedOf(options), proposed };
      void this.#handle(asked, call).then((came) => {
        if (came.answer !== 'never') over();
        return answer(reply, asked, came);
      });
    });
  };

  readonly batchAppend = (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const open = new Map<string, { readonly options: BatchAppendReq.Options; readonly proposed: Proposed[] }>();
    const over = this.faults.opened((how) => void call.emit('error', how));
    for (const ended of ['cancelled', 'close', 'finish', 'error']) call.on(ended, over);
    call.on('end', () => call.end());
    call.on('data', (req: BatchAppendReq) => {
      const correlation = req.getCorrelationId();
      const key = correlation?.getString() ?? '';
      const options = req.getOptions() ?? open.get(key)?.options;
      if (!options) return;
      const proposed: Proposed[] = open.get(key)?.proposed ?? [];
      proposed.push(...req.getProposedMessagesList().map(proposedOf));
      open.set(key, { options, proposed });
      if (!req.getIsFinal()) return;
      open.delete(key);
      const asked = { name: nameOf(options.getStreamIdentifier()), expected: expectedOfBatch(options), proposed };
      void this.#handle(asked, call).then((came) => answerInBatch(call, correlation, asked, came));
    });
  };

  async #handle(asked: Asked, caller: Caller): Promise<Came> {
    const fault = this.faults.met('append');
    const refused = this.access.refused(caller, 'write', asked.name);
    // Nobody's call ends as a whole; who is known and may not is told so of each append.
    if (refused) return { ...(refused.known ? { written: { outcome: 'access-denied' } } : { failure: refused }), answer: 'once' };
    const leader = caller.metadata.get('requires-leader')[0] === 'true' ? this.elsewhere() : undefined;
    if (leader !== undefined) return { failure: notLeader(leader), answer: 'once' };
    const applied = fault === undefined || isApplied(fault);
    const written = applied ? this.log.append(asked.name, asked.expected, asked.proposed) : undefined;
    return { ...(written && { written }), answer: 'once', ...(fault && (await this.#failing(fault, written))) };
  }

  async #failing(fault: Fault, written: Written | undefined): Promise<Partial<Came>> {
    switch (fault.fault) {
      case 'silence':
        return { answer: 'never' };
      case 'late':
        await pause(fault.ms);
        return {};
      case 'duplicate':
        return { answer: 'twice' };
      case 'ok-without-reply':
        return { answer: 'empty' };
      case 'wrong-revision':
        return written?.outcome === 'written' ? { written: { ...written, revision: written.revision + 7 } } : {};
      default: {
        const said = failed(fault);
        return said ? { failure: said } : {};
      }
    }
  }

  readonly delete = (call: ServerUnaryCall<DeleteReq, DeleteResp>, reply: sendUnaryData<DeleteResp>): void => {
    const gone = this.#delete(call, call.request.getOptions(), false);
    if ('code' in gone) return reply(gone);
    const resp = new streams.DeleteResp();
    if (gone.position === undefined) resp.setNoPosition(new shared.Empty());
    else resp.setPosition(new streams.DeleteResp.Position().setCommitPosition(`${gone.position}`).setPreparePosition(`${gone.position}`));
    reply(null, resp);
  };

  readonly tombstone = (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, reply: sendUnaryData<TombstoneResp>): void => {
    const gone = this.#delete(call, call.request.getOptions(), true);
    if ('code' in gone) return reply(gone);
    const resp = new streams.TombstoneResp();
    if (gone.position === undefined) resp.setNoPosition(new shared.Empty());
    else resp.setPosition(new streams.TombstoneResp.Position().setCommitPosition(`${gone.position}`).setPreparePosition(`${gone.position}`));
    reply(null, resp);
  };

  #delete(
    caller: Caller,
    options: DeleteReq.Options | TombstoneReq.Options | undefined,
    forEver: boolean,
  ): Failure | { readonly position: bigint | undefined } {
    const name = nameOf(options?.getStreamIdentifier());
    const refused = this.access.refused(caller, 'delete', name);
    if (refused || !options) return refused ?? failure(status.INVALID_ARGUMENT, 'No options');
    const gone = this.log.delete(name, expectedOf(options), forEver);
    if (gone.outcome === 'written') return gone;
    if (gone.outcome === 'wrong-expected-version') {
      return failure(status.FAILED_PRECONDITION, 'Delete failed due to WrongExpectedVersion.', {
        exception: gone.outcome,
        'stream-name': name,
        'expected-version': `${options.hasRevision() ? options.getRevision() : -1}`,
        'actual-version': `${gone.actual ?? -1}`,
      });
    }
    return refusal(gone, name) ?? failure(status.UNKNOWN, gone.outcome);
  }
}

const answer = (reply: sendUnaryData<AppendResp>, { name, expected }: Asked, { answer: times, failure: said, written }: Came): void => {
  if (times === 'never') return;
  const refused = said ?? (written && refusal(written, name));
  if (refused) reply(refused);
  else if (times === 'empty' || !written || !answers(written)) reply(null, new streams.AppendResp());
  else reply(null, appendResp(written, expected));
};

const answerInBatch = (
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
  correlation: UUID | undefined,
  { name, expected }: Asked,
  { answer: times, failure: said, written }: Came,
): void => {
  if (times === 'never') return;
  if (said) call.emit('error', said);
  else if (times === 'empty' || !written) call.end();
  else for (let n = times === 'twice' ? 2 : 1; n > 0; n--) call.write(batchResp(correlation, name, expected, written));
};

/** Whether an append that meets a fault is written all the same. */
const isApplied = (fault: Fault): boolean => {
  switch (fault.fault) {
    case 'late':
    case 'duplicate':
    case 'cut-short':
    case 'wrong-revision':
      return true;
    case 'not-leader':
      return false;
    default:
      return fault.applied ?? false;
  }
};

const answers = (written: Written): written is Extract<Written, { outcome: 'written' | 'wrong-expected-version' }> =>
  written.outcome === 'written' || written.outcome === 'wrong-expected-version';

/** What a call of its own answers by its status, where the batch stream has a message for it. */
const refusal = (written: Written, name: string): Failure | undefined => {
  switch (written.outcome) {
    case 'written':
    case 'wrong-expected-version':
      return undefined;
    case 'stream-deleted':
      return failure(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, { exception: 'stream-deleted', 'stream-name': name });
    case 'access-denied':
      return accessDenied();
    case 'maximum-append-size-exceeded':
      return failure(status.INVALID_ARGUMENT, 'Maximum Append Size Exceeded.', {
        exception: 'maximum-append-size-exceeded',
        'maximum-append-size': `${MAX_APPEND_BYTES}`,
      });
    case 'bad-request':
      return failure(status.UNKNOWN, 'Envelope callback expected something else, received BadRequest instead');
  }
};
