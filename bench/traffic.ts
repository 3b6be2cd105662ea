import { type EventLog, type Page, type Position, type Stored } from '#libs/event-log';
import { addMilliseconds, derivedId, type Entry, type Instant } from '#libs/kernel';

const UNITS = Array.from({ length: 14 }, (_, nth) => derivedId('unit', nth));
const PEOPLE = Array.from({ length: 200 }, (_, nth) => derivedId('person', nth));
const PROVIDERS = Array.from({ length: 60 }, (_, nth) => derivedId('provider', nth));
/** Orders under way at once: what is written next concerns one of these in turn. */
const UNDER_WAY = 500;
const FIRST: Instant = '2016-01-04T07:00:00.000Z' as Instant;

type Fact = readonly [type: string, data: Readonly<Record<string, unknown>>, by: 'case-officer' | 'unit-manager' | 'system'];

const about = (deadline: string, generation: number) => ({ deadline, type: 'genomforandeplan', generation });

const rung = (name: string, role: string, on: string) => ({ rung: name, role, on, at: `${on}T06:00:00.000Z` });

/** What happens to one order: eleven facts, as cases go. */
const story = (nth: number, orderId: string): readonly Fact[] => {
  const [deadline, unit] = [derivedId('deadline', nth), UNITS[nth % UNITS.length]];
  const [sentOn, dueOn] = ['2020-10-01', '2020-10-16'];
  const sha256 = derivedId('paper', nth).replaceAll('-', '').repeat(2);
  const plan = {
    ...about(deadline, 1),
    unit,
    startOn: sentOn,
    dueOn,
    missedAt: '2020-10-16T22:00:00.000Z',
    steps: [{ code: 'counted', day: dueOn, number: 15, unit: 'calendar-days', named: [] }],
    rule: { id: derivedId('rule'), version: 1 },
    ladder: [rung('five-before', 'case-officer', '2020-10-09'), rung('one-before', 'case-officer', '2020-10-15'), rung('after', 'unit-manager', '2020-10-19')],
  };
  const reminder = (name: string, generation: number): Fact => [
    'ReminderIssued',
    {
      ...about(deadline, generation),
      reminder: derivedId(name, nth),
      rung: name,
      occurrence: 0,
      role: 'case-officer',
      unit,
      dueOn,
      dueAt: '2020-10-09T06:00:00.000Z',
    },
    'system',
  ];
  const received = { orderId, version: 1, round: 0, latest: 1, receivedOn: dueOn, arrivedOn: dueOn, arrival: nth % 1_000 === 0 ? 'letterbox' : 'post', sha256 };
  return [
    [
      'ServiceOrderSent',
      {
        orderId,
        subject: derivedId('subject', nth),
        unit,
        provider: PROVIDERS[nth % PROVIDERS.length],
        service: 'short-term-supervision',
        sentOn,
        goals: [{ goal: derivedId('goal', nth), overall: 'participation' }],
      },
      'case-officer',
    ],
    ['DeadlineSet', plan, 'case-officer'],
    ['ContactNoted', { orderId, contact: 'guardian', contactedOn: '2020-10-02' }, 'case-officer'],
    reminder('five-before', 1),
    reminder('one-before', 1),
    ['DeadlineMissed', { ...about(deadline, 2), dueOn, missedAt: plan.missedAt }, 'system'],
    ['GenomförandeplanReceived', received, 'case-officer'],
    ['DeadlineMet', { ...about(deadline, 3), dueOn, metOn: dueOn }, 'case-officer'],
    ['GenomförandeplanReviewed', { orderId, version: 1, goals: [{ goal: derivedId('goal', nth), outcome: 'covered' }], canBeFollowedUp: true }, 'case-officer'],
    ['GenomförandeplanApproved', { orderId, version: 1, approvedOn: '2020-10-20' }, 'unit-manager'],
    ['ServiceOrderEnded', { orderId, endedOn: '2021-06-11', reason: 'service-ended' }, 'case-officer'],
  ];
};

/** Entries of a municipality's orders, hundreds under way at once; the same ones each time. */
export function* traffic(count: number, tenant = 'stockholm'): Generator<Entry, undefined> {
  const under: { readonly nth: number; readonly id: string; readonly facts: readonly Fact[]; rev: number }[] = [];
  for (let made = 0, begun = 0; made < count; made++) {
    const place = made % UNDER_WAY;
    let order = under[place];
    if (!order || order.rev === order.facts.length) {
      const id = derivedId('order', tenant, begun);
      order = { nth: begun, id, facts: story(begun, id), rev: 0 };
      under[place] = order;
      begun++;
    }
    const { nth, id } = order;
    const rev = order.rev++;
    const [type, data, role] = order.facts[rev] ?? ['', {}, 'system'];
    const actor = role === 'system' ? 'timers' : (PEOPLE[nth % PEOPLE.length] ?? '');
    const by = { actor, role, unit: UNITS[nth % UNITS.length] ?? '' };
    const at = addMilliseconds(FIRST, made * 1_000);
    const cmd = derivedId('command', nth, rev);
    yield {
      v: 1,
      id: derivedId('event', tenant, nth, rev),
      tenant,
      stream: `order-${id}`,
      rev,
      type,
      schema: 1,
      at,
      by,
      corr: cmd.replaceAll('-', ''),
      cmd,
      data,
    };
  }
}

const PAGE = 1_000;

const refuse = () => Promise.reject(new Error('This log is only followed.'));

/** A log that holds the traffic without a server: for measuring what follows it, and that alone. */
export const trafficLog = (count: number): EventLog => {
  /** Where pages ended: there a checkpoint may stand. */
  const ends = new Map<string, Stored>();
  return {
    id: derivedId('traffic', count),
    append: refuse,
    readStream: (_tenant, stream, options) => Promise.resolve([ends.get(`${stream} ${options?.from}`)].filter((end) => end !== undefined)),
    readAll: refuse,
    head: () => Promise.resolve(BigInt(count) as Position),
    async *subscribe({ after, signal }): AsyncGenerator<Page> {
      let entries: Stored[] = [];
      let at = 0n;
      for (const entry of traffic(count)) {
        at += 1n;
        if (at <= after) continue;
        const text = JSON.stringify(entry);
        entries.push({ position: at as Position, text, entry: JSON.parse(text) as Entry });
        if (entries.length < PAGE && at < count) continue;
        if (signal.aborted) return;
        ends.set(`${entry.stream} ${entry.rev}`, entries[entries.length - 1] as Stored);
        yield { entries, upTo: at as Position };
        entries = [];
      }
      if (!signal.aborted) await new Promise((ended) => signal.addEventListener('abort', ended, { once: true }));
    },
    assertInUse: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
};

/** As the log takes them: a stream's entries one append each, many streams at once. */
export const appendTraffic = async (log: EventLog, count: number, tenant?: string): Promise<void> => {
  let under: Promise<unknown>[] = [];
  for (const entry of traffic(count, tenant)) {
    under.push(log.append(entry.tenant, entry.stream, entry.rev - 1, [entry]));
    if (under.length < UNDER_WAY) continue;
    await Promise.all(under); // each order has at most one entry among them
    under = [];
  }
  await Promise.all(under);
};
