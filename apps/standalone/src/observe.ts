import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EventLog } from '#libs/event-log';
import { Health, Metrics } from '#libs/http';
import type { Views } from '#libs/views';
import type { Worker } from '../../worker/src/worker.js';

/** What must be well for the instance to be ready, and the numbers for those who run it. */
export const observe = (
  app: NestFastifyApplication,
  { log, views, worker }: { readonly log: EventLog; readonly views: Views; readonly worker: Worker },
): void => {
  const health = app.get(Health);
  health.add('log', () => log.head());
  health.add('views', async () => {
    const { ready, reasons } = await views.health();
    if (!ready) throw new Error(reasons.join(' '));
  });
  const metrics = app.get(Metrics);
  metrics.add({
    name: 'uppsikt_views_behind_positions',
    help: 'How far each view is behind the end of the log.',
    type: 'gauge',
    read: async () => (await worker.status()).map(({ view, behind }) => ({ labels: { view }, value: Number(behind) })),
  });
  metrics.add({
    name: 'uppsikt_views_quarantined_rows',
    help: 'Rows whose fold failed: they stand still and the view goes on.',
    type: 'gauge',
    read: async () => (await worker.status()).map(({ view, quarantined }) => ({ labels: { view }, value: quarantined })),
  });
  metrics.add({
    name: 'uppsikt_reactions_dead_letters',
    help: 'Commands of reactions that were refused: somebody has to look at them.',
    type: 'gauge',
    read: async () => (await worker.deadLetters()).length,
  });
};
