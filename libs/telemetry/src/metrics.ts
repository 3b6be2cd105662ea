import { Registry } from 'prom-client';
import { asked, instruments, measureProcess, type Metric } from './instruments.js';

/** Numbers for those who run the service: what was counted in this process, and what is added where it starts. */
export class Metrics {
  readonly #added = new Registry();

  constructor() {
    measureProcess();
    this.add({ name: 'process_uptime_seconds', help: 'Time since the process started.', type: 'counter', read: () => process.uptime() });
  }

  /** @throws Error where something else has its name already */
  add(metric: Metric): void {
    this.#added.registerMetric(asked(metric));
  }

  /** All of them, in Prometheus' text format 0.0.4. */
  async text(): Promise<string> {
    return (await Promise.all([instruments.metrics(), this.#added.metrics()])).join('\n');
  }
}
