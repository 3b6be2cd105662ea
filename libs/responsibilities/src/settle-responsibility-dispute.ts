import { DayField, FreeText, Id, Nested } from '#libs/fields';
import { addDays, contradictory, derivedId, event, forbidden, isAfter, isBefore, type Day, type Decide } from '#libs/kernel';
import { assertCounts, DecisionRef, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { holdersOf, liesWithin, valuesOn, type Holders } from './match.js';
import { assertApart, lastOverlap, partiesOf } from './overlaps.js';
import {
  ResponsibilityRuleEnded,
  ResponsibilityRuleSet,
  ResponsibilityRuleWithdrawn,
  ResponsibilitySettled,
  type ResponsibilityEvent,
} from './responsibility.events.js';
import { described, noSuchDispute } from './responsibility.refusals.js';
import { countOf, disputeOf, ruleOf, type Dispute, type ResponsibilityRule, type ResponsibilityRules } from './responsibility-rules.js';

/**
 * What was disputed is settled from a day on. A claim that prevails is the rule from then; rules that say otherwise of the same and of nothing
 * else end the day before.
 */
export class SettleResponsibilityDispute {
  @Id('What is disputed.') dispute!: string;
  @Id('The claim that prevails; none does where left out.', { optional: true }) claim?: string;
  @DayField('The first day for which it is settled; from the beginning where left out.', { optional: true }) from?: Day;
  @FreeText('Who settled it, and on what grounds.', { max: 1000 }) grounds!: string;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
}

interface Needs {
  readonly organisation: Register;
  readonly decided: CitedDecision | undefined;
}

export const settleResponsibilityDispute: Decide<SettleResponsibilityDispute, ResponsibilityRules, ResponsibilityEvent, Needs> = (
  { dispute: asked, claim, from: said, grounds, decision },
  state,
  { id, organisation: register, decided },
) => {
  const dispute = disputeOf(state, asked);
  if (!dispute) throw noSuchDispute();
  const from = said ?? dispute.from;
  if (dispute.settledFrom !== undefined) {
    if (dispute.settledFrom === from && dispute.prevailed === claim) return [];
    throw settled(dispute.settledFrom);
  }
  if (isBefore(from, dispute.from) || (dispute.to !== undefined && isAfter(from, dispute.to))) throw notThen(dispute);
  if (decision) assertCounts(decided);
  const prevailing = claim === undefined ? undefined : dispute.claims.find((one) => one.claim === claim);
  if (claim !== undefined && !prevailing) throw noSuchClaim();
  const fact = event(ResponsibilitySettled, {
    dispute: asked,
    from,
    ...(claim !== undefined && { claim }),
    grounds,
    ...(decision && { decision: { meeting: decision.meeting, point: decision.point } }),
  });
  const holders = holdersOf(register);
  const parties = partiesOf(dispute).flatMap((rule) => ruleOf(state, rule) ?? []);
  const winner = prevailing?.rule === undefined ? undefined : ruleOf(state, prevailing.rule);
  const losers = parties.filter((rule) => rule !== winner && standsAgainst(rule, parties, from, holders));
  const ends = losers.map((loser) => (winner ? givesWay(loser, winner, from, register, holders) : throwNarrowFirst(loser, register)));
  if (!prevailing?.answer) return [fact, ...ends];
  const { kind, match, to } = dispute;
  const rule = {
    rule: derivedId(id, 'rule', countOf(state)),
    kind,
    match,
    answer: prevailing.answer,
    basis: prevailing.source ?? grounds,
    from,
    ...(to !== undefined && { to }),
  };
  assertApart(rule, state, register, holders, '/claim');
  return [fact, event(ResponsibilityRuleSet, rule)];
};

/** Whether a rule still answers, from the day on, for something that another of them answers for. */
const standsAgainst = (rule: ResponsibilityRule, parties: readonly ResponsibilityRule[], from: Day, holders: Holders): boolean =>
  !rule.withdrawn &&
  parties.some((other) => {
    const last = other === rule || other.withdrawn ? undefined : lastOverlap(rule, other, holders);
    return last !== undefined && !isBefore(last, from);
  });

/** A rule that says nothing of anything else ends; of one that does, somebody must say what remains. */
const givesWay = (loser: ResponsibilityRule, winner: ResponsibilityRule, from: Day, register: Register, holders: Holders) => {
  const last = lastOverlap(loser, winner, holders);
  const within = last !== undefined && liesWithin(valuesOn(loser.match, last, holders), valuesOn(winner.match, last, holders));
  const throughout = !isAfter(winner.from, from) && (winner.to === undefined || (loser.to !== undefined && !isAfter(loser.to, winner.to)));
  if (!within || !throughout || loser.clause) return throwNarrowFirst(loser, register);
  const { rule } = loser;
  const reason = `Tvisten om ansvaret är avgjord: ${winner.basis}`.slice(0, 1_000);
  return isAfter(from, loser.from)
    ? event(ResponsibilityRuleEnded, { rule, to: addDays(from, -1), reason })
    : event(ResponsibilityRuleWithdrawn, { rule, reason });
};

const throwNarrowFirst = (loser: ResponsibilityRule, register: Register): never => {
  const { sv, en } = described(loser, register);
  throw contradictory('responsibility.still-overlapping', {
    sv: `Den här regeln svarar fortfarande för något av det omtvistade: ${sv}. Avsluta den eller gör den snävare först; står den i en överenskommelse revideras den.`,
    en: `This rule still answers for some of what is disputed: ${en}. End or narrow it first; where it stands in an agreement, revise that.`,
  });
};

const settled = (from: Day) =>
  forbidden('responsibility.settled', {
    sv: `Tvisten är redan avgjord från ${from}. Ändra eller avsluta i stället den regel som gäller.`,
    en: `It is settled already from ${from}. Change or end the rule that holds instead.`,
  });

const notThen = ({ from, to }: Dispute) =>
  contradictory(
    'responsibility.not-disputed-then',
    {
      sv: `Ansvaret är omtvistat från ${from}${to === undefined ? '' : ` till och med ${to}`}. Ange en dag då det är det.`,
      en: `The responsibility is disputed from ${from}${to === undefined ? '' : ` through ${to}`}. State a day when it is.`,
    },
    '/from',
  );

const noSuchClaim = () =>
  contradictory(
    'responsibility.claim-unknown',
    { sv: 'Påståendet finns inte i tvisten. Välj ett av dem som står där.', en: 'There is no such claim in the dispute. Choose one of those that are.' },
    '/claim',
  );
