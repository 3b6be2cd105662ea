import { Id } from '#libs/fields';
import { event, never, type Decide } from '#libs/kernel';
import type { Meeting, Outcome } from '#libs/meetings';
import type { Effect } from './agreement.codes.js';
import { PartyDecisionFollowed, TerminationAnnulled, type AgreementEvent } from './agreement.events.js';
import type { Agreement, PartyDecision, Registered } from './agreement.js';
import { withConsequences, type Following } from './consequences.js';
import { decidedIn } from './needs.js';

/** The minutes of a meeting say something new of what was decided on the agreement. Sent by the reaction `agreements-follow-minutes` alone. */
export class FollowMinutes {
  @Id('The agreement.') agreement!: string;
  @Id('The meeting.') meeting!: string;
}

export const followMinutes: Decide<FollowMinutes, Agreement, AgreementEvent, Following & { readonly minutes: Meeting }> = (
  { meeting },
  state,
  { now, ruleOn, minutes },
) => {
  if (state.status === 'none') return [];
  const followed = state.decisions.filter((one) => one.meeting === meeting).flatMap((one) => decisionThen(state, one, minutes));
  const facts = [...followed, ...terminationThen(state, meeting, minutes)];
  return facts.length === 0 ? [] : withConsequences(state, facts, { ruleOn, now });
};

/** What the decision does once its paragraph was corrected: another outcome than was recorded must be recorded anew, with its version. */
const effectThen = ({ effect }: PartyDecision, was: Outcome, is: Outcome): Effect => {
  if (was === is) return effect;
  switch (is) {
    case 'rejected':
      return 'rejects';
    case 'approved':
    case 'approved-with-changes':
    case 'referred-back':
    case 'tabled':
    case 'noted':
      return 'none';
    default:
      return never(is);
  }
};

const decisionThen = ({ agreement }: Registered, known: PartyDecision, minutes: Meeting): readonly AgreementEvent[] => {
  const { meeting, point } = known;
  const now = decidedIn(minutes, point);
  const about = now?.object === undefined || (now.object.kind === 'agreement' && now.object.id === agreement);
  const then =
    now && about
      ? {
          outcome: now.outcome,
          effect: effectThen(known, known.outcome, now.outcome),
          on: now.on,
          place: now.place,
          countsFrom: now.countsFrom,
          annulledOn: now.annulledOn,
        }
      : // The paragraph is about something else now, or the meeting was not held: nothing was decided there.
        { outcome: known.outcome, effect: 'none' as const, on: known.on, place: known.place, countsFrom: undefined, annulledOn: undefined };
  const { outcome, effect, on, place, countsFrom, annulledOn } = then;
  const same =
    known.outcome === outcome &&
    known.effect === effect &&
    known.on === on &&
    known.place === place &&
    known.countsFrom === countsFrom &&
    known.annulledOn === annulledOn;
  if (same) return [];
  const days = { ...(countsFrom !== undefined && { countsFrom }), ...(annulledOn !== undefined && { annulledOn }) };
  return [event(PartyDecisionFollowed, { agreement, meeting, point, outcome, effect, on, place, ...days })];
};

/** A termination whose decision a court annulled was none. */
const terminationThen = ({ agreement, terminations }: Registered, meeting: string, minutes: Meeting): readonly AgreementEvent[] =>
  terminations.flatMap(({ decision, void: ended }) => {
    const annulledOn = decision.meeting === meeting && !ended ? decidedIn(minutes, decision.point)?.annulledOn : undefined;
    return annulledOn === undefined ? [] : [event(TerminationAnnulled, { agreement, decision, annulledOn })];
  });
