import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreServerLog } from './event-store-server-log.js';
import { eventStoreServer, type EventStoreServer, type EventStoreServerOptions } from './event-store-server.js';

/** How long the others take to see that the leader is gone, and to choose another. */
const ELECTION_MS = 150;
/** How long one that was told to stop answers nothing before it ends. */
const SILENCE_MS = 300;

/** Nodes that keep one log, tell each other's clients who leads, and choose another where the leader falls. */
export class EventStoreCluster {
  readonly #nodes: EventStoreServer[] = [];
  readonly #gone = new Set<EventStoreServer>();

  static async open(options: Pick<EventStoreServerOptions, 'tls' | 'users'> = {}, count = 3): Promise<EventStoreCluster> {
    const cluster = new EventStoreCluster();
    const log = new EventStoreServerLog();
    const members = () => cluster.#nodes.map((node) => ({ port: node.port, role: node.role, alive: !cluster.#gone.has(node) }));
    for (let n = 0; n < count; n++) cluster.#nodes.push(await eventStoreServer({ ...options, log, members, role: n === 0 ? 'leader' : 'follower' }));
    return cluster;
  }

  get nodes(): readonly EventStoreServer[] {
    return this.#nodes;
  }
  get leader(): EventStoreServer {
    return this.#one('leader');
  }
  get follower(): EventStoreServer {
    return this.#one('follower');
  }
  #one(role: 'leader' | 'follower'): EventStoreServer {
    const node = this.#nodes.find((one) => one.role === role && !this.#gone.has(one));
    if (!node) throw new Error(`The cluster has no ${role} now.`);
    return node;
  }

  /** Another node leads from now on, and the one that did goes on as a follower: connections stay as they are. */
  handOver(): void {
    const { leader, follower } = this;
    leader.role = 'follower';
    follower.role = 'leader';
  }

  /** As `kill -9` does: every connection is cut, and none is taken until it is back, as a follower. */
  async kill(node: EventStoreServer): Promise<void> {
    const fell = this.#fall(node);
    await node.away();
    await fell;
  }
  async revive(node: EventStoreServer): Promise<void> {
    await node.back();
    this.#gone.delete(node);
  }

  /** As `kill -TERM` does: for a while nothing is answered, then what is open is ended and no connection is taken, until it is back, as a follower. */
  async stop(node: EventStoreServer): Promise<void> {
    await Promise.all([node.endPolitely(SILENCE_MS), this.#fall(node)]);
  }

  /** The others have cut it off and chosen another; when it finds out, what was never replicated is gone and its process ends, until it is back, as a follower. */
  async depose(node: EventStoreServer): Promise<void> {
    node.isolate();
    await this.#fall(node);
    await node.away();
  }

  /** As `kill -STOP` does: nothing answers, and no connection is closed, until it goes on, as a follower. */
  async silence(node: EventStoreServer): Promise<void> {
    node.pause();
    await this.#fall(node);
  }
  wake(node: EventStoreServer): void {
    node.resume();
    this.#gone.delete(node);
  }

  async #fall(node: EventStoreServer): Promise<void> {
    this.#gone.add(node);
    if (node.role === 'follower') return;
    node.role = 'follower';
    await pause(ELECTION_MS);
    this.follower.role = 'leader';
  }

  async close(): Promise<void> {
    for (const node of this.#nodes) await node.close();
  }
}
