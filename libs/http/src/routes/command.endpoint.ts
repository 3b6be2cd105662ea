import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Commands, type Answer, type Context } from '#libs/commands';
import { formatPosition, type Position } from '#libs/event-log';
import { derivedId, type Clock } from '#libs/kernel';
import { identityOf } from '../identity/identity.guard.js';
import { CLOCK, LOG_ID } from '../ports.js';
import { pathOf, problemFor, send } from '../problem/problem.filter.js';
import type { Ready } from '../problem/told.js';
import { Requests } from '../requests/requests.js';
import { commandOf } from './asked.js';
import { idempotencyKeyOf, ifMatchOf } from './conditions.js';
import type { CommandRoute } from './route.js';

/** Takes a command in over HTTP: reads it, sends it unless it is a repeat, and says what came of it. */
@Injectable()
export class CommandEndpoint {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Requests) private readonly requests: Requests,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG_ID) private readonly logId: string,
  ) {}

  async answer(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const key = idempotencyKeyOf(request);
    const ifMatch = ifMatchOf(request, route.ifMatch === 'required');
    const command = commandOf(route.shape, request);
    const { tenant, by, holdings } = identityOf(request);
    const commandId = derivedId(tenant, by.actor, key);
    const context: Context = { tenant, by, holdings, commandId, corr: request.id, now: this.clock.now(), ...(ifMatch !== undefined && { ifMatch }) };
    const { ready, repeated } = await this.requests.once(commandId, [`${request.method} ${pathOf(request)}`, command], () =>
      this.#send(route, command, context, request),
    );
    if (repeated) reply.header('idempotent-replayed', 'true');
    send(reply, ready);
  }

  /** A refusal is an answer like any other: its repeat must be told the same. */
  async #send(route: CommandRoute, command: object, context: Context, request: FastifyRequest): Promise<Ready> {
    try {
      return this.#done(route, await this.commands.send(command, context), request);
    } catch (error) {
      return problemFor(error, request);
    }
  }

  #done({ status = 200, location }: CommandRoute, { id, revision, etag, position }: Answer, request: FastifyRequest): Ready {
    const found = location ? `/api/v1/${location(id)}` : `${pathOf(request)}/${id}`;
    return {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8', etag: `"${etag}"`, ...(status === 201 && { location: found }) },
      body: JSON.stringify({ id, revision, position: formatPosition(this.logId, position as Position) }),
    };
  }
}
