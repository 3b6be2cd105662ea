import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Commands, useCaseOf, type Context } from '#libs/commands';
import { formatPosition, type Position } from '#libs/event-log';
import { BadShape } from '#libs/fields';
import { derivedId, type Clock } from '#libs/kernel';
import { identityOf } from '../identity/identity.guard.js';
import { CLOCK, LOG_ID } from '../ports.js';
import { pathOf, problemFor, send } from '../problem/problem.filter.js';
import type { Ready } from '../problem/told.js';
import { Requests } from '../requests/requests.js';
import { commandOf } from './asked.js';
import { idempotencyKeyOf, refuseIfMatch } from './conditions.js';
import type { EachRoute } from './route.js';

/** How many of a request’s commands are under way at once. */
const AT_ONCE = 16;

/** What came of one command of many: done, or refused as it would have been by itself. */
type Outcome =
  | { readonly object: string; readonly done: true; readonly id: string; readonly revision: number; readonly position: string }
  | { readonly object: string; readonly done: false; readonly problem: { readonly status: number } };

interface One {
  readonly object: string;
  readonly command: object;
}

/**
 * Takes many commands of one kind in over HTTP, each on an object of its own and with an outcome of its own: one that is refused stops no other.
 * The id of each follows from the request’s and the object’s, so that a repeat does nothing twice, also where the first got only half way.
 */
@Injectable()
export class EachEndpoint {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Requests) private readonly requests: Requests,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG_ID) private readonly logId: string,
  ) {}

  async answer(route: EachRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const key = idempotencyKeyOf(request);
    refuseIfMatch(request);
    const { items } = commandOf(route.body, request);
    const identity = identityOf(request);
    const all = derivedId(identity.tenant, identity.by.actor, key);
    const context: Context = { ...identity, commandId: all, corr: request.id, now: this.clock.now() };
    const each = objectsOf(route, items, context);
    const { ready, repeated } = await this.requests.once(all, [`${request.method} ${pathOf(request)}`, items], () => this.#send(each, context, request));
    if (repeated) reply.header('idempotent-replayed', 'true');
    send(reply, ready);
  }

  async #send(each: readonly One[], context: Context, request: FastifyRequest): Promise<Ready> {
    const outcomes: Outcome[] = [];
    for (let from = 0; from < each.length; from += AT_ONCE)
      outcomes.push(...(await Promise.all(each.slice(from, from + AT_ONCE).map((one) => this.#one(one, context, request)))));
    const done = outcomes.filter((outcome) => outcome.done);
    // Where it is not known what came of one, the whole is not kept as answered: the same request again finds out.
    const uncertain = outcomes.some((outcome) => !outcome.done && outcome.problem.status >= 500);
    const [position] = done
      .map((outcome) => outcome.position)
      .toSorted(byPosition)
      .slice(-1);
    const answer = { done: done.length, refused: outcomes.length - done.length, ...(position !== undefined && { position }), items: outcomes };
    return { status: uncertain ? 503 : 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(answer) };
  }

  async #one({ object, command }: One, context: Context, request: FastifyRequest): Promise<Outcome> {
    try {
      const { id, revision, position } = await this.commands.send(command, { ...context, commandId: derivedId(context.commandId, object) });
      return { object, done: true, id, revision, position: formatPosition(this.logId, position as Position) };
    } catch (error) {
      return { object, done: false, problem: JSON.parse(problemFor(error, request).body) as { status: number } };
    }
  }
}

/** Positions of one log, in their order: the longer number is the later. */
const byPosition = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

const TWICE = {
  sv: 'Samma objekt står redan tidigare i listan. Ange varje objekt en gång.',
  en: 'The same object stands in the list already. Name each object once.',
};

/**
 * Which object each command concerns.
 * @throws BadShape where two concern the same one: which of them came first would be left to chance
 */
const objectsOf = ({ shape }: EachRoute, items: readonly object[], context: Context): readonly One[] => {
  const useCase = useCaseOf(shape);
  if (!useCase) throw new TypeError(`No use case handles ${shape.name}.`);
  const each = items.map((command, place) => ({
    object: useCase.id(command as never, { ...context, commandId: derivedId(context.commandId, 'item', place) }),
    command,
  }));
  const seen = new Set<string>();
  const faults = each.flatMap(({ object }, place) => (seen.size === seen.add(object).size ? [{ pointer: `/items/${place}`, detail: TWICE }] : []));
  if (faults.length > 0) throw new BadShape(faults);
  return each;
};
