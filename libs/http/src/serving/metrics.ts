import { Injectable } from '@nestjs/common';

/** One number, or one for each of some labels. */
export interface Metric {
  /** `uppsikt_…`, with its unit last: `uppsikt_views_behind_positions`. */
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  read(): Sample[] | number | Promise<Sample[] | number>;
}
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

const line = (name: string, { labels, value }: Sample): string => {
  const written = Object.entries(labels)
    .map(([label, text]) => `${label}="${escaped(text)}"`)
    .join(',');
  return `${name}${written && `{${written}}`} ${value}`;
};

const block = async (metric: Metric): Promise<string[]> => {
  const { name, help, type } = metric;
  try {
    const said = await metric.read();
    const samples = typeof said === 'number' ? [{ labels: {}, value: said }] : said;
    return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples.map((sample) => line(name, sample))];
  } catch {
    return []; // a number that cannot be had now is left out, as Prometheus expects
  }
};

/** Numbers for those who run the service. Modules add theirs when they start. */
@Injectable()
export class Metrics {
  readonly #metrics: Metric[] = [
    { name: 'process_resident_memory_bytes', help: 'Resident memory.', type: 'gauge', read: () => process.memoryUsage.rss() },
    { name: 'process_uptime_seconds', help: 'Time since the process started.', type: 'counter', read: () => process.uptime() },
    { name: 'process_cpu_seconds_total', help: 'Processor time.', type: 'counter', read: () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6 },
  ];

  add(metric: Metric): void {
    this.#metrics.push(metric);
  }

  /** All of them, in Prometheus' text format 0.0.4. */
  async text(): Promise<string> {
    const blocks = await Promise.all(this.#metrics.map(block));
    return `${blocks.flat().join('\n')}\n`;
  }
}
