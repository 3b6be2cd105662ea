import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Metrics } from '#libs/http';
import type { Worker } from './worker.js';

/** The numbers of what a worker does, for those who run it. */
export const observeWorker = (app: NestFastifyApplication, worker: Worker): void => {
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
