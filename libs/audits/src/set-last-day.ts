import { DayField, Id, Nested } from '#libs/fields';
import { contradictory, event, isAfter, type Day, type Decide } from '#libs/kernel';
import { DecisionRef } from '#libs/meetings';
import { assertDecidedByHolder } from './decided-by-holder.js';
import type { DecisionNeeds } from './decide-implemented.js';
import { withWhatFollows } from './judgement-follows.js';
import type { RuleOn } from './last-day.js';
import { LastDaySet, type ObligationEvent } from './obligation.events.js';
import { heldBy, type Obligation } from './obligation.js';
import { assertNotFuture, assertStands, isImplemented } from './obligation.refusals.js';

/** A last day for doing what was recommended: set by the board that holds it, by its decision, or by the auditors. */
export class SetLastDay {
  @Id('The obligation.') obligation!: string;
  @DayField('The last day.') on!: Day;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
  @DayField('The day the auditors decided so; today where left out. A board cites its decision instead.', { optional: true }) decidedOn?: Day;
}

const AUDITORS: ReadonlySet<string> = new Set(['auditor', 'audit-officer']);

export const setLastDay: Decide<SetLastDay, Obligation, ObligationEvent, DecisionNeeds & { readonly lastDayRules: RuleOn }> = (
  { on, decision: cited, decidedOn: said },
  obligation,
  { now, today, by: { role }, decision, organisation, lastDayRules },
) => {
  assertStands(obligation);
  if (obligation.status === 'implemented') throw isImplemented(obligation);
  const by = AUDITORS.has(role) ? 'auditors' : 'board';
  let decidedOn = said ?? today;
  if (by === 'board') {
    if (!cited) throw undecided();
    assertDecidedByHolder(decision, (day) => heldBy(obligation, day, organisation), organisation);
    decidedOn = decision.on;
  }
  if (obligation.lastDay?.on === on && obligation.lastDay.by === by && !obligation.asksLastDay) return [];
  assertNotFuture(decidedOn, today, '/decidedOn');
  if (!isAfter(on, decidedOn))
    throw contradictory(
      'last-day.too-early',
      { sv: `Den sista dagen måste ligga efter ${decidedOn}, då den bestämdes.`, en: `The last day must lie after ${decidedOn}, when it was decided.` },
      '/on',
    );
  const set = event(LastDaySet, {
    obligation: obligation.obligation,
    on,
    by,
    ...(by === 'board' && cited && { decision: { meeting: cited.meeting, point: cited.point } }),
  });
  return withWhatFollows(obligation, [set], now, { startOn: decidedOn, ruleOn: lastDayRules });
};

const undecided = () =>
  contradictory(
    'last-day.decision-not-cited',
    {
      sv: 'Nämnden sätter en sista dag genom beslut. Hänvisa till paragrafens punkt.',
      en: 'The board sets a last day by a decision. Cite the point of its paragraph.',
    },
    '/decision',
  );
