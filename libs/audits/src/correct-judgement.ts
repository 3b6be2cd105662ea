import { FreeText, Id } from '#libs/fields';
import { event, unknown, type Decide, type Refusal } from '#libs/kernel';
import { withWhatFollows } from './judgement-follows.js';
import { JudgementCorrected, type ObligationEvent } from './obligation.events.js';
import type { Obligation } from './obligation.js';
import { assertStands } from './obligation.refusals.js';
import { assertAuditorsDecided, judgedAs, JudgementFields, saysTheSame } from './record-judgement.js';

/** A judgement was recorded wrong. What it said and what it says now both stay visible; what followed from it follows from the right one instead. */
export class CorrectJudgement extends JudgementFields {
  @Id('The judgement.') judgement!: string;
  @FreeText('Why what was recorded was wrong.', { max: 2000 }) reason!: string;
}

export const correctJudgement: Decide<CorrectJudgement, Obligation, ObligationEvent> = ({ judgement, reason, ...said }, obligation, { now, today, by }) => {
  assertStands(obligation);
  const known = obligation.judgements.find((one) => one.judgement === judgement);
  if (!known) throw noSuchJudgement();
  if (saysTheSame(known, said)) return [];
  assertAuditorsDecided(said, by.role, obligation, today);
  return withWhatFollows(obligation, [event(JudgementCorrected, { obligation: obligation.obligation, judgement, ...judgedAs(said), reason })], now);
};

/** There is no such judgement of the obligation. */
export const noSuchJudgement = (): Refusal =>
  unknown('judgement.unknown', { sv: 'Någon sådan bedömning av rekommendationen finns inte.', en: 'There is no such judgement of the recommendation.' });
