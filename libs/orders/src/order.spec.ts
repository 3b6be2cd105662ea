import * as fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { addDays, atLocalTime, day, event, EventRegistry, MAX_EVENTS, Refusal, stockholmDay, type Day, type Given, type Instant } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { isLate, knock, nextKnock } from '#libs/timers';
import { FIRST, needs, sending, step, type Asked } from './asked.given.js';
import { ContactNoted, type OrderEvent } from './order.events.js';
import { ids, on, orderSent } from './order.given.js';
import { deadlinesOf, order, planDeadline, type Order, type Placed } from './order.js';

/** What an order comes to, said in another way than the product does it: from what was accepted, not from events. */
class Model {
  sentOn: Day | undefined;
  firstReturnOn: Day | undefined;
  readonly plans: { readonly sha256: string; receivedOn: Day; inFifteenDays: boolean; decided: boolean }[] = [];

  accept({ what, command }: Asked): void {
    const plan = this.plans[(command.version as number) - 1];
    if (what === 'send' || what === 'correct sent day') this.sentOn = command.sentOn as Day;
    if (what === 'return') this.firstReturnOn ??= command.returnedOn as Day;
    if (plan && (what === 'return' || what === 'approve')) plan.decided = true;
    if (plan && what === 'correct received day') Object.assign(plan, this.#reception(command, plan));
    if (what === 'receive') {
      const recorded = { inFifteenDays: this.firstReturnOn === undefined, decided: false };
      this.plans.push({ sha256: (command.document as { sha256: string }).sha256, ...recorded, ...this.#reception(command, recorded) });
    }
  }

  /** By förvaltningslagen 22 §; there is no public holiday on a weekday in these months. */
  #reception(command: Asked['command'], recorded: { readonly inFifteenDays: boolean; readonly decided: boolean }) {
    const { arrivedOn, arrival: how } = command as { arrivedOn: Day; arrival: string };
    const date = Temporal.PlainDate.from(arrivedOn);
    const back = how === 'reached-office' ? 0 : date.dayOfWeek === 1 ? 3 : date.dayOfWeek === 7 ? 2 : 1;
    const stays = recorded.inFifteenDays && (recorded.decided || arrivedOn === this.firstReturnOn);
    const inFifteenDays = this.firstReturnOn === undefined || arrivedOn < this.firstReturnOn || stays;
    return { receivedOn: day(date.subtract({ days: back }).toString()), inFifteenDays };
  }

  /** Whether the first plan of the fifteen days came after them; undefined where none came. */
  get late(): boolean | undefined {
    const first = this.plans.flatMap(({ receivedOn, inFifteenDays }) => (inFifteenDays ? [receivedOn] : [])).toSorted()[0];
    if (first === undefined || this.sentOn === undefined) return undefined;
    return first > Temporal.PlainDate.from(this.sentOn).add({ days: 15 }).toString();
  }
}

const registry = new EventRegistry(order.events);
const stateOf = (facts: readonly OrderEvent[]): Order => stateAfter(order, facts, on('2020-10-01'));
const circumstances = (now: Instant): Given & typeof needs => ({ ...on('2020-10-01'), now, today: stockholmDay(now), tenant: 'stockholm', ...needs });

/** What is said, or nothing where it is refused: anything else that a decision throws is a fault of ours. */
const answerTo = ({ decide, command }: Asked, state: Order, now: Instant): readonly OrderEvent[] | undefined => {
  try {
    return decide(command as never, state, circumstances(now));
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return undefined;
  }
};

const knocked = (facts: readonly OrderEvent[], now: Instant): OrderEvent[] => {
  const told = [...facts];
  for (let quiet = false; !quiet;) {
    const due = Object.values(deadlinesOf(stateOf(told))).flatMap((wait) => {
      const next = nextKnock(wait);
      return next && next.at <= now ? knock({ generation: wait.generation, ...next }, wait, now) : [];
    });
    told.push(...due);
    quiet = due.length === 0;
  }
  return told;
};

const assertSound = (facts: readonly OrderEvent[], model: Model, today: Day): void => {
  const state = stateOf(facts);
  // What is stored is JSON without the personal parts: the fold of that is the same, each time.
  const stored = facts.map(({ type, data }) => JSON.parse(JSON.stringify({ type, data })) as OrderEvent);
  expect(stateOf(stored)).toEqual(state);
  if (state.status === 'none') return;
  expect(state.plans.map(({ version: number }) => number)).toEqual(model.plans.map((_, index) => index + 1));
  expect(state.plans.map((plan) => plan.sha256)).toEqual([...new Set(model.plans.map((plan) => plan.sha256))]);
  expect(state.plans.map(({ receivedOn, round }) => [receivedOn, round === 0])).toEqual(model.plans.map((plan) => [plan.receivedOn, plan.inFifteenDays]));
  const late = isLate(firstWait(state));
  if (model.late !== undefined) expect(late).toBe(model.late);
  else if (late) expect(firstWait(state).plan.dueOn < today).toBe(true);
  const open = Object.values(state.deadlines).filter(({ status }) => status === 'open' || status === 'missed');
  if (state.status === 'awaiting-plan') expect(open).toEqual([planDeadline(state, state.round)]);
  if (state.status === 'approved' || state.status === 'ended') expect(open).toEqual([]);
};

const firstWait = (state: Placed) => {
  const wait = planDeadline(state, 0);
  if (!wait) throw new Error('An order was sent and nothing is awaited.');
  return wait;
};

test('whatever is asked in whatever order: nothing but refusals, facts as declared, the same fold each time, and the lateness of the first plan', () => {
  const story = fc.tuple(sending, fc.array(step, { minLength: 10, maxLength: 40 }));
  fc.assert(
    fc.property(story, ([first, rest]) => {
      let facts: readonly OrderEvent[] = [];
      let now = atLocalTime(FIRST, '09:00');
      const model = new Model();
      for (const { asking, afterDays, timersRun } of [{ asking: first, afterDays: 0, timersRun: false }, ...rest]) {
        now = atLocalTime(addDays(stockholmDay(now), afterDays), '09:00');
        if (timersRun) facts = knocked(facts, now);
        const state = stateOf(facts);
        const asked = asking(stockholmDay(now), state.status === 'none' ? 1 : state.latest);
        const said = answerTo(asked, state, now);
        if (said === undefined || said.length === 0) continue;
        expect(said.length).toBeLessThanOrEqual(MAX_EVENTS);
        for (const { type, data } of said) expect(registry.find(type)?.check().Errors(data)).toEqual([]);
        facts = [...facts, ...said];
        model.accept(asked);
        assertSound(facts, model, stockholmDay(now));
        const repeated = asked.repeats ? answerTo(asked, stateOf(facts), now) : [];
        expect(repeated).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});

test('nothing can stand before the sending of an order', () => {
  const noted = event(ContactNoted, { orderId: ids.order, contact: 'provider', contactedOn: FIRST }, { note: 'Ringde.' });
  expect(stateOf([noted])).toEqual({ status: 'none' });
});

test('its personal parts are sealed for the pseudonym that its first event names', () => {
  expect(order.subject?.({ status: 'none' })).toBeUndefined();
  expect(order.subject?.(stateOf([orderSent()]))).toBe(ids.subject);
});
