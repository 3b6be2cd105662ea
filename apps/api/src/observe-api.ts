import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Health } from '#libs/http';
import type { Footing } from './footing.js';

/** What must be well for a process to be ready. */
export const observeApi = (app: NestFastifyApplication, { log, views }: Pick<Footing, 'log' | 'views'>): void => {
  const health = app.get(Health);
  health.add('log', async () => {
    await log.assertInUse();
    await log.head();
  });
  health.add('views', async () => {
    const { ready, reasons } = await views.health();
    if (!ready) throw new Error(reasons.join(' '));
  });
};
