import { setTimeout as pause } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import type { ServerUnaryCall, sendUnaryData, ServerCredentials } from '@grpc/grpc-js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import userServices from '@eventstore/db-client/generated/users_grpc_pb.js';
import users from '@eventstore/db-client/generated/users_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import { randomId } from '#libs/kernel';
import { Access } from './event-store-server-access.js';
import { Appends } from './event-store-server-appends.js';
import { Door } from './event-store-server-door.js';
import { EventStoreServerLog } from './event-store-server-log.js';
import { failed, failure, Faults, stopped } from './event-store-server-faults.js';
import { Reads } from './event-store-server-reads.js';
import type { Drop, EventStoreServer, EventStoreServerOptions, Fault, Operation } from './event-store-server.js';

/** The server itself; see `eventStoreServer`. */
export const openEventStoreServer = async (options: EventStoreServerOptions): Promise<EventStoreServer> => {
  const server = new grpc.Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  const behind = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentialsOf(options.tls), (error, port) => (error ? reject(error) : resolve(port)));
  });
  const door = new Door(behind);
  await door.open();
  const opened = new OpenServer(server, door, behind, options);
  opened.serve();
  return opened;
};

const credentialsOf = (tls: EventStoreServerOptions['tls']): ServerCredentials => {
  if (!tls) return grpc.ServerCredentials.createInsecure();
  const pair = { cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) };
  return grpc.ServerCredentials.createSsl(tls.clientCa ? Buffer.from(tls.clientCa) : null, [pair], tls.clientCa !== undefined);
};

/** For calls that cannot be ended one by one, when all others have been. */
const GRACE_MS = 100;

class OpenServer implements EventStoreServer {
  role: 'leader' | 'follower';
  readonly log: EventStoreServerLog;
  readonly #faults = new Faults();
  readonly #reads: Reads;
  readonly #appends: Appends;
  readonly #access: Access;

  constructor(
    private readonly server: InstanceType<typeof grpc.Server>,
    private readonly door: Door,
    /** The port that the door leads to. */
    private readonly behind: number,
    private readonly options: EventStoreServerOptions,
  ) {
    this.role = options.role ?? 'leader';
    this.log = options.log ?? new EventStoreServerLog();
    this.#access = new Access(this.log, options.users);
    const elsewhere = () => (this.role === 'leader' ? undefined : this.#leader());
    this.#reads = new Reads(this.log, this.#faults, this.#access, elsewhere);
    this.#appends = new Appends(this.log, this.#faults, this.#access, elsewhere);
  }

  serve(): void {
    const appends = this.#appends;
    const reads = this.#reads;
    this.server.addService(streamServices.StreamsService, {
      append: appends.append,
      batchAppend: appends.batchAppend,
      delete: appends.delete,
      tombstone: appends.tombstone,
      read: reads.read,
    });
    this.server.addService(userServices.UsersService, { create: this.#create, resetPassword: this.#resetPassword });
    this.server.addService(gossipServices.GossipService, { read: this.#gossip });
    this.server.addService(featureServices.ServerFeaturesService, { getSupportedMethods: this.#features });
  }

  readonly #features = (_: ServerUnaryCall<Empty, features.SupportedMethods>, reply: sendUnaryData<features.SupportedMethods>) => {
    const fault = this.#faults.met('features');
    if (fault?.fault === 'silence') return;
    const failing = fault && failed(fault);
    if (failing) return reply(failing);
    const method = new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName('batchappend');
    reply(null, new features.SupportedMethods().setEventStoreServerVersion('23.10.8').setMethodsList([method]));
  };

  readonly #create = (call: ServerUnaryCall<users.CreateReq, users.CreateResp>, reply: sendUnaryData<users.CreateResp>) => {
    const options = call.request.getOptions();
    const name = options?.getLoginName() ?? '';
    if (this.#access.knows(name)) return reply(failure(grpc.status.ALREADY_EXISTS, 'User already exists', { exception: 'user-conflict', 'login-name': name }));
    const refused = this.#access.put(call, { name, password: options?.getPassword() ?? '', groups: options?.getGroupsList() ?? [] });
    if (refused) reply(refused);
    else reply(null, new users.CreateResp());
  };

  readonly #resetPassword = (call: ServerUnaryCall<users.ResetPasswordReq, users.ResetPasswordResp>, reply: sendUnaryData<users.ResetPasswordResp>) => {
    const options = call.request.getOptions();
    const refused = this.#access.put(call, { name: options?.getLoginName() ?? '', password: options?.getNewPassword() ?? '' });
    if (refused) reply(refused);
    else reply(null, new users.ResetPasswordResp());
  };

  readonly #gossip = (_: ServerUnaryCall<Empty, gossip.ClusterInfo>, reply: sendUnaryData<gossip.ClusterInfo>) => {
    const fault = this.#faults.met('gossip');
    if (fault?.fault === 'silence') return;
    const failing = fault && failed(fault);
    if (failing) return reply(failing);
    const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
    const members = this.#members().map(({ port, role, alive }) =>
      new gossip.MemberInfo()
        .setInstanceId(new shared.UUID().setString(randomId()))
        .setState(role === 'leader' ? LEADER : FOLLOWER)
        .setIsAlive(alive)
        .setHttpEndPoint(new gossip.EndPoint().setAddress(this.#host).setPort(port)),
    );
    reply(null, new gossip.ClusterInfo().setMembersList(members));
  };

  #members() {
    return this.options.members?.() ?? [{ port: this.port, role: this.role, alive: true }];
  }
  #leader(): number {
    return this.#members().find(({ role, alive }) => role === 'leader' && alive)?.port ?? this.port;
  }

  get port(): number {
    return this.door.port;
  }
  /** A certificate is for a name. */
  get #host(): string {
    return this.options.tls ? 'localhost' : '127.0.0.1';
  }
  get url(): string {
    return `esdb://${this.#host}:${this.port}?tls=${this.options.tls !== undefined}`;
  }
  fail(operation: Operation, ...faults: readonly Fault[]): void {
    this.#faults.add(operation, faults);
  }
  get pending(): number {
    return this.#faults.pending;
  }
  get calls() {
    return this.#faults.calls;
  }
  get subscriptions(): number {
    return this.#reads.subscriptions;
  }
  get given(): number {
    return this.#reads.given;
  }
  happens(type = '$statsCollected'): void {
    this.log.append('$stats', 'any', [
      { id: randomId(), type, contentType: 'application/json', data: Buffer.from('{"proc-cpu":1}'), metadata: new Uint8Array() },
    ]);
  }
  drop(how: Drop): void {
    this.#reads.drop(how);
  }
  halfOpen(): void {
    this.door.freeze();
  }
  pause(): void {
    this.door.pause();
  }
  resume(): void {
    this.door.resume();
  }
  cut(): void {
    this.door.cut();
  }
  isolate(): void {
    this.#faults.silent = { writes: 'none' };
  }
  async endPolitely(silenceMs: number): Promise<void> {
    this.#faults.silent = { writes: 'every second' };
    await pause(silenceMs);
    this.#faults.endAll(stopped());
    const left = this.door.left();
    this.server.drain(`127.0.0.1:${this.behind}`, GRACE_MS);
    await left;
  }
  away(): Promise<void> {
    return this.door.shut();
  }
  back(): Promise<void> {
    this.#faults.silent = undefined;
    return this.door.open();
  }
  async close(): Promise<void> {
    await this.door.shut();
    this.server.forceShutdown();
  }
}
