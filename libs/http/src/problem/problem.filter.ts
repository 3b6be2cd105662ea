import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from './language.js';
import { toldOf } from './told-of.js';
import { problemOf, type Ready } from './told.js';

const logger = new Logger('Problem');

/** The address that was asked, without its parameters. */
export const pathOf = ({ url }: Pick<FastifyRequest, 'url'>): string => url.split('?', 1)[0] ?? '/';

/** An error as an answer to its request. */
export const problemFor = (error: unknown, request: FastifyRequest): Ready => {
  const told = toldOf(error, request.id);
  if (told.status >= 500) report(error, request.id);
  return problemOf(told, languageOf(request.headers['accept-language']), pathOf(request));
};

/** Only what a stack says: an error's other properties may hold a row of the database, and so a person. */
const report = (error: unknown, reference: string): void => {
  const { name, message, stack } = error instanceof Object ? (error as Partial<Error>) : { name: 'Thrown', message: String(error) };
  logger.error(`${reference} ${name}: ${message}`, stack);
};

export const send = (reply: FastifyReply, { status, headers, body }: Ready): FastifyReply => reply.code(status).headers(headers).send(body);

/** Every error of every request becomes a problem (RFC 9457), also those of the server itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (!reply.sent) send(reply, problemFor(error, http.getRequest<FastifyRequest>()));
  }
}
