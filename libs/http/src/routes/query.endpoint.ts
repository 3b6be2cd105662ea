import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Queries, type Asking } from '#libs/commands';
import { parsePosition } from '#libs/event-log';
import { ascii, type Query } from '#libs/fields';
import { isEarlier, never, stockholmDay, type Clock, type Instant } from '#libs/kernel';
import { identityOf } from '../identity/identity.guard.js';
import { CaughtUp, CLOCK, LOG_ID } from '../ports.js';
import { languageOf } from '../problem/language.js';
import { VIEWS_BEHIND } from '../problem/told-of.js';
import { HttpRefused } from '../problem/told.js';
import { queryOf } from './asked.js';
import { attachment } from './content-disposition.js';
import { csvOf } from './csv.js';
import { Download } from './download.js';
import { assertWhole, fileFormOf, MAX_FILE_ROWS, XLSX, type FileForm } from './file-form.js';
import type { QueryRoute } from './route.js';
import { xlsxOf } from './xlsx.js';

/** How long an answer waits for the views to have what its asker has just done. */
const REACH_TIMEOUT_MS = 5_000;

/** A page of a list, as a query answers it. */
export interface Listed {
  readonly total: number;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** Where a list goes on that is not counted to its end. */
  readonly cursor?: string;
}

/** Takes a question in over HTTP, and gives its answer: an object, a list as JSON, CSV or XLSX, or a file. */
@Injectable()
export class QueryEndpoint {
  constructor(
    @Inject(Queries) private readonly queries: Queries,
    @Inject(CaughtUp) private readonly caughtUp: CaughtUp,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG_ID) private readonly logId: string,
  ) {}

  async answer(route: QueryRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const query = queryOf(route.shape, request);
    await this.#reach((request.query as Record<string, unknown>).after);
    const asking = this.#asking(query, request);
    if (!route.columns) {
      give(request, reply, await this.queries.ask(query, asking));
      return;
    }
    const form = fileFormOf(request.headers.accept);
    reply.header('vary', 'accept, accept-language');
    if (form) {
      await this.#giveFile(form, route, query, asking, request, reply);
      return;
    }
    const page = query as { readonly limit: number; readonly offset: number };
    const { total, items, ...more } = (await this.queries.ask(query, asking)) as Listed;
    reply.send({ total, limit: page.limit, offset: page.offset, ...more, items });
  }

  /** A file is the whole list, unless a page of it is asked for. */
  async #giveFile(form: FileForm, { shape, columns = {}, answer }: QueryRoute, query: object, asking: Asking, request: FastifyRequest, reply: FastifyReply) {
    const { offset } = query as { readonly offset: number };
    const whole = (request.query as Record<string, unknown>).limit === undefined ? Object.assign(query, { limit: MAX_FILE_ROWS }) : query;
    const listed = (await this.queries.ask(whole, asking)) as Listed;
    assertWhole(listed, offset);
    const language = languageOf(request.headers['accept-language']);
    const name = ascii(shape.name);
    reply.header('content-disposition', attachment(`${name}.${form}`));
    switch (form) {
      case 'csv':
        reply.type('text/csv; charset=utf-8').send(csvOf(columns, listed, language));
        return;
      case 'xlsx':
        reply.type(XLSX).send(await xlsxOf(columns, listed, { answer, name, language }));
        return;
      default:
        never(form);
    }
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

const give = (request: FastifyRequest, reply: FastifyReply, answer: unknown): void => {
  if (answer instanceof Download) {
    giveDownload(request, reply, answer);
    return;
  }
  const etag = (answer as { readonly etag?: unknown } | undefined)?.etag;
  if (typeof etag === 'number') reply.header('etag', `"${etag}"`);
  reply.send(answer);
};

const giveDownload = ({ headers }: FastifyRequest, reply: FastifyReply, { type, name, content, about: { size, etag } }: Download): void => {
  if (etag !== undefined) reply.header('etag', `"${etag}"`);
  if (etag !== undefined && headers['if-none-match'] === `"${etag}"`) {
    if (!Buffer.isBuffer(content)) content.destroy();
    reply.code(304).send();
    return;
  }
  if (size !== undefined) reply.header('content-length', size);
  reply.type(type).header('content-disposition', attachment(name)).send(content);
};
