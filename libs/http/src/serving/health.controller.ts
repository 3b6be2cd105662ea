import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../identity/public.js';
import { Health } from './health.js';

@ApiExcludeController()
@Controller('health')
@Public('Whatever starts and stops the service asks; it says only which part is well.')
export class HealthController {
  constructor(@Inject(Health) private readonly health: Health) {}

  /** The process answers. */
  @Get('live')
  live(): { readonly status: string } {
    return { status: 'ok' };
  }

  /** It can serve: 503 until it can. */
  @Get('ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const { well, checks } = await this.health.ask();
    reply.code(well ? 200 : 503).send({ status: well ? 'ok' : 'failed', checks });
  }
}
