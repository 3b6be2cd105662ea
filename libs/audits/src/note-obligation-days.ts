import { Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { ObligationDaysNoted, type ObligationEvent } from './obligation.events.js';
import type { Obligation } from './obligation.js';
import type { AuditNeeds } from './raise-obligation.js';

/** The days from which an obligation’s age is counted have become known, or were corrected. Sent by the reaction `obligations-arise` alone. */
export class NoteObligationDays {
  @Id('The obligation.') obligation!: string;
  @Id('The audit.') audit!: string;
}

export const noteObligationDays: Decide<NoteObligationDays, Obligation, ObligationEvent, AuditNeeds> = (_command, obligation, { theAudit }) => {
  if (obligation.status === 'none' || theAudit.status === 'none') return []; // taken back before it arose
  const { handedOverOn } = theAudit.report;
  const receivedOn = theAudit.referrals[obligation.board]?.received?.on;
  if (obligation.handedOverOn === handedOverOn && obligation.receivedOn === receivedOn) return [];
  return [
    event(ObligationDaysNoted, {
      obligation: obligation.obligation,
      ...(handedOverOn !== undefined && { handedOverOn }),
      ...(receivedOn !== undefined && { receivedOn }),
    }),
  ];
};
