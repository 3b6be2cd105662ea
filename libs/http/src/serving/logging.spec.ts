import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { pinoHttp } from 'pino-http';
import { requestLog } from './logging.js';

test('a line of the log says method, path and status, and nothing about a person', async () => {
  const id = '3f6c1d52-7a4e-4c19-8d2b-6e0f9a7b5c31';
  const written = new PassThrough();
  const log = pinoHttp(requestLog('info', new Set(['', 'api', 'v1', 'orders'])), written);
  const server = createServer((request, response) => {
    log(request, response);
    request.log.error(Object.assign(new Error('broken'), { detail: 'Key (name)=(Anna Andersson)' }), 'failed');
    response.end('secret');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/api/v1/orders/${id}/Anna%20Andersson?name=Anna`, {
    method: 'POST',
    body: 'Anna',
    headers: { 'uppsikt-person': 'anna', authorization: 'Bearer of-anna', cookie: 'a=b', 'user-agent': 'Netscape' },
  });
  const lines: Record<string, unknown>[] = [];
  for await (const line of createInterface(written)) if (lines.push(JSON.parse(line) as Record<string, unknown>) === 2) break;
  server.close();
  expect(lines[1]).toMatchObject({ req: { method: 'POST', path: `/api/v1/orders/${id}/…` }, res: { statusCode: 200 } });
  expect(lines[0]).toMatchObject({ err: { message: 'broken' } });
  expect(JSON.stringify(lines)).not.toMatch(/anna|secret|127\.0\.0\.1|netscape|a=b/i);
});
