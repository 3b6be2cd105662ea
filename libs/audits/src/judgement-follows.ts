import { event, isBefore, type Instant } from '#libs/kernel';
import { lastDayFollows, type DaySet } from './last-day.js';
import { ObligationReopened, ReopeningWithdrawn, type ObligationEvent } from './obligation.events.js';
import { evolveObligation, standingJudgement, type ImplementedObligation, type Obligation, type OpenObligation } from './obligation.js';

/**
 * Whether the board’s decision or the auditors’ judgement comes last, by the days they were decided on, in whatever order they were recorded:
 * a judgement *not met* or *met in part* opens what the board held implemented, one that is corrected gives it back.
 */
const reopening = (state: Obligation): readonly ObligationEvent[] => {
  if (state.status !== 'open' && state.status !== 'implemented') return [];
  const implementation = state.status === 'implemented' ? state.implementation : state.reopened;
  const stands = standingJudgement(state.judgements);
  const found = stands?.outcome === 'not-met' || stands?.outcome === 'met-in-part' ? stands.outcome : undefined;
  const overruled = implementation !== undefined && stands !== undefined && found !== undefined && !isBefore(stands.decidedOn, implementation.on);
  if (state.status === 'implemented' && overruled) return [event(ObligationReopened, { obligation: state.obligation, because: `judged-${found}` })];
  return state.status === 'open' && implementation !== undefined && !overruled ? [event(ReopeningWithdrawn, { obligation: state.obligation })] : [];
};

/** The facts, and what follows from them: whether the obligation is open again, and whether its last day is still waited for. */
export const withWhatFollows = (
  state: OpenObligation | ImplementedObligation,
  facts: readonly ObligationEvent[],
  now: Instant,
  set?: DaySet,
): readonly ObligationEvent[] => {
  const decided = facts.reduce<Obligation>(evolveObligation, state);
  const opened = reopening(decided);
  return [...facts, ...opened, ...lastDayFollows(opened.reduce(evolveObligation, decided), now, set)];
};
