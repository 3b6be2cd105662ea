import { Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import type { Audit } from './audit.js';
import { recommendationOf } from './audit.js';
import { AddresseeConfirmed, ObligationArisen, type ObligationEvent } from './obligation.events.js';
import type { Obligation } from './obligation.js';

/** A recommendation makes an obligation of each board it is addressed to. Sent by the reaction `obligations-arise` alone. */
export class RaiseObligation {
  @Id('The obligation.') obligation!: string;
  @Id('The audit.') audit!: string;
  @Id('The recommendation.') recommendation!: string;
  @Id('The board it is addressed to.') board!: string;
}

export interface AuditNeeds {
  /** The audit as it stands: what has been said of it since, is known too. */
  readonly theAudit: Audit;
}

export const raiseObligation: Decide<RaiseObligation, Obligation, ObligationEvent, AuditNeeds> = (
  { audit, recommendation, board },
  obligation,
  { id, theAudit },
) => {
  const made = recommendationOf(theAudit, recommendation);
  if (theAudit.status === 'none' || !made?.addressees.includes(board) || made.withdrawn) return []; // taken back, or named others, meanwhile
  if (obligation.status !== 'none')
    return obligation.addressed === 'as-interpreted' && made.addressed !== 'as-interpreted' ? [event(AddresseeConfirmed, { obligation: id })] : [];
  const { handedOverOn } = theAudit.report;
  const receivedOn = theAudit.referrals[board]?.received?.on;
  return [
    event(ObligationArisen, {
      obligation: id,
      audit,
      recommendation,
      board,
      number: made.number,
      addressed: made.addressed,
      ...(handedOverOn !== undefined && { handedOverOn }),
      ...(receivedOn !== undefined && { receivedOn }),
      ...(made.repeats !== undefined && { repeats: made.repeats }),
    }),
  ];
};
