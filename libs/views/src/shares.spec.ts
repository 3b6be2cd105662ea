import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { shared } from './shares.js';

/** A process as the model has it. */
interface Process {
  readonly wants: readonly string[];
  held: readonly string[];
  alive: boolean;
  /** Counted by the others. */
  known: boolean;
}

const RELEASES: readonly (readonly string[])[] = [
  ['orders 1', 'trail 1', 'duty mailer', 'duty timers', 'units 1', 'people 1', 'replies 1'],
  ['orders 2', 'trail 1', 'duty mailer', 'duty timers', 'units 1', 'people 2', 'replies 1', 'minutes 1'],
];

/** What becomes of the world: a process comes (of a release), dies with what it holds, becomes known to the others, or looks. */
const act = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('come' as const), of: fc.nat({ max: 1 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('die' as const), of: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('known' as const), of: fc.nat() }) },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('look' as const), of: fc.nat() }) },
);

class World {
  readonly #processes: Process[] = [];

  get living(): readonly Process[] {
    return this.#processes.filter(({ alive }) => alive);
  }

  do({ kind, of }: { readonly kind: 'come' | 'die' | 'known' | 'look'; readonly of: number }): void {
    if (kind === 'come') {
      this.#processes.push({ wants: RELEASES[of] ?? [], held: [], alive: true, known: false });
      return;
    }
    const process = this.living[of % this.living.length];
    if (!process) return;
    if (kind === 'die')
      Object.assign(process, { alive: false, held: [] }); // its leases have lapsed
    else if (kind === 'known') process.known = true;
    else this.look(process);
  }

  /** @returns whether it took or gave back anything */
  look(process: Process): boolean {
    const elsewhere = new Set(this.living.flatMap((one) => (one === process ? [] : one.held)));
    const awaited = process.wants.filter((name) => !process.held.includes(name));
    const others = this.living.filter((one) => one !== process && one.known).map(({ wants }) => new Set(wants));
    const { take, give } = shared({ held: process.held, awaited, free: awaited.filter((name) => !elsewhere.has(name)), others });
    process.held = [...process.held.filter((name) => !give.includes(name)), ...take];
    return take.length + give.length > 0;
  }
}

const many = fc.array(act, { maxLength: 80 });

test('whatever comes and goes: at rest everything that is wanted is held, once, each holds at most its share, and nothing moves any more', () => {
  fc.assert(
    fc.property(many, (acts) => {
      const world = new World();
      for (const one of acts) world.do(one);
      for (const process of world.living) process.known = true;
      let rounds = 0;
      while (world.living.map((process) => world.look(process)).some(Boolean)) expect(rounds++).toBeLessThan(4);
      const held = world.living.flatMap((process) => process.held);
      expect(held.toSorted()).toEqual([...new Set(world.living.flatMap(({ wants }) => wants))].toSorted());
      for (const process of world.living) {
        const wanters = (name: string) => world.living.filter(({ wants }) => wants.includes(name));
        const groups = Map.groupBy(process.wants, (name) =>
          wanters(name)
            .map((one) => world.living.indexOf(one))
            .join(),
        );
        for (const names of groups.values()) {
          const most = Math.ceil(names.length / wanters(names[0] ?? '').length);
          expect(process.held.filter((name) => names.includes(name)).length).toBeLessThanOrEqual(most);
        }
      }
    }),
  );
});

test('nobody who looks takes what another holds, or gives back more than is above its share', () => {
  fc.assert(
    fc.property(many, (acts) => {
      const world = new World();
      for (const one of acts) {
        world.do(one);
        const held = world.living.flatMap((process) => process.held);
        expect(new Set(held).size).toBe(held.length);
      }
    }),
  );
});

const names = (count: number, from = 0): string[] => Array.from({ length: count }, (_, nth) => `view ${from + nth}`);

test('alone it takes everything', () => {
  expect(shared({ held: [], awaited: names(5), free: names(5), others: [] })).toEqual({ take: names(5), give: [], hungry: false });
});

test('of five, who has all gives back the two that it took last when another comes, who takes no more than these', () => {
  const another = [new Set(names(5))];
  expect(shared({ held: names(5), awaited: [], free: [], others: another })).toEqual({ take: [], give: names(2, 3), hungry: false });
  expect(shared({ held: [], awaited: names(5), free: names(2, 3), others: another })).toEqual({ take: names(2, 3), give: [], hungry: false });
});

test('who waits for its share looks again soon; who has it does not', () => {
  const another = [new Set(names(4))];
  expect(shared({ held: [], awaited: names(4), free: [], others: another }).hungry).toBe(true);
  expect(shared({ held: names(2), awaited: names(2, 2), free: [], others: another }).hungry).toBe(false);
});

test('what only its own release wants it need not share', () => {
  const another = [new Set(['duty mailer', 'duty timers', 'orders 2'])];
  const { take } = shared({ held: [], awaited: ['orders 1', 'duty mailer', 'duty timers'], free: ['orders 1', 'duty mailer', 'duty timers'], others: another });
  expect(take.toSorted()).toEqual(['duty mailer', 'orders 1']);
});
