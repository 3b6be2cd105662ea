import { FreeText, Id, Nested } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import { DecisionRef, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { assertDecidedByHolder } from './decided-by-holder.js';
import { withWhatFollows } from './judgement-follows.js';
import { ObligationImplemented, type ObligationEvent } from './obligation.events.js';
import { heldBy, openPromises, type Obligation } from './obligation.js';
import { assertStands, isImplemented } from './obligation.refusals.js';

/** The board holds that it has done what was recommended: by a paragraph of its own, or by the decision on a status report. Reminders end. */
export class DecideImplemented {
  @Id('The obligation.') obligation!: string;
  @Nested(() => DecisionRef) decision!: DecisionRef;
  @FreeText('What the board bases it on.', { max: 4000, optional: true }) grounds?: string;
}

export interface DecisionNeeds {
  readonly decision: CitedDecision | undefined;
  readonly organisation: Register;
}

export const decideImplemented: Decide<DecideImplemented, Obligation, ObligationEvent, DecisionNeeds> = (
  { decision: { meeting, point }, grounds },
  obligation,
  { now, decision, organisation },
) => {
  assertStands(obligation);
  const held = obligation.status === 'implemented' ? obligation.implementation : obligation.reopened;
  if (held?.decision.meeting === meeting && held.decision.point === point) return []; // also where the auditors have overruled it since
  if (obligation.status === 'implemented') throw isImplemented(obligation);
  assertDecidedByHolder(decision, (day) => heldBy(obligation, day, organisation), organisation);
  assertAbout(decision, obligation.obligation);
  const promises = openPromises(obligation);
  if (promises.length > 0)
    throw forbidden('obligation.promised-action-open', {
      sv: `${promises.length === 1 ? 'En utlovad åtgärd är' : `${promises.length} utlovade åtgärder är`} inte slutförd. Markera den som gjord, avskriv den med skäl eller för över den först.`,
      en: `${promises.length === 1 ? 'A promised action is' : `${promises.length} promised actions are`} still open. Mark it as done, drop it with a reason or transfer it first.`,
    });
  const implemented = event(ObligationImplemented, {
    obligation: obligation.obligation,
    on: decision.on,
    decision: { meeting, point },
    ...(grounds !== undefined && { grounds }),
  });
  return withWhatFollows(obligation, [implemented], now);
};

/** A point that names what it decides on decides on nothing else; a status report names many. */
const assertAbout = ({ object, number }: CitedDecision, obligation: string): void => {
  if (object?.kind === 'obligation' && object.id !== obligation)
    throw contradictory(
      'decision.about-another',
      {
        sv: `Punkten i ${number} gäller en annan rekommendation. Hänvisa till den punkt som gäller denna.`,
        en: `The point of ${number} is about another recommendation. Cite the point that is about this one.`,
      },
      '/decision',
    );
};
