import { JUDGEMENTS, sumOfCounts, type CountsOfUnit, type ObligationCounts } from '#libs/audits';
import type { Day } from '#libs/kernel';
import type { ObligationThen } from './changes.js';
import type { RegisterThen } from './register-then.js';

/** Counts by who holds what on the day: every board that is there, and whoever else holds something. */
export const byHolder = (counted: readonly CountsOfUnit[], { register, units, on }: RegisterThen): ReadonlyMap<string, ObligationCounts> => {
  const boards = units.filter((unit) => register.isBoard(unit) && register.existsOn(unit, on)).map((unit) => [unit, sumOfCounts([])] as const);
  const held = Map.groupBy(counted, ({ unit }) => register.holderOn(unit, on));
  return new Map([...boards, ...[...held].map(([holder, counts]) => [holder, sumOfCounts(counts)] as const)]);
};

/** What the auditors have found of them. */
interface Judged {
  readonly judgedMet: number;
  readonly judgedInPart: number;
  readonly judgedNotMet: number;
  readonly judgedNoLongerRelevant: number;
  readonly notYetJudged: number;
}

const howMany = (rows: readonly ObligationThen[], holds: (row: ObligationThen) => boolean): number => rows.filter(holds).length;

/** The counts of a few rows that are at hand, as they are counted of very many. */
export const countsOf = (rows: readonly ObligationThen[], today: Day): ObligationCounts => {
  const open = rows.filter(({ status }) => status === 'open');
  const withdrawn = howMany(rows, ({ status }) => status === 'withdrawn');
  return {
    received: rows.length - withdrawn,
    implemented: howMany(rows, ({ status }) => status === 'implemented'),
    open: open.length,
    pastPromisedDay: howMany(open, ({ promisedOn }) => promisedOn !== null && promisedOn < today),
    pastLastDay: howMany(open, ({ lastOn }) => lastOn !== null && lastOn < today),
    undated: howMany(open, ({ undated }) => undated),
    settled: howMany(open, ({ judged }) => judged === 'met' || judged === 'no-longer-relevant'),
    withdrawn,
  };
};

/** What the auditors have found of them; withdrawn ones are left out. */
export const judgedOf = (rows: readonly ObligationThen[]): Judged => {
  const standing = rows.filter(({ status }) => status !== 'withdrawn');
  const [judgedMet = 0, judgedInPart = 0, judgedNotMet = 0, judgedNoLongerRelevant = 0] = JUDGEMENTS.map((outcome) =>
    howMany(standing, ({ judged }) => judged === outcome),
  );
  return { judgedMet, judgedInPart, judgedNotMet, judgedNoLongerRelevant, notYetJudged: howMany(standing, ({ judged }) => judged === null) };
};
