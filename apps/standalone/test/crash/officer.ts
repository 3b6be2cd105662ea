import { setTimeout as pause } from 'node:timers/promises';
import { addDays, isAfter, type Day } from '#libs/kernel';
import type { Api } from './api.js';
import { approvePlan, noteContact, receivePlan, returnPlan, reviewPlan, sendOrder, type Sender, type Sent } from './commands.js';
import type { Ledger } from './ledger.js';
import type { Random } from './random.js';

const TRIES_MAX = 100;

/** An order as its client knows it: what has been acknowledged. */
export interface OwnOrder {
  readonly id: string;
  readonly sender: Sender;
  readonly name: string;
  status: 'awaiting-plan' | 'received' | 'reviewed' | 'approved' | 'ended';
  /** What the latest review found. */
  clear: boolean;
  /** From when on the plan comes; never where there is none. */
  readonly planFrom: Day | undefined;
  plans: number;
  readonly notes: string[];
  replacedBy?: string;
}

/** What an officer tells of its doings. */
export interface Listener {
  /** At once when the answer is there. */
  readonly acknowledged: (sent: Sent) => void;
  /** There was no answer, or one that says that it is not certain. */
  readonly unanswered: (why: string) => void;
  /** No command of these may be refused. */
  readonly refused: (why: string) => void;
}

/** One client: it does one thing after another to orders of its own, and repeats what it got no answer to, under the same key. */
export class Officer {
  readonly orders: OwnOrder[] = [];
  /** Sent, and not answered yet. */
  pending: Sent | undefined;

  constructor(
    private readonly sender: Sender,
    private readonly random: Random,
    private readonly ledger: Ledger,
    private readonly today: () => Day,
    private readonly listener: Listener,
  ) {}

  /** Goes on until the signal. An instance that does not answer is asked again after a moment. */
  async work(api: Api, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const isKnown = await this.#send(api, (this.pending ??= this.#choose()));
      await pause(isKnown ? this.random.between(0, 25) : 50);
    }
  }

  /**
   * Repeats what has no answer, until it has.
   * @throws Error where it never has
   */
  async settle(api: Api): Promise<void> {
    for (let tries = 0; this.pending && !(await this.#send(api, this.pending)); tries++) {
      if (tries === TRIES_MAX) throw new Error(`${this.pending.kind} ${this.pending.command} gets no answer.`);
      await pause(50);
    }
  }

  /** @returns whether there was an answer */
  async #send(api: Api, sent: Sent): Promise<boolean> {
    const answer = await api.send(sent);
    if (answer.outcome === 'unknown') {
      this.listener.unanswered(answer.why);
      return false;
    }
    if (answer.outcome === 'acknowledged') {
      this.listener.acknowledged(sent);
      await this.ledger.add({ sent, ...answer });
      this.#learn(sent);
    } else this.listener.refused(answer.why);
    this.pending = undefined;
    return true;
  }

  #choose(): Sent {
    const { random, sender } = this;
    const [today, key] = [this.today(), random.uuid()];
    const running = this.orders.filter(({ status }) => status !== 'ended');
    const some = random.pick(running);
    const roll = random.next();
    const order = random.chance(0.5) ? { order: random.uuid() } : {};
    if (some === undefined || roll < 0.18) return sendOrder(sender, key, { name: `Elev ${key}`, sentOn: today, ...order });
    if (roll < 0.3) return sendOrder(sender, key, { name: `Elev ${key}`, sentOn: today, ...order, replaces: some.id });
    const next = random.pick(running.filter((one) => this.#canGoOn(one, today)));
    return roll < 0.7 && next ? this.#goOn(next, key, today) : noteContact(sender, key, (random.pick(this.orders) ?? some).id, today, `Samtal ${key}`);
  }

  #canGoOn({ status, planFrom }: OwnOrder, today: Day): boolean {
    return status === 'received' || status === 'reviewed' || (status === 'awaiting-plan' && planFrom !== undefined && !isAfter(planFrom, today));
  }

  #goOn({ id, status, clear, plans }: OwnOrder, key: string, today: Day): Sent {
    if (status === 'awaiting-plan') return receivePlan(this.sender, key, id, today, key.replaceAll('-', '').repeat(2));
    if (status === 'received') return reviewPlan(this.sender, key, id, plans, this.random.chance(0.6));
    if (clear) return approvePlan(this.sender, key, id, plans, today);
    return returnPlan(this.sender, key, id, plans, today, addDays(today, this.random.between(3, 14)));
  }

  #learn({ kind, order: id, body }: Sent): void {
    const order = this.orders.find((one) => one.id === id);
    switch (kind) {
      case 'replacement': {
        const replaced = this.orders.find((one) => one.id === body['replaces']);
        if (replaced) Object.assign(replaced, { status: 'ended', replacedBy: id });
        this.orders.push(this.#newOrder(id, body));
        return;
      }
      case 'order':
        this.orders.push(this.#newOrder(id, body));
        return;
      case 'plan':
        if (order) Object.assign(order, { status: 'received', plans: order.plans + 1 });
        return;
      case 'review':
        if (order) Object.assign(order, { status: 'reviewed', clear: body['canBeFollowedUp'] });
        return;
      case 'return':
        if (order) order.status = 'awaiting-plan';
        return;
      case 'approval':
        if (order) order.status = 'approved';
        return;
      case 'note':
        order?.notes.push(String(body['note']));
    }
  }

  #newOrder(id: string, body: Sent['body']): OwnOrder {
    const silent = this.random.chance(0.1);
    const planFrom = silent ? undefined : addDays(body['sentOn'] as Day, this.random.between(0, 22));
    const { name } = body['serviceUser'] as { readonly name: string };
    return { id, sender: this.sender, name, status: 'awaiting-plan', clear: false, planFrom, plans: 0, notes: [] };
  }
}
