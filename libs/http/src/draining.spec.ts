import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Controller, Get, Module, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SampleModule } from './http.samples.js';
import { drain, Public } from './index.js';
import { serveSample, type Served } from './served.samples.js';

let served: Served;
beforeAll(async () => {
  served = await serveSample();
});
afterAll(() => served.close());

/** An app that answers `/dev/slow` when it is let, and `/dev/stream` never to the end. */
const slowApp = async () => {
  const [asked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  @Controller('dev')
  @Public('A sample.')
  class SlowController {
    @Get('slow')
    async slow(): Promise<{ readonly told: string }> {
      asked.resolve();
      await gate.promise;
      return { told: 'to the end' };
    }

    @Get('stream')
    stream(@Res() reply: FastifyReply): void {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.raw.write(': begun\n\n');
    }
  }
  @Module({ imports: [SampleModule], controllers: [SlowController], exports: [SampleModule] })
  class SlowModule {}
  const app = await served.another(SlowModule);
  return { app, origin: await app.getUrl(), asked: asked.promise, answer: () => gate.resolve() };
};

const ask = async (url: string, agent = new Agent()) => {
  const [answer] = (await once(request(url, { agent }).end(), 'response')) as [IncomingMessage];
  return { status: answer.statusCode, connection: answer.headers.connection, said: await text(answer) };
};

test('a process that ends answers what is under way, says that it is not ready, and then takes no more', async () => {
  const { app, origin, asked, answer } = await slowApp();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect(await ask(`${origin}/health/ready`, agent)).toMatchObject({ status: 200, connection: 'keep-alive' });
  const under = ask(`${origin}/dev/slow`);
  await asked;
  const draining = drain(app, { acceptMs: 3_000, finishMs: 60_000 });
  const notReady = { status: 503, connection: 'close' };
  expect(await ask(`${origin}/health/ready`, agent)).toMatchObject(notReady); // over the connection that idled
  expect(await ask(`${origin}/health/ready`)).toMatchObject(notReady); // over a new one
  expect(await ask(`${origin}/health/live`)).toMatchObject({ status: 200, connection: 'close' });
  for (let isRefused = false; !isRefused;) {
    isRefused = await ask(`${origin}/health/live`).then(
      () => false,
      (error: { readonly code?: string }) => error.code === 'ECONNREFUSED',
    );
  }
  answer();
  expect(await under).toMatchObject({ status: 200, connection: 'close', said: '{"told":"to the end"}' });
  await draining;
  await app.close();
});

test('a stream that never ends does not keep a process from ending', async () => {
  const { app, origin } = await slowApp();
  const [stream] = (await once(request(`${origin}/dev/stream`).end(), 'response')) as [IncomingMessage];
  const cut = once(stream, 'error');
  stream.resume();
  await drain(app, { finishMs: 50 });
  await app.close();
  expect(await cut).toMatchObject([{ code: 'ECONNRESET' }]);
});
