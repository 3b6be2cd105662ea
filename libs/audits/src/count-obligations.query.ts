import { Type } from 'typebox';
import type { Day } from '#libs/kernel';
import { all, sql, type Found, type ListOptions, type Read, type RowView, type Sql } from '#libs/views';
import { obligationsView, type ObligationStatus } from './obligations.view.js';

/**
 * What has been recommended, by where it stands (domain §3.2.6). *Received* is *implemented* and *open*, always: the judgement of the auditors
 * moves an obligation between the two only where it reopens it, so that one judged *met* or *no longer relevant* stays where the board left it,
 * and is told beside. What the auditors have withdrawn is none of it.
 */
export interface ObligationCounts {
  readonly received: number;
  readonly implemented: number;
  readonly open: number;
  /** Of the open: the current promised day of an action has passed. */
  readonly pastPromisedDay: number;
  /** Of the open: the last day has passed. */
  readonly pastLastDay: number;
  /** Of the open: none of its actions has a day. */
  readonly undated: number;
  /** Of the open: the auditors have judged them met or no longer relevant, and the board has not decided yet. */
  readonly settled: number;
  /** Withdrawn by the auditors: in no other count. */
  readonly withdrawn: number;
}

/** How an answer shows them. */
export const obligationCountFields = {
  received: Type.Integer({ description: 'Implemented and open together. What the auditors have withdrawn is not among them.' }),
  implemented: Type.Integer({ description: 'The board has decided that they are implemented.' }),
  open: Type.Integer({ description: 'The board has not, or the auditors have reopened them.' }),
  pastPromisedDay: Type.Integer({ description: 'Of the open: the current promised day of an action has passed.' }),
  pastLastDay: Type.Integer({
    description: 'Of the open: the last day has passed; the reply’s until the reply is given, then one that board or auditors set.',
  }),
  undated: Type.Integer({ description: 'Of the open: none of its actions has a day.' }),
  settled: Type.Integer({ description: 'Of the open: judged met or no longer relevant; the board has yet to decide.' }),
  withdrawn: Type.Integer({ description: 'Withdrawn by the auditors: in no other count.' }),
};

/** Counts of what was first given to one unit, or allotted to it, whoever holds it now. */
export interface CountsOfUnit extends ObligationCounts {
  readonly unit: string;
}

const NOTHING: ObligationCounts = { received: 0, implemented: 0, open: 0, pastPromisedDay: 0, pastLastDay: 0, undated: 0, settled: 0, withdrawn: 0 };

const together = (one: ObligationCounts, other: ObligationCounts): ObligationCounts => ({
  received: one.received + other.received,
  implemented: one.implemented + other.implemented,
  open: one.open + other.open,
  pastPromisedDay: one.pastPromisedDay + other.pastPromisedDay,
  pastLastDay: one.pastLastDay + other.pastLastDay,
  undated: one.undated + other.undated,
  settled: one.settled + other.settled,
  withdrawn: one.withdrawn + other.withdrawn,
});

/** All of them as one. */
export const sumOfCounts = (counts: readonly ObligationCounts[]): ObligationCounts => counts.reduce(together, NOTHING);

/** What narrows a count. */
export interface Counted {
  /** Only what was given to these; all where left out. */
  readonly units?: readonly string[] | undefined;
  readonly where?: Sql | undefined;
  /** The condition names columns that the index of counts does not hold. */
  readonly beyondIndex?: boolean;
}

/** Obligations that are alike in all that counts go by. */
interface Alike {
  readonly unit: string;
  readonly status: ObligationStatus;
  readonly pastPromisedDay: boolean;
  readonly pastLastDay: boolean;
  readonly undated: boolean;
  readonly settled: boolean;
  readonly many: number;
}

const counted = ({ status, pastPromisedDay, pastLastDay, undated, settled, many }: Alike): ObligationCounts => {
  const where = (holds: boolean): number => (holds ? many : 0);
  return {
    received: where(status !== 'withdrawn'),
    implemented: where(status === 'implemented'),
    open: where(status === 'open'),
    pastPromisedDay: where(pastPromisedDay),
    pastLastDay: where(pastLastDay),
    undated: where(undated),
    settled: where(settled),
    withdrawn: where(status === 'withdrawn'),
  };
};

/**
 * Counts of obligations by whom they were given to: one question, answered from an index alone where nothing else is asked for. Who holds what
 * they were given follows from the register, which is small. Those that are alike are counted once: eight counts of each took a third more.
 */
export const countsByUnit = async (read: Read, today: Day, { units, where, beyondIndex = false }: Counted): Promise<readonly CountsOfUnit[]> => {
  const from = beyondIndex ? read.rows(obligationsView) : read.counted(obligationsView);
  const narrowed = all(units === undefined ? undefined : sql`unit = any(${units})`, where);
  return byUnit(await read.query<Alike>(alike(sql`(select * from ${from} where ${narrowed}) held`, today)));
};

/** A page in the order of the next day, with the counts of all that it is a page of. */
export const pageWithCounts = async (read: Read, today: Day, options: Omit<ListOptions, 'counted'>): Promise<PageWithCounts> => {
  const { rows, beside } = await read.pageBeside<ObligationRow, Alike>(obligationsView, options, { columns: COUNTED, ask: (held) => alike(held, today) });
  return { rows, counts: byUnit(beside) };
};

type ObligationRow = typeof obligationsView extends RowView<infer Row> ? Row : never;
interface PageWithCounts {
  readonly rows: readonly Found<ObligationRow>[];
  readonly counts: readonly CountsOfUnit[];
}
/** What counts and the order of pages go by. */
const COUNTED = ['unit', 'status', 'lastOn', 'promisedOn', 'undated', 'judged', 'nextOn', 'audit', 'number'] as const;

/** How many of some obligations are alike. */
const alike = (rows: Sql, today: Day): Sql => sql`
    select unit, status, coalesce(promised_on < ${today}, false) as "pastPromisedDay", coalesce(last_on < ${today}, false) as "pastLastDay", undated,
      status = 'open' and coalesce(judged in ('met', 'no-longer-relevant'), false) as settled, count(*)::integer as many
    from ${rows} group by 1, 2, 3, 4, 5, 6`;

const byUnit = (found: readonly Alike[]): readonly CountsOfUnit[] =>
  [...Map.groupBy(found, ({ unit }) => unit)].map(([unit, those]) => ({ unit, ...sumOfCounts(those.map(counted)) }));
