import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Queries, type Asking } from '#libs/commands';
import { parsePosition } from '#libs/event-log';
import { ascii, type Query } from '#libs/fields';
import { isEarlier, stockholmDay, type Clock, type Instant } from '#libs/kernel';
import { identityOf } from '../identity/identity.guard.js';
import { CaughtUp, CLOCK, LOG_ID } from '../ports.js';
import { languageOf } from '../problem/language.js';
import { VIEWS_BEHIND } from '../problem/told-of.js';
import { HttpRefused } from '../problem/told.js';
import { queryOf } from './asked.js';
import { csvOf, MAX_FILE_ROWS, wantsCsv } from './csv.js';
import { Download } from './download.js';
import type { QueryRoute } from './route.js';

/** How long an answer waits for the views to have what its asker has just done. */
const REACH_TIMEOUT_MS = 5_000;

/** A page of a list, as a query answers it. */
export interface Listed {
  readonly total: number;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** Where a list goes on that is not counted to its end. */
  readonly cursor?: string;
}

/** Takes a question in over HTTP, and gives its answer: an object, a list as JSON or CSV, or a file. */
@Injectable()
export class QueryEndpoint {
  constructor(
    @Inject(Queries) private readonly queries: Queries,
    @Inject(CaughtUp) private readonly caughtUp: CaughtUp,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG_ID) private readonly logId: string,
  ) {}

  async answer({ shape, columns }: QueryRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const query = queryOf(shape, request);
    await this.#reach((request.query as Record<string, unknown>).after);
    const asking = this.#asking(query, request);
    if (!columns) {
      give(reply, await this.queries.ask(query, asking));
      return;
    }
    const page = query as { readonly limit: number; readonly offset: number };
    if (wantsCsv(request.headers.accept)) {
      // A file is the whole list, unless a page of it is asked for.
      const whole = (request.query as Record<string, unknown>).limit === undefined ? Object.assign(query, { limit: MAX_FILE_ROWS }) : query;
      reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${ascii(shape.name)}.csv"`);
      reply.send(csvOf(columns, (await this.queries.ask(whole, asking)) as Listed, page.offset, languageOf(request.headers['accept-language'])));
      return;
    }
    const { total, items, ...more } = (await this.queries.ask(query, asking)) as Listed;
    reply.send({ total, limit: page.limit, offset: page.offset, ...more, items });
  }

  #asking({ asOf }: Partial<Query>, request: FastifyRequest): Asking {
    const now = this.clock.now();
    if (asOf !== undefined && isEarlier(now, asOf)) throw notYet(asOf);
    return { ...identityOf(request), now, today: stockholmDay(asOf ?? now), ...(asOf !== undefined && { asOf }) };
  }

  async #reach(after: unknown): Promise<void> {
    if (after === undefined) return;
    const position = parsePosition(this.logId, typeof after === 'string' ? after : '');
    if (await this.caughtUp.with(position, REACH_TIMEOUT_MS)) return;
    throw new HttpRefused(VIEWS_BEHIND);
  }
}

const notYet = (asOf: Instant) =>
  new HttpRefused({
    status: 422,
    code: 'as-of.future',
    text: { sv: `Vad som är registrerat ${asOf} går inte att säga än.`, en: `What is recorded at ${asOf} cannot be said yet.` },
  });

const give = (reply: FastifyReply, answer: unknown): void => {
  if (answer instanceof Download) {
    reply.type(answer.type).header('content-disposition', `attachment; filename="${answer.name}"`).send(answer.content);
    return;
  }
  const etag = (answer as { readonly etag?: unknown } | undefined)?.etag;
  if (typeof etag === 'number') reply.header('etag', `"${etag}"`);
  reply.send(answer);
};
