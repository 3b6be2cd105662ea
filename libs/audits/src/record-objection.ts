import { FreeText, Id, Nested } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { DecisionRef } from '#libs/meetings';
import { noSuchJudgement } from './correct-judgement.js';
import { assertDecidedByHolder } from './decided-by-holder.js';
import type { DecisionNeeds } from './decide-implemented.js';
import { ObjectionRecorded, type ObligationEvent } from './obligation.events.js';
import { heldBy, type Obligation } from './obligation.js';
import { assertArisen } from './obligation.refusals.js';

/** The board does not share the auditors’ judgement. It is recorded beside it and changes nothing: only the elected auditors judge. */
export class RecordObjection {
  @Id('The obligation.') obligation!: string;
  @Id('The judgement.') judgement!: string;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
  @FreeText('What the board objects.', { max: 4000 }) text!: string;
}

export const recordObjection: Decide<RecordObjection, Obligation, ObligationEvent, DecisionNeeds> = (
  { judgement, decision: cited, text },
  obligation,
  { decision, organisation },
) => {
  assertArisen(obligation);
  if (!obligation.judgements.some((known) => known.judgement === judgement)) throw noSuchJudgement();
  if (obligation.objections.some((known) => known.judgement === judgement && known.text === text)) return [];
  if (cited) assertDecidedByHolder(decision, (day) => heldBy(obligation, day, organisation), organisation);
  return [
    event(ObjectionRecorded, {
      obligation: obligation.obligation,
      judgement,
      ...(cited && { decision: { meeting: cited.meeting, point: cited.point } }),
      text,
    }),
  ];
};
