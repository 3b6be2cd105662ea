import { convertToCommandError, EventStoreDBClient } from '@eventstore/db-client';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import userServices from '@eventstore/db-client/generated/users_grpc_pb.js';
import type { UsersClient } from '@eventstore/db-client/generated/users_grpc_pb.js';
import users from '@eventstore/db-client/generated/users_pb.js';
import type { EventStoreAddress } from './event-store-address.js';
import { chunkOf, readReqOf, type Chunk, type ReadCall, type StreamRead } from './event-store-stream-read.js';
import type { Try } from './event-store-calls.js';
import { AppendStream, type Answer, type AppendCall, type Proposal } from './event-store-append-stream.js';

/** The client, with appends of its own: see {@link AppendStream}. It asks nobody for the server's abilities, which it would ask for once, also where that fails. */
export class EventStoreClient extends EventStoreDBClient {
  /** The open call of each connection. */
  readonly #calls = new WeakMap<StreamsClient, AppendCall | Promise<AppendCall>>();
  readonly #streams = new WeakMap<AppendCall, AppendStream>();
  // The client opens it by its own connection, and looks for another leader where it fails.
  readonly #open = this.GRPCStreamCreator(streamServices.StreamsClient, 'appendTo', (connection) => this.#begin(connection), this.#calls);

  #begin(connection: StreamsClient): AppendCall {
    const call = connection.batchAppend(...this.callArguments({ requiresLeader: true }, { deadline: Infinity }));
    this.#streams.set(call, new AppendStream(call, () => void this.#calls.delete(connection)));
    return call;
  }

  /** @throws whatever the connection or the server says; its `type` tells what is a refusal */
  async appendTo(proposal: Proposal, signal: AbortSignal): Promise<Answer> {
    try {
      const call = await this.#open();
      const stream = this.#streams.get(call);
      if (!stream) throw new Error('A call that nobody opened.');
      return await stream.append(proposal, signal);
    } catch (error) {
      throw convertToCommandError(error as Error);
    }
  }

  /** @throws as `appendTo` */
  async readSome(asked: StreamRead, one: Try): Promise<Chunk> {
    try {
      const open = this.GRPCStreamCreator(streamServices.StreamsClient, 'readSome', (connection): ReadCall =>
        connection.read(readReqOf(asked), ...this.callArguments({}, { deadline: Infinity })),
      );
      return await chunkOf(await open(), one);
    } catch (error) {
      throw convertToCommandError(error as Error);
    }
  }

  /** Makes a user, or gives one that is there another password. Administrators only. */
  async putUser(name: string, password: string): Promise<void> {
    const create = new users.CreateReq().setOptions(new users.CreateReq.Options().setLoginName(name).setFullName(name).setPassword(password));
    const reset = new users.ResetPasswordReq().setOptions(new users.ResetPasswordReq.Options().setLoginName(name).setNewPassword(password));
    const done = (ask: (connection: UsersClient, answer: (error: Error | null) => void) => void) =>
      this.execute(userServices.UsersClient, 'putUser', (connection) => {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        ask(connection, (error) => (error ? reject(convertToCommandError(error)) : resolve()));
        return promise;
      });
    try {
      await done((connection, answer) => connection.create(create, ...this.callArguments({ requiresLeader: true }), answer));
    } catch (error) {
      if ((error as { type?: string }).type !== 'user-conflict') throw error;
      await done((connection, answer) => connection.resetPassword(reset, ...this.callArguments({ requiresLeader: true }), answer));
    }
  }

  /** Ends what it reads, and lets go of its connection when the calls under way are done. */
  close(): void {
    // Waits for ever for a stream whose reader left before its end; that each is told to end is enough.
    void this.dispose();
    // Where nobody was found to connect to there is nothing to close.
    void this.getChannel().then(
      (channel) => channel.close(),
      () => {},
    );
  }
}

/** Found anew by each call that fails, so it need not look long. */
const DISCOVERY = { maxDiscoverAttempts: 3, gossipTimeout: 1, nodePreference: 'leader' } as const;

export const openClient = ({ nodes, discover, tls, user, settings }: EventStoreAddress, name: string): EventStoreClient => {
  const [first] = nodes;
  if (!first) throw new RangeError('An EventStoreDB has at least one node.');
  const how = { connectionName: name, ...DISCOVERY, ...settings };
  const credentials = tls
    ? { ...(tls.ca && { rootCertificate: tls.ca }), ...(tls.certificate && tls.key && { userCertFile: tls.certificate, userKeyFile: tls.key }) }
    : { insecure: true };
  if (nodes.length > 1) return new EventStoreClient({ endpoints: [...nodes], ...how }, credentials, user);
  return discover ? new EventStoreClient({ discover: first, ...how }, credentials, user) : new EventStoreClient({ endpoint: first, ...how }, credentials, user);
};
