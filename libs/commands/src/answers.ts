import { Inject, Injectable, type Type } from '@nestjs/common';
import { QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { Day, Instant } from '#libs/kernel';
import { reachOf, type Asker, type May, type Reach } from './may.js';

/** Who asks, and when. */
export interface Asking extends Asker {
  readonly tenant: string;
  readonly now: Instant;
  /** The day that lateness and age are reckoned on: Stockholm's, of `asOf` where it is given. */
  readonly today: Day;
  /** As it was recorded then; as it is now where left out. */
  readonly asOf?: Instant;
}

/** Where answers, and what decisions need, are read from. */
export type Sources = readonly (abstract new (...args: never[]) => unknown)[];
export type Injected<T extends readonly unknown[]> = { readonly [K in keyof T]: T[K] extends abstract new (...args: never[]) => infer I ? I : unknown };

/** Everything about a question but its answer's text: one line in a module. */
export interface Answering<Q, A, T extends Sources> {
  /** Who may ask: the row of the authorisation table. */
  readonly may: readonly May[];
  /** Where the answer is read from. */
  readonly from: T;
  readonly answer: (query: Q, asking: Asking & { readonly reach: Reach }, ...sources: Injected<T>) => Promise<A>;
}

export type QueryClass<Q> = new () => Q;
type AskedClass = new (query: object, asking: Asking) => object;
const answered = new Map<QueryClass<object>, { readonly asked: AskedClass; readonly may: readonly May[] }>();

/**
 * One question: the line in a module that says who may ask, and where the answer comes from.
 * @throws TypeError when another line answers the same question
 */
export const answers = <Q extends object, A, const T extends Sources>(of: QueryClass<Q>, answering: Answering<Q, A, T>): Type => {
  if (answered.has(of)) throw new TypeError(`Two lines answer ${of.name}.`);
  class Asked {
    constructor(
      readonly query: Q,
      readonly asking: Asking,
    ) {}
  }
  @QueryHandler(Asked)
  class Handler {
    readonly #sources: readonly unknown[];

    constructor(...sources: readonly unknown[]) {
      this.#sources = sources;
    }

    async execute({ query: sent, asking }: Asked): Promise<A> {
      const reach = reachOf(asking, answering.may);
      return answering.answer(sent, { ...asking, reach }, ...(this.#sources as Injected<T>));
    }
  }
  answering.from.forEach((source, index) => Inject(source as Type)(Handler, undefined, index));
  Object.defineProperty(Handler, 'name', { value: `${of.name}Handler` });
  answered.set(of, { asked: Asked as unknown as AskedClass, may: answering.may });
  return Handler;
};

/** Who may ask a question, where a line answers it: what start-up holds each route against. */
export const whoMayAsk = (query: QueryClass<object>): readonly May[] | undefined => answered.get(query)?.may;

/** The one way out: every question goes through here. */
@Injectable()
export class Queries {
  constructor(@Inject(QueryBus) private readonly bus: QueryBus) {}

  /** @throws Refusal where the asker may not; TypeError for a question that no module answers */
  async ask(query: object, asking: Asking): Promise<unknown> {
    const found = answered.get(query.constructor as QueryClass<object>);
    if (!found) throw new TypeError(`Nothing answers ${query.constructor.name}.`);
    return this.bus.execute(new found.asked(query, asking));
  }
}
