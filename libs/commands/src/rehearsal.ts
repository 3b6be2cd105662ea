import { stockholmDay, type Event, type Stream } from '#libs/kernel';
import type { Context } from './context.js';
import { useCaseOf } from './handles.js';
import { refuse } from './may.js';
import type { CommandClass, Folded, Needs, Reads, UseCase } from './use-case.js';

type Any = UseCase<object, unknown, Event, Needs<object>>;

/**
 * Decides commands one after the other as they would be decided, and records nothing: each is decided on what the ones before it would have
 * recorded. What would follow in other streams is not seen. For whoever wants to know beforehand what would be refused.
 */
export class Rehearsal {
  readonly #states = new Map<string, Folded<unknown>>();
  readonly #reads: Reads;

  constructor(
    reads: Reads,
    private readonly context: Context,
  ) {
    this.#reads = {
      fold: async <S, E extends Event>(stream: Stream<S, E>, id: string): Promise<Folded<S>> =>
        (this.#states.get(`${stream.name}-${id}`) as Folded<S> | undefined) ?? (await reads.fold(stream, id)),
    };
  }

  /**
   * What a command would record.
   * @throws Refusal as the command itself would; TypeError for one that no module handles
   */
  async send(command: object): Promise<readonly Event[]> {
    const useCase = useCaseOf(command.constructor as CommandClass<object>) as unknown as Any | undefined;
    if (!useCase) throw new TypeError(`No use case handles ${command.constructor.name}.`);
    const { tenant, by, now } = this.context;
    const id = useCase.id(command, this.context);
    const before = await this.#reads.fold(useCase.of, id);
    const refusal = refuse(this.context, useCase.may, useCase.unit?.(before.state));
    if (refusal) throw refusal;
    const needed = Object.entries(useCase.needs ?? {}).map(async ([name, need]) => [name, (await need(this.#reads, command, this.context)).value] as const);
    const values = Object.fromEntries(await Promise.all(needed));
    const events = useCase.decide(command, before.state, { now, today: stockholmDay(now), by, tenant, id, subject: id, ...values });
    const after = events.reduce((so, event): Folded<unknown> => {
      const rev = so.revision + 1;
      return { state: useCase.of.evolve(so.state, event, { id, rev, at: now, by }), revision: rev, etag: rev, lastId: so.lastId };
    }, before);
    this.#states.set(`${useCase.of.name}-${id}`, after);
    return events;
  }
}
