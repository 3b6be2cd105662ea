import type { Position } from './event-log.js';
import { OPEN, type LogState, type MovingLog } from './log-state.js';
import { LogsDiffer, PAGE, SideBySide, type Common } from './side-by-side.js';

/** The logs are not in a state in which the one can be moved to the other: in one line why, and what to do. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}

export interface Move {
  readonly source: MovingLog;
  readonly target: MovingLog;
  /** Only copies, and leaves the source in use: what is recorded meanwhile is copied by the next run. */
  readonly ahead?: boolean;
  /**
   * What else stands on positions of the source goes over to the target: called when all entries are there and nobody can append to either,
   * and again where an earlier run was broken off.
   * @param end the last position of the target
   */
  readonly carry: (end: Position) => Promise<void>;
  /** Raised to end after the page under way: the next run goes on from there. */
  readonly signal?: AbortSignal;
}

/** How far it has come. */
export interface MoveProgress {
  /** The same in both so far; of these, how many were put into the target by this run. */
  readonly entries: number;
  readonly put: number;
  /** Where the source has been read to, and where it ended when it was last looked at. */
  readonly at: Position;
  readonly end: Position;
  /** Nobody can append to the source any more. */
  readonly closed: boolean;
}

/** What came of it: `moved` now or before, `copied` what there was, or `stopped` by the signal. */
export interface Moved extends Common {
  readonly outcome: 'moved' | 'moved before' | 'copied' | 'stopped';
  readonly put: number;
  /** Last positions, as far as both hold the same. */
  readonly source: Position;
  readonly target: Position;
}

/**
 * Moves a log: copies every entry into another, in the order of the whole log, with its id and revision, reads each again from there and
 * compares it, and puts the other in the place of the first. May be broken off anywhere and begun again: what is there already is compared
 * and kept.
 *
 * What was acknowledged is never lost: the source is closed before its end is read, and the target is not in use before it holds that.
 * @throws MoveRefused where either is in use otherwise; LogsDiffer where the target is not the beginning of the source, or the source has gaps;
 *   LogUnavailable
 */
export async function* moveLog({ source, target, ahead = false, carry, signal }: Move): AsyncGenerator<MoveProgress, Moved> {
  const states = { source: await source.state(), target: await target.state() };
  assertMovable(source, target, states);
  const pair = new SideBySide({ source, target });
  const came = (outcome: Moved['outcome']): Moved => ({ outcome, ...pair.common, put: pair.put, source: pair.source, target: pair.target });
  if (states.source.state === 'moved' && states.target.state === 'open') {
    yield* throughout(pair, 'compare', source, signal);
    if (signal?.aborted) return came('stopped');
    if (pair.source !== (await source.head())) throw new LogsDiffer(`The source holds more than the ${pair.entries} entries that were moved from it.`);
    return came('moved before');
  }
  if (states.target.state !== 'filling') {
    // What is no beginning of the source is somebody's, and stays in use.
    const beginning = new SideBySide({ source, target });
    yield* throughout(beginning, 'compare', source, signal);
    if (signal?.aborted) return came('stopped');
    await beginning.assertTargetEnds();
    await target.become({ state: 'filling', other: source.id });
  }
  if (states.source.state === 'open') {
    // While little comes meanwhile, or ever less than before.
    for (let passed = Infinity, before = Infinity; passed > PAGE && (passed < before || before === Infinity);) {
      before = passed;
      const began = pair.entries;
      yield* throughout(pair, 'fill', source, signal);
      if (signal?.aborted) return came('stopped');
      passed = pair.entries - began;
    }
    await pair.assertTargetEnds();
    if (ahead) return came('copied');
  }
  await source.become({ state: 'moved', other: target.id });
  while (pair.source !== (await source.head())) {
    yield* throughout(pair, 'fill', source, signal, true);
    if (signal?.aborted) return came('stopped');
  }
  await pair.assertTargetEnds();
  await carry(pair.target);
  await target.become(OPEN);
  return came('moved');
}

/** To where the source ends now, or the target where only compared. */
async function* throughout(
  pair: SideBySide,
  how: 'fill' | 'compare',
  source: MovingLog,
  signal: AbortSignal | undefined,
  closed = false,
): AsyncGenerator<MoveProgress, void> {
  const end = await source.head();
  const stopped = () => signal?.aborted ?? false;
  while (pair.source < end && !stopped()) {
    if ((await pair.page(how)) === undefined) return;
    yield { entries: pair.entries, put: pair.put, at: pair.source, end, closed };
  }
}

const assertMovable = (source: MovingLog, target: MovingLog, states: { readonly source: LogState; readonly target: LogState }): void => {
  if (source.id === target.id) throw new MoveRefused('Source and target are the same log.');
  const { source: from, target: to } = states;
  if (from.state === 'filling') throw new MoveRefused(`The source is itself being filled from log ${from.other}. Let that come to its end first.`);
  if (from.state === 'moved' && from.other !== target.id)
    throw new MoveRefused(`The source was moved to log ${from.other} already, and this target is log ${target.id}. Move from there.`);
  if (to.state !== 'open' && to.other !== source.id)
    throw new MoveRefused(
      to.state === 'filling'
        ? `The target is being filled from another log, ${to.other}. Give an empty one.`
        : `The target was moved to another log, ${to.other}, and this source is log ${source.id}. Give an empty one.`,
    );
};

/**
 * Gives up a move that has not come to its end: the source is in use again. The target stays as it is, and out of use; a later move goes on with it.
 * @throws MoveRefused where the target has been in use: what was recorded since is there alone
 */
export const stay = async ({ source, target, carry }: Pick<Move, 'source' | 'target'> & { readonly carry: () => Promise<void> }): Promise<void> => {
  const [from, to] = [await source.state(), await target.state()];
  if (to.state !== 'filling' || to.other !== source.id)
    throw new MoveRefused('There is no move under way from this source to this target that could be given up.');
  if (from.state === 'moved' && from.other !== target.id) throw new MoveRefused(`The source was moved to log ${from.other} already.`);
  await carry();
  await source.become(OPEN);
};
