import { Server as NetServer } from 'node:net';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Health } from './health.js';

export interface DrainOptions {
  /** How long new connections are still taken, so that a proxy learns from `/health/ready` that it is to send no more, in milliseconds. */
  readonly acceptMs?: number;
  /** How much longer at most, where requests still come in: who connects in the moment in which we stop listening is cut off. */
  readonly quietMs?: number;
  /** How long what is under way may then take; an open stream of events would take for ever. */
  readonly finishMs?: number;
}

/** Who has not asked for so long has been told to ask elsewhere. */
const QUIET_MS = 300;
const LOOK_MS = 20;

/** Knows what is being answered, so that a process can end without breaking an answer off. */
@Injectable()
export class Draining {
  readonly #answers = new Set<ServerResponse>();
  #lastAskedAt = -Infinity;
  #isDraining = false;
  #rested = Promise.withResolvers<void>();

  watch(server: Server): void {
    server.prependListener('request', ({ url }, answer) => {
      this.#answers.add(answer);
      if (!/^\/(?:health|metrics)/.test(url ?? '')) this.#lastAskedAt = performance.now();
      if (this.#isDraining) answer.setHeader('connection', 'close');
      answer.once('close', () => {
        this.#answers.delete(answer);
        if (this.#answers.size === 0) this.#rested.resolve();
      });
    });
  }

  async drain(server: Server, { acceptMs = 0, quietMs = 0, finishMs = 5_000 }: DrainOptions): Promise<void> {
    this.#isDraining = true;
    for (const answer of this.#answers) if (!answer.headersSent) answer.setHeader('connection', 'close');
    // A connection that idles is told with its next answer, not cut: its next request may be on the way already.
    await pause(acceptMs);
    const latest = performance.now() + quietMs;
    while (performance.now() < Math.min(latest, this.#lastAskedAt + QUIET_MS)) await pause(LOOK_MS);
    NetServer.prototype.close.call(server); // Node's own for HTTP also cuts what idles
    this.#rested = Promise.withResolvers();
    if (this.#answers.size === 0) return;
    const late = new AbortController();
    await Promise.race([this.#rested.promise, pause(finishMs, undefined, { signal: late.signal }).catch(() => {})]);
    late.abort();
  }
}

/** Answers what is under way and takes no more: `/health/ready` says so at once, and every answer tells its connection to go. */
export const drain = async (app: NestFastifyApplication, options: DrainOptions = {}): Promise<void> => {
  app.get(Health).end();
  await app.get(Draining).drain(app.getHttpServer(), options);
};
