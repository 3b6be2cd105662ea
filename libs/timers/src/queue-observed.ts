import type { QueueOptions } from 'bullmq';
import { gauge, isTracing } from '#libs/telemetry';

const STATES = ['wait', 'active', 'delayed'] as const;

/** What tells how many jobs it has in each state. */
export interface Counted {
  getJobCounts(...states: readonly (typeof STATES)[number][]): Promise<Readonly<Record<string, number>>>;
}

/** The queues that this process has open: one, where it has the duty of the timers. */
const open = new Set<Counted>();

gauge('uppsikt_queue_jobs', 'Jobs in the queue, asked where they are taken out.', async () => {
  const counts = await Promise.all([...open].map((queue) => queue.getJobCounts(...STATES)));
  return counts.flatMap((count) => STATES.map((state) => ({ labels: { state }, value: count[state] ?? 0 })));
});

/** Counts the jobs of a queue, until what this gives is called. */
export const counted = (queue: Counted): (() => void) => {
  open.add(queue);
  return () => void open.delete(queue);
};

/** What a queue and a worker are opened with, so that a job that is put in and taken out is traced: nothing where nobody traces. */
export const telemetry = async (): Promise<Pick<QueueOptions, 'telemetry'>> => {
  if (!isTracing()) return {};
  const { BullMQOtel } = await import('bullmq-otel');
  return { telemetry: new BullMQOtel({ tracerName: 'uppsikt' }) };
};
