import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { START, type Page } from '#libs/event-log';
import { randomId } from '#libs/kernel';
import { instruments } from '#libs/telemetry';
import { spansOf } from '#libs/testing';
import { eventually, logWith, openGround, type Ground } from '../spec/ground.js';
import { plansView, Writes } from '../spec/sample-plans.js';

let ground: Ground;
let stockholm: Writes;
beforeAll(async () => {
  ground = await openGround();
  stockholm = new Writes(ground.log);
});
afterEach(() => ground.stopAll());
afterAll(() => ground.close());

const text = (name: string): Promise<string> => instruments.getSingleMetricAsString(name);
const gaps = async (): Promise<number> => Number(/^uppsikt_log_gaps_total (\d+)$/m.exec(await text('uppsikt_log_gaps_total'))?.[1]);
/** A log of which somebody on the way changes the pages. */
const tamperedWith = (change: (page: Page) => Page) => ({
  ...logWith(ground.log, async function* (pages) {
    for await (const page of pages) yield change(page);
  }),
  gapless: true as const,
});
const plan = () => stockholm.fact('PlanAwaited', randomId(), { on: '2026-02-16' });

test('a view that follows writes under a span in the chain of each entry, one that is being built under none', async () => {
  await plan();
  const plans = plansView('traced');
  const spans = await spansOf(async () => {
    const views = ground.reader(plans);
    await ground.run([plans]);
    await eventually(async () => (await views.health()).ready);
    await views.waitFor(await plan(), [plans]);
    await ground.stopAll();
  });
  const { entries } = await ground.log.readAll({ after: START });
  const written = spans.filter(({ name }) => name.startsWith('view '));
  expect(written.map(({ name, corr }) => [name, corr])).toEqual([['view traced_1', entries.at(-1)?.entry.corr]]);
  expect(await text('uppsikt_views_entries_total')).toMatch(/^uppsikt_views_entries_total\{view="traced_1"\} 2$/m);
  expect(await text('uppsikt_views_write_seconds')).toMatch(/^uppsikt_views_write_seconds_count\{view="traced_1"\} 2$/m);
});

test('a log that gives every entry in its order has no gaps', async () => {
  const before = await gaps();
  const plans = plansView('whole');
  await ground.run([plans], { log: tamperedWith((page) => page) });
  await Promise.all(Array.from({ length: 5 }, plan));
  await ground.reader(plans).waitFor(await plan(), [plans]);
  expect((await gaps()) - before).toBe(0);
});

test('an entry that a reader is not given, and one out of order, are counted', async () => {
  const [first, , third] = await Promise.all([plan(), plan(), plan()]);
  const before = await gaps();
  const plans = plansView('lacking');
  await ground.run([plans], {
    log: tamperedWith(({ entries, upTo }) => ({ entries: entries.filter(({ position }) => position !== first + 1n), upTo })),
  });
  await ground.reader(plans).waitFor(third, [plans]);
  expect((await gaps()) - before).toBe(1);
  const turned = plansView('turned');
  await ground.run([turned], { log: tamperedWith(({ entries, upTo }) => ({ entries: entries.toReversed(), upTo })) });
  await ground.reader(turned).waitFor(third, [turned]);
  expect((await gaps()) - before).toBeGreaterThan(1);
});

test('where positions have gaps of their own, only the order is watched', async () => {
  const before = await gaps();
  const plans = plansView('sparse');
  const { gapless: _, ...log } = tamperedWith(({ entries, upTo }) => ({ entries: entries.filter((_entry, index) => index % 2 === 0), upTo }));
  await ground.run([plans], { log });
  await ground.reader(plans).waitFor(await ground.log.head(), [plans]);
  expect((await gaps()) - before).toBe(0);
});
