import type { DeadlineEvent } from './deadline.events.js';
import type { DeadlineRule, RungRule } from './deadline-rule.js';
import { back, dateOf, forward, momentOf, workingDays, written } from './reference-calendar.js';

interface Item {
  readonly rung: string;
  readonly role: string;
  readonly occurrence: number;
  readonly at: number;
}

/**
 * What a deadline should do, written the plain way for the model test: the whole list of reminders is drawn up at once, and each is
 * crossed out when it has been accounted for. It knows nothing of ladders, generations kept or counters. What should be
 * recorded is said in words, so that it can be compared with what is.
 */
export class ReferenceDeadline {
  #generation = 0;
  #status: 'awaiting' | 'met' | 'closed' = 'awaiting';
  #late = false;
  #items: readonly Item[] = [];
  readonly #done = new Set<Item>();
  #start = 0;
  #due = 0;
  #endedOn: number | undefined;

  constructor(private readonly rule: DeadlineRule) {}

  get due(): number {
    return this.#due;
  }
  get start(): number {
    return this.#start;
  }

  set(start: number, now: number): string[] {
    return this.#begin('Set', start, now);
  }

  reopen(start: number, now: number): string[] {
    if (this.#status === 'awaiting') return this.move(start, now);
    const passes = momentOf(this.#dueOf(start) + 1, 0) <= now;
    const said = this.#status === 'closed' && this.#late && !passes ? [this.#withdraw()] : [];
    return [...said, ...this.#begin('Moved', start, now)];
  }

  move(start: number, now: number): string[] {
    if (start === this.#start) return [];
    const due = this.#dueOf(start);
    const late = this.#status === 'awaiting' ? momentOf(due + 1, 0) <= now : this.#isLate(due, now);
    const said = [...(this.#status === 'awaiting' ? this.#cross(this.#dueItems(now), 'moved') : []), ...(this.#late && !late ? [this.#withdraw()] : [])];
    if (this.#status === 'awaiting') return [...said, ...this.#begin('Moved', start, now)];
    this.#plan(start);
    said.push(`Moved ${dateOf(due)} g${++this.#generation}`);
    if (late) said.push(this.#miss());
    return [...said, this.#end()];
  }

  met(on: number, now: number): string[] {
    if (this.#status === 'met' && this.#endedOn === on) return [];
    return this.#finish('met', on, now);
  }

  close(on: number, now: number): string[] {
    if (this.#status === 'met' || (this.#status === 'closed' && this.#endedOn === on)) return [];
    return this.#finish('closed', on, now);
  }

  /** What a timer that looks at that moment should bring about. */
  look(now: number): string[] {
    if (this.#status !== 'awaiting') return [];
    const said = !this.#late && momentOf(this.#due + 1, 0) <= now ? [this.#miss()] : [];
    const due = this.#dueItems(now);
    const issued = due.filter((item, place) => !due.slice(place + 1).some(({ role }) => role === item.role));
    said.push(
      ...this.#cross(
        due.filter((item) => !issued.includes(item)),
        'superseded',
      ),
    );
    for (const item of issued) {
      this.#done.add(item);
      said.push(`Issued ${item.rung}/${item.occurrence} to ${item.role} of ${written(item.at)} g${this.#generation}`);
    }
    return said;
  }

  /** Whether a timer that says it comes for this at that moment comes rightly. */
  awaits(generation: number, rung: string, occurrence: number, now: number): boolean {
    if (this.#status !== 'awaiting' || generation !== this.#generation) return false;
    if (rung === 'missed') return !this.#late && momentOf(this.#due + 1, 0) <= now;
    return this.#dueItems(now).some((item) => item.rung === rung && item.occurrence === occurrence);
  }

  #begin(what: 'Set' | 'Moved', start: number, now: number): string[] {
    this.#plan(start);
    this.#status = 'awaiting';
    const said = [`${what} ${dateOf(this.#due)} g${++this.#generation}`];
    if (momentOf(this.#due + 1, 0) <= now) said.push(this.#miss());
    return [...said, ...this.#cross(this.#dueItems(now), 'past-when-set')];
  }

  #finish(how: 'met' | 'closed', on: number, now: number): string[] {
    const said = this.#status === 'awaiting' ? this.#cross(this.#dueItems(now), how) : [];
    this.#status = how;
    this.#endedOn = on;
    const late = this.#isLate(this.#due, now);
    if (this.#late !== late) said.push(late ? this.#miss() : this.#withdraw());
    return [...said, this.#end()];
  }

  #isLate(due: number, now: number): boolean {
    return (this.#endedOn ?? 0) > due && (this.#status === 'met' || momentOf(due + 1, 0) <= now);
  }

  #end(): string {
    return `${this.#status === 'met' ? 'Met' : 'Closed'} ${dateOf(this.#endedOn ?? 0)} g${++this.#generation}`;
  }

  #miss(): string {
    this.#late = true;
    return `Missed ${written(momentOf(this.#due + 1, 0))} g${this.#generation}`;
  }

  #withdraw(): string {
    this.#late = false;
    return `Withdrawn g${++this.#generation}`;
  }

  #dueOf(start: number): number {
    const { days, unit } = this.rule.length;
    const due = unit === 'working-days' ? workingDays(start, days) : start + days;
    return this.rule.roll === 'forward' ? forward(due) : due;
  }

  #plan(start: number): void {
    this.#start = start;
    this.#due = this.#dueOf(start);
    this.#late = false;
    this.#items = this.rule.ladder.flatMap((rung) => this.#itemsOf(rung)).toSorted((a, b) => a.at - b.at);
  }

  #itemsOf({ rung, role, offset, unit, repeat }: RungRule): Item[] {
    const counted = unit === 'working-days' ? workingDays(this.#due, offset) : this.#due + offset;
    const first = offset > 0 ? forward(counted) : back(counted);
    const minutes = Number(this.rule.time.slice(0, 2)) * 60 + Number(this.rule.time.slice(3));
    return Array.from({ length: repeat?.limit ?? 1 }, (_, occurrence) => {
      const on = occurrence === 0 ? first : forward(first + occurrence * (repeat?.everyDays ?? 0));
      return { rung, role, occurrence, at: momentOf(on, minutes) };
    });
  }

  #dueItems(now: number): Item[] {
    return this.#items.filter((item) => item.at <= now && !this.#done.has(item));
  }

  #cross(items: readonly Item[], reason: string): string[] {
    for (const item of items) this.#done.add(item);
    const [first, last] = [items[0], items.at(-1)];
    if (!first || !last) return [];
    const names = items.map(({ rung, occurrence }) => `${rung}/${occurrence}`).toSorted();
    return [`Suppressed ${reason} ${written(first.at)} to ${written(last.at)}: ${names.join(' ')} g${this.#generation}`];
  }
}

/** A fact in the words of the reference. */
export const inWords = ({ type, data }: DeadlineEvent): string => {
  const generation = `g${data.generation}`;
  switch (type) {
    case 'DeadlineSet':
    case 'DeadlineMoved':
      return `${type.slice('Deadline'.length)} ${data.dueOn} ${generation}`;
    case 'DeadlineMissed':
      return `Missed ${data.missedAt} ${generation}`;
    case 'LatenessWithdrawn':
      return `Withdrawn ${generation}`;
    case 'DeadlineMet':
      return `Met ${data.metOn} ${generation}`;
    case 'DeadlineClosed':
      return `Closed ${data.closedOn} ${generation}`;
    case 'ReminderIssued':
      return `Issued ${data.rung}/${data.occurrence} to ${data.role} of ${data.dueAt} ${generation}`;
    case 'RemindersSuppressed': {
      const names = data.reminders.flatMap(({ rung, first, last }) => Array.from({ length: last - first + 1 }, (_, n) => `${rung}/${first + n}`));
      return `Suppressed ${data.reason} ${data.fromAt} to ${data.toAt}: ${names.toSorted().join(' ')} ${generation}`;
    }
  }
};
