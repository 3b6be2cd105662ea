import { Inject, Injectable, type Type } from '@nestjs/common';
import { CommandBus, CommandHandler } from '@nestjs/cqrs';
import type { Event } from '#libs/kernel';
import type { Injected, Sources } from './answers.js';
import { Executor } from './executor.js';
import type { Answer, Context } from './context.js';
import { observed } from './observed.js';
import type { CommandClass, Needs, UseCase } from './use-case.js';

/** What travels on the command bus: a command and its context, as one message. */
interface Message {
  readonly command: object;
  readonly context: Context;
}
type MessageClass = new (command: object, context: Context) => Message;

/** A use case of any command, as start-up checks and the table of who may what read it. */
export type AnyUseCase = Pick<UseCase<never, never, Event, Needs<never>>, 'may' | 'of' | 'id'>;

const handled = new Map<CommandClass<object>, { readonly message: MessageClass; readonly useCase: AnyUseCase }>();

/**
 * One use case: the line in a module that says who may, of what stream, and which decision.
 * @throws TypeError when another line handles the same command: two would be one too many
 */
export const handles = <C extends object, S, E extends Event, const N extends Needs<C> = Record<never, never>>(
  of: CommandClass<C>,
  useCase: UseCase<C, S, E, N>,
): Type => handler(of, useCase, [], () => useCase);

/**
 * The same of a decision that rests on more than single streams tell, such as all that a board has: what it needs is read from the
 * sources named, as an answer is.
 * @throws TypeError when another line handles the same command
 */
export const handlesFrom = <C extends object, S, E extends Event, const N extends Needs<C>, const T extends Sources>(
  of: CommandClass<C>,
  { from, needs, ...rest }: Omit<UseCase<C, S, E, N>, 'needs'> & { readonly from: T; readonly needs: (...sources: Injected<T>) => N },
): Type => handler(of, rest, from, (...sources) => ({ ...rest, needs: needs(...(sources as Injected<T>)) }));

const handler = <C extends object, S, E extends Event, N extends Needs<C>>(
  of: CommandClass<C>,
  row: Pick<UseCase<C, S, E, N>, 'may' | 'of' | 'id'>,
  from: Sources,
  useCaseFrom: (...sources: readonly unknown[]) => UseCase<C, S, E, N>,
): Type => {
  if (handled.has(of)) throw new TypeError(`Two use cases handle ${of.name}.`);
  class Sent implements Message {
    constructor(
      readonly command: C,
      readonly context: Context,
    ) {}
  }
  @CommandHandler(Sent)
  class Handler {
    readonly #executor: Executor;
    readonly #useCase: UseCase<C, S, E, N>;

    // One parameter for all: of each that is declared by itself the compiler would tell Nest a type, of the rest one that it cannot find.
    constructor(...[executor, ...sources]: readonly [Executor, ...unknown[]]) {
      this.#executor = executor;
      this.#useCase = useCaseFrom(...sources);
    }

    execute({ command: sent, context }: Sent): Promise<Answer> {
      return this.#executor.execute(this.#useCase, sent, context);
    }
  }
  [Executor, ...from].forEach((source, index) => Inject(source as Type)(Handler, undefined, index));
  Object.defineProperty(Handler, 'name', { value: `${of.name}Handler` });
  handled.set(of, { message: Sent as unknown as MessageClass, useCase: row as unknown as AnyUseCase });
  return Handler;
};

/** The use case that handles a command, where one does: what start-up holds each route against. */
export const useCaseOf = (command: CommandClass<object>): AnyUseCase | undefined => handled.get(command)?.useCase;

/** The one way in: every command, from people, timers and reactions alike, goes through here. */
@Injectable()
export class Commands {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  /** @throws what {@link Executor.execute} throws; TypeError for a command that no module handles */
  async send(command: object, context: Context): Promise<Answer> {
    const found = handled.get(command.constructor as CommandClass<object>);
    if (!found) throw new TypeError(`No use case handles ${command.constructor.name}.`);
    return observed(command.constructor.name, context, () => this.bus.execute<Message, Answer>(new found.message(command, context)));
  }
}
