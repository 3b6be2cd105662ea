import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Page } from '#libs/event-log';
import { derivedId } from '#libs/kernel';
import { eventually, logWith, openGround, type Ground } from '../spec/ground.js';
import { plansView, Writes, type PlanEvent } from '../spec/sample-plans.js';
import { Leases, type RowView, type View } from './index.js';

let ground: Ground;
let count = 0;

beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());

const EVENTS: readonly PlanEvent[] = ['PlanAwaited', 'PlanAwaited', 'PlanReceived', 'PlanReceived', 'PlanWithdrawn', 'NoteTaken', 'PlanGarbled'];

/** What somebody does to a log and its view: records something, stops the view's process, restarts the database's sessions, makes the next write fail. */
const act = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('fact' as const),
      type: fc.constantFrom(...EVENTS),
      order: fc.nat({ max: 4 }),
      tenant: fc.constantFrom('aa', 'bb'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'fail' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'settle' as const }) },
);

const contents = async ({ table }: View) => (await ground.worker.query(`select * from views.${table} order by tenant, key, since`)).rows as readonly object[];

/** Pages as small as one entry, with empty ones between. */
async function* crumbled(pages: AsyncIterable<Page>, sizes: () => number): AsyncGenerator<Page> {
  for await (const { entries } of pages) {
    for (let rest = entries; rest.length > 0;) {
      const part = rest.slice(0, sizes());
      rest = rest.slice(part.length);
      const last = part.at(-1);
      if (!last) continue;
      yield { entries: part, upTo: last.position };
      yield { entries: [], upTo: last.position };
    }
  }
}

test('a rebuilt view is the lived one, its history included, whatever pages, stops and faults it lived through', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 1, maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
      async (acts, sizes) => {
        const run = count++;
        const lived = plansView(`lived_${'abcdefghij'[run % 10]}${'abcdefghij'[Math.floor(run / 10)]}`);
        const tenants = { aa: new Writes(ground.log, `aa${run}`), bb: new Writes(ground.log, `bb${run}`) };
        let failing = 0;
        const flaky: RowView = {
          ...(lived as RowView),
          writer: (pool) => {
            const writer = lived.writer(pool);
            return {
              take: async (entries) => {
                const change = await writer.take(entries);
                if (!change) return change;
                const write: typeof change.write = async (client) => {
                  await change.write(client);
                  if (failing > 0) throw new Error(`fault ${failing--}`); // after it has written: all of it must be taken back
                };
                return { ...change, write };
              },
            };
          },
        };
        let nth = 0;
        const log = logWith(ground.log, (pages) => crumbled(pages, () => sizes[nth++ % sizes.length] ?? 1));
        const views = ground.reader(lived);
        const start = () => ground.run([flaky], { log, leases: new Leases(ground.worker, { ttlMs: 60_000 }) });
        let runner = await start();
        let position = await ground.log.head();
        for (const one of acts) {
          if (one.kind === 'fact')
            position = await tenants[one.tenant].fact(one.type, derivedId('order', run, one.order), { on: `2026-02-${10 + (nth % 10)}` });
          else if (one.kind === 'fail') failing = 1;
          else if (one.kind === 'settle') await views.waitFor(position, [lived]);
          else {
            await runner.stop();
            runner = await start();
          }
        }
        await views.waitFor(position, [lived]);
        await runner.stop();

        const rebuilt = plansView(`rebuilt_${'abcdefghij'[run % 10]}${'abcdefghij'[Math.floor(run / 10)]}`);
        const other = await ground.run([rebuilt]);
        await eventually(async () => (await ground.reader(rebuilt).health()).ready);
        await other.stop();
        expect(await contents(rebuilt)).toEqual(await contents(lived));
      },
    ),
    { numRuns: 15 },
  );
}, 60_000);
