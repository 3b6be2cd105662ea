import { countsByUnit, sumOfCounts, type ObligationCounts } from '#libs/audits';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Code, ListQuery } from '#libs/fields';
import { never } from '#libs/kernel';
import type { Views } from '#libs/views';
import { byHolder } from './counts.js';
import { registerThen } from './register-then.js';

const COUNT_ORDERS = ['name', 'received', 'implemented', 'open', 'past-promised-day', 'past-last-day', 'undated'] as const;
type CountOrder = (typeof COUNT_ORDERS)[number];

/** The counts of every board: each by what it holds on the day. */
export class AllCounts extends ListQuery {
  @Code('In what order: by name, or the largest of a count first.', COUNT_ORDERS, 'CountOrder', { optional: true }) sort?: CountOrder;
}

const counted = (order: CountOrder, row: ObligationCounts): number => {
  switch (order) {
    case 'name':
      return 0;
    case 'received':
    case 'implemented':
    case 'open':
    case 'undated':
      return row[order];
    case 'past-promised-day':
      return row.pastPromisedDay;
    case 'past-last-day':
      return row.pastLastDay;
    default:
      return never(order);
  }
};

export const allCounts = async (
  { sort = 'name', limit, offset, asOf }: AllCounts,
  asking: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf && (await moments.positionAt(asking.tenant, asOf));
  const then = await registerThen(asking, at, executor, streams);
  const found = await views.read(asking.tenant, (read) => countsByUnit(read, then.on, { units: asking.reach.units }), { at });
  const rows = [...byHolder(found, then)].map(([board, held]) => ({ board, name: then.name(board), ...held }));
  const items = rows.toSorted((a, b) => counted(sort, b) - counted(sort, a) || a.name.localeCompare(b.name, 'sv') || a.board.localeCompare(b.board));
  return { total: rows.length, on: then.on, sum: sumOfCounts(rows), items: items.slice(offset, offset + limit) };
};
