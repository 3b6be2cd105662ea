import { isBefore, type Day } from '#libs/kernel';
import type { Register, Role } from '#libs/organisation';
import { holdsOn, meet, valuesOn, type Holders, type Values } from './match.js';
import { partiesOf } from './overlaps.js';
import type { Designation, ResponsibilityKind } from './responsibility.codes.js';
import type { Dispute, ResponsibilityRule } from './responsibility-rules.js';
import type { Clause, Designated } from './rule-fields.js';

/** A rule as an answer rests on it. */
export type Resting = Pick<ResponsibilityRule, 'rule' | 'kind' | 'match' | 'answer' | 'basis' | 'from' | 'to' | 'clause' | 'withdrawn'>;

/** Whom a rule designates on a day: boards and units by whoever holds then what they had. */
export interface Designee {
  /** Left out where the question does not name the board in that place. */
  readonly board?: string;
  /** The place of the board, where the rule names it by that. */
  readonly relative?: Exclude<Designation, 'named' | 'not-applicable'>;
  readonly performingUnit?: string;
  readonly performingRole?: Role;
  readonly assisting: readonly string[];
}

/** What an answer rests on: a rule, and the clause that made it. */
export interface Basis {
  readonly rule: string;
  readonly basis: string;
  readonly from: Day;
  readonly to?: Day;
  readonly clause?: Clause;
}

/** What is claimed where it is disputed, and where it stands. */
export interface Claim {
  readonly claim: string;
  readonly text?: string;
  readonly designee?: Designee;
  readonly notApplicable?: true;
  readonly source: string;
  readonly basis?: Basis;
}

/** The one answer of a kind. */
export type Answer = { readonly kind: ResponsibilityKind } & (
  | { readonly outcome: 'designated'; readonly designee: Designee; readonly bases: readonly Basis[] }
  | { readonly outcome: 'none-designated' }
  | { readonly outcome: 'disputed'; readonly claims: readonly Claim[]; readonly disputes: readonly string[] }
  | { readonly outcome: 'not-applicable'; readonly bases: readonly Basis[] }
);

/** The register as answers read it. */
export interface City {
  readonly register: Pick<Register, 'unit' | 'isBoard' | 'boardOf'>;
  readonly holders: Holders;
  /** The district boards that there are on a day. */
  readonly districtsOn: (on: Day) => readonly string[];
}

/** A question as it is asked of rules: its fields on the day, with the board that the unit lies in where no other is named. */
export const askedOn = (values: Values, on: Day, { register, holders }: City): Values => {
  const asked = valuesOn(values, on, holders);
  const { operatingUnit, operatingBoard = operatingUnit === undefined ? undefined : register.boardOf(operatingUnit) } = asked;
  return operatingBoard === undefined ? asked : { ...asked, operatingBoard };
};

/** Whether a rule's fields answer for what is asked: each is the same, or any. What a question leaves out is not there, and only *any* answers for it. */
const answersFor = (match: Values, asked: Values): boolean =>
  meet(match, asked) && Object.keys(match).every((field) => asked[field as keyof Values] !== undefined);

/**
 * The one answer of a kind on a day. Rules that say the same are one answer; where two are recorded as contradicting each other, or say
 * different things since one board came to hold what two had, each is a claim, and none is the answer.
 * @param asked as `askedOn` gives it
 * @param rules of which those that answer for it are taken
 */
export const answerTo = (kind: ResponsibilityKind, asked: Values, on: Day, rules: Iterable<Resting>, disputes: Iterable<Dispute>, city: City): Answer => {
  const here = (match: Values) => answersFor(valuesOn(match, on, city.holders), asked);
  const holding = [...rules].filter((rule) => rule.kind === kind && !rule.withdrawn && holdsOn(rule, on) && here(rule.match)).toSorted(byRule);
  const open = [...disputes]
    .filter((one) => one.kind === kind && (one.settledFrom === undefined || isBefore(on, one.settledFrom)) && here(one.match))
    .toSorted((a, b) => (a.dispute < b.dispute ? -1 : 1));
  const between = open.filter((dispute) => partiesOf(dispute).filter((rule) => holding.some((one) => one.rule === rule)).length > 1);
  const free = open.filter((dispute) => holdsOn(dispute, on) && dispute.claims.some(({ rule }) => rule === undefined));
  const designate = (answer: Designated) => designeeOf(answer, asked, on, city);
  if (between.length > 0 || free.length > 0 || saysDifferently(holding, designate)) {
    const claims = [...holding.map((rule) => claimOfRule(rule, designate)), ...free.flatMap((dispute) => freeClaims(dispute, designate))];
    return { kind, outcome: 'disputed', claims, disputes: open.filter((one) => between.includes(one) || free.includes(one)).map(({ dispute }) => dispute) };
  }
  const [first] = holding;
  if (!first) return { kind, outcome: 'none-designated' };
  const bases = holding.map(basisOf);
  return first.answer.who === 'not-applicable'
    ? { kind, outcome: 'not-applicable', bases }
    : { kind, outcome: 'designated', designee: designate(first.answer), bases };
};

const byRule = (a: Resting, b: Resting): number => (a.from === b.from ? (a.rule < b.rule ? -1 : 1) : isBefore(a.from, b.from) ? -1 : 1);

const saysDifferently = (rules: readonly Resting[], designate: (answer: Designated) => Designee): boolean =>
  new Set(rules.map(({ answer }) => (answer.who === 'not-applicable' ? '' : JSON.stringify({ ...designate(answer), relative: undefined })))).size > 1;

const basisOf = ({ rule, basis, from, to, clause }: Resting): Basis => ({ rule, basis, from, ...(to !== undefined && { to }), ...(clause && { clause }) });

const claimOfRule = (rule: Resting, designate: (answer: Designated) => Designee): Claim => ({
  claim: rule.rule,
  ...(rule.answer.who === 'not-applicable' ? { notApplicable: true } : { designee: designate(rule.answer) }),
  source: rule.basis,
  basis: basisOf(rule),
});

const freeClaims = ({ claims }: Dispute, designate: (answer: Designated) => Designee): readonly Claim[] =>
  claims
    .filter(({ rule }) => rule === undefined)
    .map(({ claim, text, answer, source = '' }) => ({
      claim,
      ...(text !== undefined && { text }),
      ...(answer && (answer.who === 'not-applicable' ? { notApplicable: true } : { designee: designate(answer) })),
      source,
    }));

const designeeOf = (answer: Designated, asked: Values, on: Day, { holders, districtsOn }: City): Designee => {
  const { who, performingUnit, performingRole, assistingUnits = [], districtsAssist } = answer;
  const relative = who === 'named' || who === 'not-applicable' ? undefined : who;
  const board = relative === undefined ? answer.board && holders(answer.board, on) : asked[`${relative}Board`];
  const assisting = new Set([...assistingUnits.map((unit) => holders(unit, on)), ...(districtsAssist ? districtsOn(on) : [])]);
  return {
    ...(board !== undefined && { board }),
    ...(relative !== undefined && { relative }),
    ...(performingUnit !== undefined && { performingUnit: holders(performingUnit, on) }),
    ...(performingRole !== undefined && { performingRole }),
    assisting: [...assisting].filter((unit) => unit !== board),
  };
};
