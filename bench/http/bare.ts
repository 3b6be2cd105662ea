// Nest on Fastify with the same plugins, one route that reads and validates the same command, and nothing behind it.
import type { AddressInfo } from 'node:net';
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Commands, Queries } from '#libs/commands';
import { read } from '#libs/fields';
import { CaughtUp, CLOCK, createHttpApp, Identities, LOG_ID, Public, Requests, Uploads } from '#libs/http';
import { SendServiceOrder } from '#libs/orders';
import { about } from '../../apps/api/src/about.js';

@Controller('orders')
@Public('Nothing is behind it.')
class BareController {
  @Post()
  @HttpCode(201)
  send(@Body() body: unknown): { readonly provider: string } {
    return { provider: read(SendServiceOrder, body).provider };
  }
}

const nobody = { of: () => Promise.resolve(undefined) };
const providers = [
  Commands,
  Queries,
  { provide: CLOCK, useValue: {} },
  { provide: LOG_ID, useValue: '' },
  { provide: CaughtUp, useValue: {} },
  { provide: Requests, useValue: {} },
  { provide: Uploads, useValue: {} },
  { provide: Identities, useValue: nobody },
];

@Module({ imports: [CqrsModule.forRoot()], controllers: [BareController], providers, exports: providers })
class BareModule {}

const app = await createHttpApp({ module: BareModule, global: true }, { about, logLevel: 'warn', rates: { perUser: 1e9, perTenant: 1e9 } });
await app.listen(0, '127.0.0.1');
console.log(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`);
process.once('SIGTERM', () => void app.close().then(() => process.exit()));
