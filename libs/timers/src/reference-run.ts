import assert from 'node:assert/strict';
import { day, derivedId, type Instant } from '#libs/kernel';
import { closeDeadline, metOn, moveDeadline, reopenDeadline, setDeadline } from './deadline-decisions.js';
import { planFor, type DeadlineRule } from './deadline-rule.js';
import { id, unit } from './deadline.samples.js';
import type { DeadlineEvent } from './deadline.events.js';
import { evolveDeadline, type Deadline } from './deadline.js';
import { knock, MISSED, nextKnock, type KnockedFor } from './knock.js';
import { dateOf, numberOf, written } from './reference-calendar.js';
import { inWords, ReferenceDeadline } from './reference-deadline.js';

/** What happens in a run: time passes or is set back, timers look or stray, people say what came. */
export type Step =
  | { readonly do: 'look' }
  | { readonly do: 'pass' | 'pass-to-next' | 'pass-to-odd-night' | 'set-clock-back'; readonly ms: number }
  | { readonly do: 'stray'; readonly generation: number; readonly rung: number; readonly occurrence: number }
  | { readonly do: 'met' | 'close' | 'move' | 'reopen'; readonly days: number };

const DAY = 86_400_000;

/** Nights on which the clocks change, and leap days, of ten years. */
const odd = [2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027, 2028, 2029].flatMap((year) => [`${year}-03-28`, `${year}-10-28`, `${year}-02-28`]).map(numberOf);

/** The deadline as it is built, with a scheduler that knocks as often as it can, held against the reference fact by fact. */
export class ReferenceRun {
  readonly facts: DeadlineEvent[] = [];
  readonly #reference: ReferenceDeadline;
  readonly #used = new Set<string>();
  #deadline: Deadline | undefined;

  constructor(
    private readonly rule: DeadlineRule,
    start: number,
    private now: number,
  ) {
    this.#reference = new ReferenceDeadline(rule);
    this.#compare(setDeadline(this.#plan(start), this.#at), this.#reference.set(start, this.now));
  }

  step(one: Step): void {
    switch (one.do) {
      case 'pass':
        this.now += one.ms;
        return;
      case 'set-clock-back':
        this.now -= one.ms;
        return;
      case 'pass-to-next': {
        const next = this.#deadline && nextKnock(this.#deadline);
        if (next) this.now = Temporal.Instant.from(next.at).epochMilliseconds + one.ms;
        return;
      }
      case 'pass-to-odd-night':
        this.now = Math.max(this.now, (odd.find((night) => night * DAY > this.now) ?? 0) * DAY + one.ms);
        return;
      case 'look':
        return this.look();
      case 'stray':
        return this.#stray(one);
      case 'met':
      case 'close': {
        const on = this.#reference.due + one.days;
        const said =
          one.do === 'met' ? metOn(this.#deadline, day(dateOf(on)), this.#at) : closeDeadline(this.#deadline, day(dateOf(on)), 'order-ended', this.#at);
        return this.#compare(said, this.#reference[one.do](on, this.now));
      }
      case 'move':
      case 'reopen': {
        const start = this.#reference.start + one.days;
        const said = (one.do === 'move' ? moveDeadline : reopenDeadline)(this.#deadline, this.#plan(start), 'start-corrected', this.#at);
        return this.#compare(said, this.#reference[one.do](start, this.now));
      }
    }
  }

  /** The timers are up: whatever is next and due is knocked for, twice, until nothing is. */
  look(): void {
    const expected = this.#reference.look(this.now);
    const said: DeadlineEvent[] = [];
    for (let next = this.#next(); next && next.at <= this.#at; next = this.#next()) {
      const before = said.length;
      said.push(
        ...this.#knock({ ...next, generation: this.#deadline?.generation ?? 0 }),
        ...this.#knock({ ...next, generation: this.#deadline?.generation ?? 0 }),
      );
      assert.ok(said.length > before, 'It would knock for ever.');
    }
    assert.deepEqual(said.map(inWords).toSorted(), expected.toSorted());
  }

  #stray({ generation: off, rung: place, occurrence }: Extract<Step, { do: 'stray' }>): void {
    const generation = (this.#deadline?.generation ?? 0) + off;
    const name = this.rule.ladder[place]?.rung ?? MISSED;
    const rightly = this.#reference.awaits(generation, name, occurrence, this.now);
    const expected = rightly ? this.#reference.look(this.now) : [];
    assert.deepEqual(this.#knock({ generation, rung: name, occurrence }).map(inWords).toSorted(), expected.toSorted());
  }

  /** As commands do: one that has recorded something is never decided again. */
  #knock(command: KnockedFor): readonly DeadlineEvent[] {
    const commandId = derivedId(id, command.generation, command.rung, command.occurrence);
    if (this.#used.has(commandId)) return [];
    const said = knock(command, this.#deadline, this.#at);
    if (said.length > 0) this.#used.add(commandId);
    this.#record(said);
    return said;
  }

  #compare(said: readonly DeadlineEvent[], expected: readonly string[]): void {
    assert.deepEqual(said.map(inWords), expected);
    this.#record(said);
  }

  #record(said: readonly DeadlineEvent[]): void {
    for (const fact of said) this.#deadline = evolveDeadline(this.#deadline, fact);
    this.facts.push(...said);
  }

  #next() {
    return this.#deadline && nextKnock(this.#deadline);
  }

  #plan(start: number) {
    return planFor(this.rule, day(dateOf(start)), { deadline: id, unit });
  }

  get #at(): Instant {
    return written(this.now);
  }
}
