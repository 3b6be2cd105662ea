import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Moments } from '#libs/commands';
import { read } from '#libs/fields';
import { derivedId, instant, stockholmDay, type Instant } from '#libs/kernel';
import type { Position } from '#libs/event-log';
import { defaultRules } from './default-rules.js';
import { planUntil, type DeadlineRule } from './deadline-rule.js';
import { from, unit } from './deadline.samples.js';
import { ListDeadlines, listDeadlines } from './list-deadlines.js';
import { steppedClock, timersOn } from './timers.samples.js';

const clock = steppedClock(instant('2020-10-01T09:00:00+02:00'));
const elsewhere = derivedId('another unit');
const id = (name: string) => derivedId('list-deadlines', name);
const reply: DeadlineRule = { ...defaultRules.find(({ type }) => type === 'reply')!, id: id('rule'), version: 1 };
let spec: Awaited<ReturnType<typeof timersOn>>;
let noon: Position;

beforeAll(async () => {
  spec = await timersOn(clock);
  await spec.await(id('plan'), { ...from('2020-10-01'), deadline: id('plan') });
  await spec.await(id('came'), { ...from('2020-09-30'), deadline: id('came') });
  await spec.await(
    id('reply'),
    planUntil(reply, from('2020-10-01').startOn, from('2020-10-05').dueOn, { deadline: id('reply'), unit, responsible: 'registrar' }),
  );
  await spec.await(id('there'), { ...from('2020-10-02'), deadline: id('there'), unit: elsewhere });
  await spec.await(id('other'), { ...from('2020-10-01'), deadline: id('other') }, 'malmo');
  clock.set(instant('2020-10-14T12:00:00+02:00'));
  noon = await spec.log.head();
  await spec.receive(id('came'));
  clock.set(instant('2020-10-19T07:00:00+02:00'));
  await spec.drained();
}, 60_000);
afterAll(() => spec.close());

const moments: Moments = { positionAt: (_tenant: string, _at: Instant) => Promise.resolve(noon) };
const listed = async (query: object, units?: readonly string[]) => {
  const now = clock.now();
  const by = { actor: id('asker'), role: 'process-owner', unit };
  const asking = { tenant: 'stockholm', by, now, today: stockholmDay(now), reach: units === undefined ? {} : { units } };
  return listDeadlines(read(ListDeadlines, query), asking, spec.views, moments);
};
const owners = async (query: object, units?: readonly string[]) => (await listed(query, units)).items.map(({ owner }) => owner);

test('what is awaited stands in the list by its day, what has passed it first, and late though no timer has said so', async () => {
  const { total, items } = await listed({});
  expect(total).toBe(3);
  expect(items.map(({ owner, late, daysLate, dueOn }) => [owner, dueOn, late, daysLate])).toEqual([
    [id('plan'), '2020-10-16', true, 3],
    [id('there'), '2020-10-17', true, 2],
    [id('reply'), '2020-10-20', false, 0],
  ]);
});

test('a row says of what it is, what is awaited, of whom, and what happens next', async () => {
  expect((await listed({ type: 'reply' })).items).toEqual([
    {
      deadline: id('reply'),
      kind: 'wait',
      owner: id('reply'),
      type: 'reply',
      name: 'Yttrande till revisionen',
      unit,
      unitName: unit,
      startOn: '2020-10-01',
      dueOn: '2020-10-20',
      wait: 'awaited',
      late: false,
      daysLate: 0,
      recordedLate: false,
      responsible: 'registrar',
      nextRole: 'registrar',
      nextAt: '2020-10-06T06:00:00.000Z',
    },
  ]);
});

test('what has come is asked for by name, with the day it came', async () => {
  expect((await listed({ wait: 'met' })).items).toMatchObject([{ owner: id('came'), overOn: '2020-10-14', late: false }]);
  expect(await owners({ wait: 'closed' })).toEqual([]);
});

test('it is narrowed by unit, role, whoever answers, and thing', async () => {
  expect(await owners({ unit: elsewhere })).toEqual([id('there')]);
  expect(await owners({ role: 'registrar' })).toEqual([id('reply')]);
  expect(await owners({ responsible: 'case-officer' })).toEqual([id('plan'), id('there')]);
  expect(await owners({ owner: id('plan') })).toEqual([id('plan')]);
});

test('nobody sees more than what the asker’s unit or board handles', async () => {
  expect(await owners({}, [elsewhere])).toEqual([id('there')]);
  expect(await owners({ unit }, [elsewhere])).toEqual([]);
  expect(await owners({}, [])).toEqual([]);
  expect(await owners({}, [unit, elsewhere])).toHaveLength(3);
});

test('what was recorded when its day had passed says so', async () => {
  await spec.await(id('afterwards'), { ...from('2019-10-01'), deadline: id('afterwards') });
  await spec.drained();
  expect((await listed({ owner: id('afterwards') })).items).toMatchObject([{ dueOn: '2019-10-16', late: true, recordedLate: true }]);
  await spec.receive(id('afterwards'));
  await spec.drained();
});

test('a page at a time, and how many there are', async () => {
  expect(await listed({ limit: 1, offset: 1 })).toMatchObject({ total: 3, items: [{ owner: id('there') }] });
});

test('as it was recorded then, on the day that it was then', async () => {
  const { total, items } = await listed({ asOf: '2020-10-14T12:00:00+02:00' });
  expect([total, items.map(({ owner }) => owner), items.some(({ late }) => late)]).toEqual([4, [id('came'), id('plan'), id('there'), id('reply')], false]);
});
