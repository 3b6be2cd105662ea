import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Health } from '#libs/http';
import { Metrics, type Metric, type Sample } from '#libs/telemetry';
import type { Worker } from './worker.js';

/** What must be well for a worker to be ready beyond what is for every process, and the numbers of what it does. */
export const observeWorker = (app: NestFastifyApplication, worker: Worker): void => {
  app.get(Health).add('duties', () => worker.assertActs());
  const metrics = app.get(Metrics);
  const gauge = (name: string, help: string, read: Metric['read']) => metrics.add({ name, help, type: 'gauge', read });
  const ofViews = async (value: (status: Awaited<ReturnType<Worker['status']>>[number]) => number): Promise<Sample[]> =>
    (await worker.status()).map((status) => ({ labels: { view: status.view }, value: value(status) }));

  gauge('uppsikt_views_behind_positions', 'How far each view is behind the end of the log; 0 where another process keeps it.', () =>
    ofViews(({ behind }) => Number(behind)),
  );
  gauge('uppsikt_views_quarantined_rows', 'Rows whose fold failed: they stand still and the view goes on.', () => ofViews(({ quarantined }) => quarantined));
  gauge(
    'uppsikt_views_halted',
    'Views that this process cannot bring further: it is told why in its log.',
    async () => (await worker.status()).filter(({ state }) => state === 'halted').length,
  );
  gauge('uppsikt_reactions_dead_letters', 'Commands of reactions that were refused: somebody has to look at them.', () => worker.deadLetterCount());
  gauge('uppsikt_lease_held', 'What this process alone does at present: a view, a duty.', () =>
    worker.leases().map((lease) => ({ labels: { lease }, value: 1 })),
  );
  gauge(
    'uppsikt_timers_due',
    'Knocks whose moment has come and that have not been answered; the same in every process.',
    async () => (await worker.dueKnocks()).count,
  );
  gauge(
    'uppsikt_timers_late_seconds',
    'For how long the earliest of them has been due; 0 where there is none.',
    async () => (await worker.dueKnocks()).forMs / 1_000,
  );
  gauge('uppsikt_mails_pending', 'Mails that have not gone; the same in every process.', async () => (await worker.pendingMails()).count);
  gauge(
    'uppsikt_mails_oldest_pending_seconds',
    'Since when the oldest of them was to go; 0 where there is none.',
    async () => (await worker.pendingMails()).forMs / 1_000,
  );
};
