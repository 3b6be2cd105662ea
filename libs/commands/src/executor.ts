import { LogUnavailable, type EventLog } from '#libs/event-log';
import { derivedId, MAX_EVENTS, randomId, stale, stockholmDay, type Entry, type Event, type EventRegistry, type PersonalRef, type Stream } from '#libs/kernel';
import type { Vault } from '#libs/vault';
import type { Answer, Context } from './context.js';
import { Folds, type Fold } from './folds.js';
import { refuse } from './may.js';
import type { Folded, Needs, Reads, UseCase, Values } from './use-case.js';

/** How often a decision is made anew when others write to the same stream meanwhile. */
const MAX_TRIES = 12;

/**
 * The only writer: reads a stream, folds it, decides, seals what is personal and appends at the revision read.
 * A repeat, told by its command id, gets the answer given then.
 */
export class Executor implements ExecutesCommands {
  readonly #folds: Folds;

  constructor(
    private readonly log: EventLog,
    private readonly vault: Vault,
    private readonly registry: EventRegistry,
  ) {
    this.#folds = new Folds(log, registry);
  }

  /** Streams of one tenant, as they stand now. */
  reads(tenant: string): Reads {
    return { fold: <S, E extends Event>(stream: Stream<S, E>, id: string): Promise<Folded<S>> => this.#folds.load(tenant, stream, id) };
  }

  /**
   * @throws Refusal when it is refused: nothing was recorded
   * @throws LogUnavailable when the outcome is not known: the same command again finds out
   */
  async execute<C, S, E extends Event, N extends Needs<C>>(useCase: UseCase<C, S, E, N>, command: C, context: Context): Promise<Answer> {
    const { tenant, by, commandId, ifMatch } = context;
    const id = useCase.id(command, context);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      // Read together with the stream, in one round trip; who may is still asked first.
      const needed = this.#load(useCase.needs, command, context);
      needed.catch(() => {});
      const fold = await this.#folds.load(tenant, useCase.of, id);
      const earlier = fold.commands.get(commandId);
      if (earlier) return { id, ...earlier };
      const refusal = refuse(context, useCase.may, useCase.unit?.(fold.state));
      if (refusal && refusal.kind !== 'unknown') throw refusal;
      if (!refusal && ifMatch !== undefined && fold.revision >= 0 && ifMatch !== fold.etag) throw changedMeanwhile(ifMatch, fold.etag);
      const { values, basis } = await needed;
      const given = { now: context.now, today: stockholmDay(context.now), by, tenant, id, subject: randomId(), ...values };
      // What is out of reach must be answered as what does not exist: only the decision knows how.
      const events = useCase.decide(command, refusal ? useCase.of.initial : fold.state, given);
      if (refusal) throw refusal;
      if (events.length === 0) return { id, revision: fold.revision, etag: fold.etag, position: fold.position };
      const outcome = await this.#append(useCase.of, id, fold, events, basis, context);
      if (outcome) return { id, ...outcome };
      if (tries > 1) await new Promise((later) => setTimeout(later, Math.random() * 2 ** tries));
    }
    throw new LogUnavailable(`Others keep writing to ${useCase.of.name}-${id}; try again.`);
  }

  async #load<C, N extends Needs<C>>(needs: N | undefined, command: C, context: Context): Promise<{ values: Values<N>; basis: readonly string[] }> {
    const reads = this.reads(context.tenant);
    const loaded = await Promise.all(Object.entries(needs ?? {}).map(async ([name, need]) => [name, await need(reads, command, context)] as const));
    return {
      values: Object.fromEntries(loaded.map(([name, { value }]) => [name, value])) as Values<N>,
      basis: [...new Set(loaded.flatMap(([, { basis = [] }]) => basis))],
    };
  }

  /** @returns what was written, or undefined where somebody else wrote first */
  async #append<S, E extends Event>(stream: Stream<S, E>, id: string, fold: Fold<S>, events: readonly E[], basis: readonly string[], context: Context) {
    const { tenant, by, commandId, corr, caus, now } = context;
    const name = `${stream.name}-${id}`;
    if (events.length > MAX_EVENTS) throw new RangeError(`A decision on ${name} made ${events.length} events; at most ${MAX_EVENTS} are appended at once.`);
    const ids = events.map((_, index) => derivedId(tenant, name, commandId, index));
    const { refs, sealed } = await this.#seal(stream, name, fold, events, ids, context);
    const entries = events.map(({ type, data }, index): Entry => {
      const eventId = ids[index] ?? '';
      const personal = refs.get(eventId);
      return {
        v: 1,
        id: eventId,
        tenant,
        stream: name,
        rev: fold.revision + 1 + index,
        type,
        schema: this.#declared(stream, { type, data }).schema,
        at: now,
        by,
        corr,
        cmd: commandId,
        data: data as Entry['data'],
        ...(caus !== undefined && { caus }),
        ...(basis.length > 0 && { basis: [...basis] }),
        ...(personal !== undefined && { personal }),
      };
    });
    const result = await this.log.append(tenant, name, fold.revision, entries, sealed);
    if (result.outcome === 'conflict') return undefined;
    const etag = entries.reduce((last, { rev, type }) => (this.registry.find(type)?.byTimer ? last : rev), fold.etag);
    return { revision: result.revision, etag, position: result.position };
  }

  async #seal<S, E extends Event>(
    stream: Stream<S, E>,
    name: string,
    fold: Fold<S>,
    events: readonly E[],
    ids: readonly string[],
    { tenant, by, now }: Context,
  ) {
    const toSeal = events.flatMap(({ personal }, index) => {
      const parts = Object.entries(personal ?? {}).filter(([, part]) => part !== undefined);
      return parts.length === 0 ? [] : [{ eventId: ids[index] ?? '', personal: Object.fromEntries(parts) }];
    });
    if (toSeal.length === 0) return { refs: new Map<string, PersonalRef[]>(), sealed: { keys: [], parts: [] } };
    const after = events.reduce(
      (state, event, index) => stream.evolve(state, event, { id: ids[index] ?? '', rev: fold.revision + 1 + index, at: now, by }),
      fold.state,
    );
    const subject = stream.subject?.(after);
    if (subject === undefined) throw new TypeError(`${name} holds a personal part, but its stream names no subject to seal it for.`);
    return this.vault.seal(tenant, name, subject, stream.subject?.(fold.state) === undefined, toSeal);
  }

  /** A decision that says what its stream does not declare is a fault of ours, found before anything is stored. */
  #declared(stream: { readonly name: string }, { type, data }: Event) {
    const declared = this.registry.find(type);
    if (!declared) throw new TypeError(`No event type ${type} is declared for ${stream.name}.`);
    const check = declared.check();
    if (!check.Check(data)) throw new TypeError(`${type} does not follow its declaration: ${JSON.stringify(check.Errors(data)[0] ?? null)}`);
    return declared;
  }
}

/** What `handles` needs of the executor. */
export interface ExecutesCommands {
  execute<C, S, E extends Event, N extends Needs<C>>(useCase: UseCase<C, S, E, N>, command: C, context: Context): Promise<Answer>;
}

const changedMeanwhile = (seen: number, actual: number) =>
  stale('object.changed', {
    sv: `Någon har ändrat detta sedan du läste det (du såg version ${seen}, nu gäller ${actual}). Läs om och gör om ändringen.`,
    en: `Somebody has changed this since you read it (you saw version ${seen}, now it is ${actual}). Read it again and redo your change.`,
  });
