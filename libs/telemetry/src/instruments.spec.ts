import { expect, test } from '@jest/globals';
import { counter, gauge, histogram, Metrics } from './index.js';

test('what a lib counts is told by every process that has loaded it, beside what is added where it starts', async () => {
  counter('uppsikt_spec_things_total', 'Things.', ['kind']).inc({ kind: 'a "b"\\' }, 2);
  histogram('uppsikt_spec_seconds', 'Times.', [0.1, 1]).observe(0.5);
  gauge('uppsikt_spec_waiting', 'Waiting.', () => Promise.resolve(3));
  const metrics = new Metrics();
  metrics.add({ name: 'uppsikt_spec_views', help: 'Views.', type: 'gauge', read: () => [{ labels: { view: 'orders_1' }, value: 4 }] });
  const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('uppsikt_spec'));
  expect(lines).toEqual([
    'uppsikt_spec_things_total{kind="a \\"b\\"\\\\"} 2',
    'uppsikt_spec_seconds_bucket{le="0.1"} 0',
    'uppsikt_spec_seconds_bucket{le="1"} 1',
    'uppsikt_spec_seconds_bucket{le="+Inf"} 1',
    'uppsikt_spec_seconds_sum 0.5',
    'uppsikt_spec_seconds_count 1',
    'uppsikt_spec_waiting 3',
    'uppsikt_spec_views{view="orders_1"} 4',
  ]);
});

test('a name belongs to one number', () => {
  counter('uppsikt_spec_once_total', 'Once.');
  expect(() => counter('uppsikt_spec_once_total', 'Twice.')).toThrow('uppsikt_spec_once_total');
  const metrics = new Metrics();
  expect(() => metrics.add({ name: 'process_uptime_seconds', help: 'Again.', type: 'gauge', read: () => 0 })).toThrow('process_uptime_seconds');
});

test('a number whose store does not answer is left out, and keeps nobody from the others', async () => {
  const metrics = new Metrics();
  metrics.add({ name: 'uppsikt_spec_silent', help: 'Silent.', type: 'gauge', read: () => new Promise(() => {}) });
  const text = await metrics.text();
  expect(text).not.toMatch(/^uppsikt_spec_silent/m);
  expect(text).toMatch(/^process_uptime_seconds \d/m);
}, 60_000);
