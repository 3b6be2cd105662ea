import { readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { Position } from '#libs/event-log';
import { addMilliseconds, derivedId, laterOf, type By, type Event, type Instant } from '#libs/kernel';
import { foldRows, targetsOf, type Current } from './row-fold.js';
import type { RowView } from './row-view.js';
import type { Seen } from './view.js';

/** A fact as a spec tells it; what it does not say is made up, the same each time. */
export interface Fact {
  readonly stream: string;
  readonly event: Event;
  readonly tenant?: string;
  readonly at?: Instant;
  readonly by?: By;
  readonly caus?: string;
  readonly cmd?: string;
}

/** One version of a row: `since` and `until` count the facts from 1, `until` is null for the row as it stands in the end. */
export type GoldenRow<Row> = Partial<Row> & {
  readonly tenant: string;
  readonly key: string;
  readonly since: number;
  readonly until: number | null;
  readonly broken: string | null;
};

const FIRST = '2026-01-01T08:00:00.000Z' as Instant;
const SOMEBODY: By = { actor: derivedId('somebody'), role: 'case-officer', unit: derivedId('unit') };

/** What happened in one stream, one after the other. */
export const happenedIn = (stream: string, ...events: readonly Event[]): readonly Fact[] => events.map((event) => ({ stream, event }));

/** Facts as a view sees them: recorded one second after the other from 1 January 2026, unless they say when. */
const seenFacts = (facts: readonly Fact[]): readonly Seen[] => {
  const revisions = new Map<string, number>();
  const clocks = new Map<string, Instant>();
  return facts.map(({ stream, event, tenant = 'stockholm', at, by = SOMEBODY, caus, cmd }, index) => {
    const rev = (revisions.get(stream) ?? -1) + 1;
    const said = at ?? addMilliseconds(FIRST, index * 1_000);
    const before = clocks.get(tenant);
    const recordedAt = before ? laterOf(before, said) : said;
    revisions.set(stream, rev);
    clocks.set(tenant, recordedAt);
    const { type, data } = event;
    const id = derivedId('fact', index);
    const rest = { corr: derivedId('corr', index).replaceAll('-', ''), cmd: cmd ?? derivedId('cmd', index), ...(caus !== undefined && { caus }) };
    return { type, data, id, rev, at: said, by, tenant, stream, position: BigInt(index + 1) as Position, recordedAt, ...rest };
  });
};

/** Every version of every row that facts make, in the order in which they began: what a spec of a view asks about. */
export const foldAll = <Row>(view: RowView<Row>, facts: readonly Fact[]): readonly GoldenRow<Row>[] => {
  const { opened } = foldRows(view, new Map<string, Current<Row>>(), targetsOf(view, seenFacts(facts)));
  return opened.map(({ tenant, key, since, until, broken, row }) => {
    const place = { tenant, key, since: Number(since), until: until === null ? null : Number(until), broken };
    return { ...row, ...place } as GoldenRow<Row>;
  });
};

interface Golden {
  readonly version: number;
  /** Of the facts that were folded. */
  readonly facts: string;
  readonly rows: unknown;
}

/**
 * Holds the rows that facts make against those of the file beside the spec: another fold needs another version, or rows written
 * by two folds would stand in one table. `GOLDEN=write` writes them down where version or facts are new.
 * @throws Error saying what differs
 */
export const checkGoldenRows = async <Row>(view: RowView<Row>, facts: readonly Fact[], file: URL): Promise<void> => {
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  const golden: Golden = { version: view.version, facts: digest, rows: JSON.parse(JSON.stringify(foldAll(view, facts))) };
  const kept = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Golden,
    () => undefined,
  );
  if (kept?.version === golden.version && kept.facts === golden.facts) {
    if (JSON.stringify(kept.rows) === JSON.stringify(golden.rows)) return;
    throw new Error(`The fold of ${view.name} gives other rows than version ${view.version} did. Raise its version, then write them down with GOLDEN=write.`);
  }
  if (process.env.GOLDEN !== 'write')
    throw new Error(`There are no golden rows of these facts by ${view.name} ${view.version}. Write them down with GOLDEN=write.`);
  await writeFile(file, `${JSON.stringify(golden, null, 2)}\n`);
};
