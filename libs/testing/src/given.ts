import { expect } from '@jest/globals';
import { derivedId, Refusal, stockholmDay, type By, type Decide, type Event, type Given, type Instant, type Stream } from '#libs/kernel';

/** When, by whom and about which object a decision is asked. */
export interface Circumstances {
  readonly now: Instant;
  readonly by: By;
  readonly id: string;
  readonly tenant?: string;
  /** The pseudonym that an opening event is given. */
  readonly subject?: string;
}

/** What came of a decision: facts, silence or a refusal. */
export interface Outcome<E> {
  /** These facts and no others, in this order. */
  then(...expected: readonly E[]): void;
  /** Facts of these types and no others, in this order. */
  thenTypes(...types: readonly string[]): void;
  /** There was nothing new to say. */
  thenNothing(): void;
  /** It was refused with this code, and a sentence in both languages. */
  thenRefused(code: string): void;
  /** What was decided, for what a fact alone does not tell. */
  readonly events: readonly E[];
}

/** The state that facts add up to, each recorded one second after the other. */
export const stateAfter = <S, E extends Event>(stream: Stream<S, E>, facts: readonly E[], { by, now }: Pick<Circumstances, 'by' | 'now'>): S =>
  facts.reduce((state, fact, rev) => stream.evolve(state, fact, { id: derivedId('fact', rev), rev, at: now, by }), stream.initial);

/**
 * Sentences about facts: given what has happened, when somebody asks, then this is recorded.
 * A sequence of commands is given as `after`: each is decided on what the ones before it recorded.
 */
export const given = <S, E extends Event>(stream: Stream<S, E>, ...facts: readonly E[]) => ({
  when: <C, N>(decide: Decide<C, S, E, N>, command: C, circumstances: Circumstances, ...[needs]: object extends N ? [N?] : [N]): Outcome<E> => {
    const { now, by, id, tenant = 'stockholm', subject = derivedId('subject', id) } = circumstances;
    const asked = { now, today: stockholmDay(now), by, id, tenant, subject, ...needs } as Given & N;
    let events: readonly E[] = [];
    let refusal: unknown;
    try {
      events = decide(command, stateAfter(stream, facts, circumstances), asked);
    } catch (error) {
      refusal = error;
    }
    const recorded = (): readonly E[] => {
      if (refusal !== undefined) throw refusal as Error;
      return events;
    };
    return {
      then: (...expected) => expect(recorded()).toEqual(expected),
      thenTypes: (...types) => expect(recorded().map(({ type }) => type)).toEqual(types),
      thenNothing: () => expect(recorded()).toEqual([]),
      thenRefused: (code) => {
        expect(refusal).toBeInstanceOf(Refusal);
        const { code: actual, text } = refusal as Refusal;
        expect(actual).toBe(code);
        expect([text.sv, text.en]).toEqual([expect.stringMatching(/\p{L}.*[.?]$/u), expect.stringMatching(/\p{L}.*[.?]$/u)]);
      },
      get events() {
        return recorded();
      },
    };
  },
});
