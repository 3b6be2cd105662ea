import { countsByUnit, sumOfCounts } from '#libs/audits';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Id, Query } from '#libs/fields';
import type { Views } from '#libs/views';
import { heldWithin } from './held-within.js';
import { registerThen } from './register-then.js';

/** The counts of one board: of everything that it holds on the day, whoever it was first given to. */
export class BoardCounts extends Query {
  @Id('The board.') board!: string;
}

/** @throws Refusal `board.unknown` where there is no such board, or it is out of the asker's reach */
export const boardCounts = async (
  { board, asOf }: BoardCounts,
  asking: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf && (await moments.positionAt(asking.tenant, asOf));
  const then = await registerThen(asking, at, executor, streams);
  const units = heldWithin(asking.reach, board, then);
  const counted = await views.read(asking.tenant, (read) => countsByUnit(read, then.on, { units }), { at });
  return { board, name: then.name(board), ...sumOfCounts(counted), on: then.on };
};
