import type { Type } from '@nestjs/common';
import { handles, system, type CommandClass } from '#libs/commands';
import type { Event, Stream } from '#libs/kernel';
import type { Deadlines } from './deadline.js';
import { DeadlineSet, type DeadlineEvent } from './deadline.events.js';
import { knock, type KnockedFor } from './knock.js';

/** A timer says that the moment has come for something in a stream. No person can send it. */
export class Knock implements KnockedFor {
  /** The owner's id: the stream's name without its kind. */
  owner!: string;
  deadline!: string;
  generation!: number;
  rung!: string;
  occurrence!: number;
}

const classes = new Map<string, CommandClass<Knock>>();

/**
 * Lets timers knock at streams by a command of their own.
 * @throws TypeError when a stream has two such commands
 */
export const knockedBy = (stream: string, command: CommandClass<Knock>): void => {
  if (classes.has(stream)) throw new TypeError(`Two lines let timers knock at ${stream}.`);
  classes.set(stream, command);
};

/**
 * The line in a domain's module that lets timers knock at its streams.
 * @throws TypeError when a stream has two such lines
 */
export const knocks = <S, E extends Event>(stream: Stream<S, E | DeadlineEvent>, deadlinesOf: (state: S) => Deadlines): Type => {
  class OwnKnock extends Knock {}
  Object.defineProperty(OwnKnock, 'name', { value: `Knock at ${stream.name}` });
  knockedBy(stream.name, OwnKnock);
  return handles(OwnKnock, {
    of: stream,
    id: ({ owner }) => owner,
    may: [system],
    decide: (command, state, { now }) => knock(command, deadlinesOf(state)[command.deadline], now),
  });
};

/** The class of knocks at streams of that kind; undefined where no module lets timers in. */
export const knockClass = (stream: string): CommandClass<Knock> | undefined => classes.get(stream);

/**
 * Holds the kinds of streams against the lines in the modules, at start-up.
 * @throws TypeError where one has deadlines, but no timer may knock at it: its reminders would never come
 */
export const assertKnocks = (streams: readonly Pick<Stream<never, never>, 'name' | 'events'>[]): void => {
  const silent = streams.find(({ name, events }) => events.some(({ type }) => type === DeadlineSet.type) && !classes.has(name));
  if (silent) throw new TypeError(`The stream ${silent.name} has deadlines, but no module lets timers knock at it: add its line, knocks(${silent.name}, …).`);
};
