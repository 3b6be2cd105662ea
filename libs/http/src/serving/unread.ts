import type { ConnectionError } from 'fastify';
import type { Socket } from 'node:net';
import { toldOf } from '../problem/told-of.js';
import { problemOf } from '../problem/told.js';

const STATUS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Answers what is no HTTP request, of which neither address nor language is known, and hangs up. */
export const refuseUnread = ({ code }: ConnectionError, socket: Socket): void => {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = problemOf(toldOf({ statusCode: STATUS[code] ?? 400 }, ''), 'sv', '/');
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
};
