import { expect, test } from '@jest/globals';
import { randomId } from '#libs/kernel';
import { shortPlan, timersOn, wallClock } from './timers.samples.js';

test('a knock, as it is kept in a queue, holds ids, codes and numbers alone', async () => {
  const spec = await timersOn(wallClock);
  const [owner, plan] = [randomId(), shortPlan(randomId(), wallClock.now())];
  await spec.await(owner, plan);
  await spec.drained();
  const knocks: object[] = [];
  for await (const page of spec.due.until(plan.missedAt)) knocks.push(...page);
  expect(knocks.map((knock) => Object.keys(knock).toSorted())).toEqual([
    ['at', 'caus', 'corr', 'deadline', 'generation', 'occurrence', 'owner', 'rung', 'stream', 'tenant', 'unit'],
  ]);
  await spec.close();
});
