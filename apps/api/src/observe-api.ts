import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Health } from '#libs/http';
import { Metrics } from '#libs/telemetry';
import type { Footing } from './footing.js';

/** What must be well for a process to be ready, and the numbers of that. */
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
  const metrics = app.get(Metrics);
  metrics.add({
    name: 'uppsikt_health',
    help: 'Whether each part that the process cannot do without is well: 1, or 0.',
    type: 'gauge',
    read: async () => Object.entries((await health.ask()).checks).map(([check, state]) => ({ labels: { check }, value: state === 'ok' ? 1 : 0 })),
  });
  metrics.add({
    name: 'uppsikt_log_head_position',
    help: 'Where the log ends.',
    type: 'gauge',
    read: async () => Number(await log.head()),
  });
};
