import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Commands, refuse, useCaseOf, type Context } from '#libs/commands';
import { formatPosition, type Position } from '#libs/event-log';
import { read } from '#libs/fields';
import { derivedId, type Clock } from '#libs/kernel';
import { identityOf } from '../identity/identity.guard.js';
import { CLOCK, LOG_ID, Uploads } from '../ports.js';
import { pathOf, problemFor, send } from '../problem/problem.filter.js';
import { HttpRefused, type Ready } from '../problem/told.js';
import { Requests } from '../requests/requests.js';
import { idempotencyKeyOf } from './conditions.js';
import type { UploadRoute } from './route.js';
import { readUnheeded, uploadIn, type Upload } from './upload.js';

/** How many files may come in at once: each is held in memory until it is kept. */
const MAX_AT_ONCE = 16;

/** Takes a file in over HTTP: reads it, has its bytes kept, and only then sends the command that records it. */
@Injectable()
export class UploadEndpoint {
  #underWay = 0;

  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Requests) private readonly requests: Requests,
    @Inject(Uploads) private readonly uploads: Uploads,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG_ID) private readonly logId: string,
  ) {}

  async answer(route: UploadRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      await this.#take(route, request, reply);
    } catch (error) {
      await readUnheeded(request, this.uploads.maxBytes);
      throw error;
    }
  }

  async #take(route: UploadRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const key = idempotencyKeyOf(request);
    const identity = identityOf(request);
    const refusal = refuse(identity, useCaseOf(route.shape)?.may ?? [], undefined);
    if (refusal) throw refusal; // before a byte of it is kept
    if (this.#underWay >= MAX_AT_ONCE) throw busy();
    this.#underWay++;
    try {
      const upload = await uploadIn(request, route.takes, this.uploads.maxBytes);
      const { bytes, ...rest } = upload;
      const command = read(route.shape, { ...rest, size: bytes.length });
      const commandId = derivedId(identity.tenant, identity.by.actor, key);
      const context: Context = { ...identity, commandId, corr: request.id, now: this.clock.now() };
      const { ready, repeated } = await this.requests.once(commandId, [`${request.method} ${pathOf(request)}`, command], () =>
        this.#keep(route, upload, command, context, request),
      );
      if (repeated) reply.header('idempotent-replayed', 'true');
      send(reply, ready);
    } finally {
      this.#underWay--;
    }
  }

  async #keep(route: UploadRoute, { bytes, sha256 }: Upload, command: object, context: Context, request: FastifyRequest): Promise<Ready> {
    try {
      await this.uploads.keep(context.tenant, sha256, bytes);
      const { id, revision, etag, position } = await this.commands.send(command, context);
      const said = { id, revision, position: formatPosition(this.logId, position as Position), ...command };
      return {
        status: 201,
        headers: { 'content-type': 'application/json; charset=utf-8', etag: `"${etag}"`, location: `/api/v1/${route.location(sha256)}` },
        body: JSON.stringify(said),
      };
    } catch (error) {
      return problemFor(error, request);
    }
  }
}

const busy = () =>
  new HttpRefused({
    status: 503,
    code: 'uploads.busy',
    text: { sv: 'Många filer tas emot just nu. Försök igen om en stund.', en: 'Many files are coming in at the moment. Try again shortly.' },
    headers: { 'retry-after': '2' },
  });
