import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { instant, randomId, type Instant } from '#libs/kernel';
import { from } from './deadline.samples.js';
import { Knocker } from './knocker.js';
import { steppedClock, timersOn } from './timers.samples.js';
import { Timers } from './timers.js';

const SENT = instant('2020-10-01T09:00:00+02:00');
const clock = steppedClock(SENT);
let spec: Awaited<ReturnType<typeof timersOn>>;
let timers: Timers;

beforeAll(async () => {
  spec = await timersOn(clock);
  timers = new Timers(spec.parts);
}, 60_000);
afterAll(() => spec.close());

/** An order sent on 1 October 2020, as it stands that day. */
const sent = async (tenant?: string) => {
  clock.set(SENT);
  const owner = randomId();
  await spec.await(owner, { ...from('2020-10-01'), deadline: randomId() }, tenant);
  return owner;
};
const story = async (owner: string, tenant?: string) => (await spec.factsOf(owner, tenant)).map(({ type, at }) => `${at} ${type}`);
const step = (to: string, how?: { down: boolean }) => timers.step(clock, instant(to), spec.drained, how);

test('a stepped clock visits every due moment in order, so that each fact is recorded when it would have been', async () => {
  const owner = await sent();
  await step('2020-10-28T12:00:00+01:00');
  expect(await story(owner)).toEqual([
    '2020-10-01T07:00:00.000Z DeadlineSet',
    '2020-10-09T06:00:00.000Z ReminderIssued',
    '2020-10-15T06:00:00.000Z ReminderIssued',
    '2020-10-16T22:00:00.000Z DeadlineMissed',
    '2020-10-19T06:00:00.000Z ReminderIssued',
    '2020-10-21T06:00:00.000Z ReminderIssued',
    '2020-10-28T07:00:00.000Z ReminderIssued',
  ]);
  expect(clock.now()).toBe('2020-10-28T11:00:00.000Z');
  expect(spec.faults).toEqual([]);
});

test('a jump with the system down records the missed day with its true moment, the latest reminders, and the skipped ones once', async () => {
  const owner = await sent();
  await step('2020-11-05T12:00:00+01:00', { down: true });
  const facts = await spec.factsOf(owner);
  expect(facts.map(({ type }) => type)).toEqual(['DeadlineSet', 'DeadlineMissed', 'RemindersSuppressed', 'ReminderIssued', 'ReminderIssued']);
  expect(new Set(facts.slice(1).map(({ at }) => at))).toEqual(new Set(['2020-11-05T11:00:00.000Z']));
  expect(facts[1]?.data).toMatchObject({ missedAt: '2020-10-16T22:00:00.000Z' });
  expect(facts[3]?.data).toMatchObject({ role: 'case-officer', dueAt: '2020-10-19T06:00:00.000Z' });
  expect(facts[4]?.data).toMatchObject({ role: 'unit-manager', dueAt: '2020-11-04T07:00:00.000Z' });
});

test('what a timer records is caused by the setting of the deadline and belongs to its chain', async () => {
  const owner = await sent();
  await step('2020-10-09T08:00:00+02:00');
  const [set, issued] = await spec.factsOf(owner);
  expect(issued).toMatchObject({ type: 'ReminderIssued', caus: set?.id, corr: set?.corr, by: { actor: 'timers', role: 'system', unit: set?.data.unit } });
});

test('the deadlines of every tenant are seen to', async () => {
  const [here, there] = [await sent(), await sent('malmo')];
  await step('2020-10-09T08:00:00+02:00');
  expect([(await story(here)).length, (await story(there, 'malmo')).length]).toEqual([2, 2]);
});

test('a plan that comes on Saturday cancels Monday’s reminder', async () => {
  const owner = await sent();
  await step('2020-10-17T10:00:00+02:00');
  await spec.receive(owner);
  await spec.drained();
  await step('2020-12-01T10:00:00+01:00');
  expect((await spec.factsOf(owner)).map(({ type }) => type)).toEqual(['DeadlineSet', 'ReminderIssued', 'ReminderIssued', 'DeadlineMissed', 'DeadlineMet']);
});

test('a knock that fails stands in nobody’s way and is told of; the next sweep finds the deadline still due', async () => {
  const [poor, fine] = [await sent(), await sent()];
  const told: unknown[] = [];
  let broken = true;
  const knocker = {
    knock: (due: Parameters<typeof spec.parts.knocker.knock>[0]) =>
      broken && due.owner === poor ? Promise.reject(new Error('The log is away.')) : spec.parts.knocker.knock(due),
  };
  const limping = new Timers({
    ...spec.parts,
    knocker: knocker as typeof spec.parts.knocker,
    fault: (error, knock) => void told.push([(error as Error).message, knock?.owner]),
  });
  await limping.step(clock, instant('2020-10-09T08:00:00+02:00'), spec.drained);
  expect([(await story(poor)).length, (await story(fine)).length]).toEqual([1, 2]);
  expect(told).toContainEqual(['The log is away.', poor]);
  broken = false;
  await limping.sweep();
  expect((await story(poor)).length).toBe(2);
});

test('a deadline at whose streams no module lets timers knock is told of', async () => {
  const owner = await sent();
  await step('2020-10-09T07:59:59+02:00');
  await spec.pool.query(`update views.deadlines_2 set stream = 'nobody' where owner = $1 and until is null`, [owner]);
  await step('2020-10-09T08:00:00+02:00');
  expect(spec.faults.map(String)).toContainEqual(`TypeError: No module lets timers knock at nobody-${owner}.`);
  await spec.pool.query(`update views.deadlines_2 set stream = 'wait' where owner = $1 and until is null`, [owner]);
  spec.faults.length = 0;
});

test('more deadlines than one page holds are all seen to', async () => {
  clock.set('2020-10-01T07:00:00.000Z' as Instant);
  const owners = Array.from({ length: 450 }, () => randomId());
  await Promise.all(owners.map((owner) => spec.await(owner, { ...from('2020-10-01'), deadline: owner })));
  await step('2020-10-09T08:00:00+02:00');
  const counts = await Promise.all(owners.map(async (owner) => (await spec.factsOf(owner)).length));
  expect(new Set(counts)).toEqual(new Set([2]));
}, 60_000);

test('under a stepped clock timers do nothing by themselves, and no queue is opened', async () => {
  const owner = await sent();
  clock.set(instant('2020-12-01T10:00:00+01:00'));
  await spec.drained();
  let opened = 0;
  await spec.running({ sweepEveryMs: 1, openQueue: () => Promise.reject(new Error(`opened ${opened++}`)) }, () => pause(300));
  expect([opened, (await story(owner)).length]).toEqual([0, 1]);
});

test('timers begin when the view has caught up: a rebuild knocks for nothing', async () => {
  const owner = await sent();
  await spec.drained();
  const real = { ...clock, real: true, now: () => instant('2020-12-01T10:00:00+01:00') };
  const { promise: caughtUp, resolve: catchUp } = Promise.withResolvers<void>();
  const parts = { clock: real, knocker: new Knocker(spec.commands, real), sweepEveryMs: 10, caughtUp: () => caughtUp };
  const before = await spec.running(parts, async () => {
    await pause(200);
    const facts = await story(owner);
    catchUp();
    await spec.until(owner, 2);
    return facts;
  });
  expect(before).toHaveLength(1);
});
