/** How one process stands towards what it wants to hold. */
export interface Standing {
  /** What it holds and has not been asked to give back, in the order in which it took them. */
  readonly held: readonly string[];
  /** What it waits for. */
  readonly awaited: readonly string[];
  /** Of these, what nobody holds; the earlier ones are taken first. */
  readonly free: readonly string[];
  /** What each of the others wants, held or not. */
  readonly others: readonly ReadonlySet<string>[];
}

/** What it does about it. */
export interface Moves {
  readonly take: readonly string[];
  readonly give: readonly string[];
  /** Whether it still has less than its share, rounded down: it then looks again soon. */
  readonly hungry: boolean;
}

/**
 * Shares things among the processes that want them, each by its own look at all: of those things that the same processes want (a view of one
 * release is wanted by that release's alone), each holds at most its part, rounded up. So everything finds a holder, whoever looks first; who
 * holds too much, since another has come, gives back what it took last; and where nobody comes or goes, nothing moves.
 */
export const shared = ({ held, awaited, free, others }: Standing): Moves => {
  const take: string[] = [];
  const give: string[] = [];
  let hungry = false;
  for (const names of groupsOf([...held, ...awaited], others)) {
    const even = names.size / (1 + wantersOf(names, others).length);
    const most = Math.ceil(even);
    const own = held.filter((name) => names.has(name));
    const taken = free.filter((name) => names.has(name)).slice(0, Math.max(0, most - own.length));
    take.push(...taken);
    give.push(...own.slice(most));
    hungry ||= own.length + taken.length < Math.floor(even);
  }
  return { take, give, hungry };
};

const wantersOf = (names: ReadonlySet<string>, others: Standing['others']): readonly number[] => {
  const [first = ''] = names;
  return others.flatMap((wants, nth) => (wants.has(first) ? [nth] : []));
};

/** Those that the same others want, together. */
const groupsOf = (wanted: readonly string[], others: Standing['others']): Iterable<ReadonlySet<string>> => {
  const groups = Map.groupBy(wanted, (name) => wantersOf(new Set([name]), others).join());
  return [...groups.values()].map((names) => new Set(names));
};
