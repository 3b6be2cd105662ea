import { DayField, Id, Int } from '#libs/fields';
import { contradictory, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import { GenomförandeplanApproved, type OrderEvent } from './order.events.js';
import type { Order } from './order.js';
import { assertNotFuture, assertRuns } from './order.refusals.js';
import { assertLatest } from './review-genomforandeplan.js';
import { awaitsNothingMore } from './waits.js';

/** The case officer approves the reviewed plan: it matches the goals and can be followed up. */
export class ApproveGenomförandeplan {
  @Id('The order.') orderId!: string;
  @Int('The version that is approved: the latest.', { min: 1 }) version!: number;
  @DayField('The day it was approved.') approvedOn!: Day;
}

export const approveGenomförandeplan: Decide<ApproveGenomförandeplan, Order, OrderEvent> = ({ version, approvedOn }, order, { now, today }) => {
  assertRuns(order);
  const { arrivedOn } = assertLatest(order, version);
  if (order.status === 'approved') return [];
  if (order.status !== 'reviewed')
    throw forbidden('plan.not-reviewed', {
      sv: 'Planen är inte granskad än; granska den först, mål för mål.',
      en: 'The plan has not been reviewed yet; review it first, goal by goal.',
    });
  if (!order.complete) {
    throw forbidden('plan.needs-clarification', {
      sv: 'Granskningen fann mål som är otydliga eller saknas, eller att planen inte kan följas upp. Återsänd den för förtydligande.',
      en: 'The review found goals unclear or missing, or that the plan cannot be followed up. Return it for clarification.',
    });
  }
  assertNotFuture(approvedOn, today, '/approvedOn');
  if (isBefore(approvedOn, arrivedOn)) {
    throw contradictory(
      'plan.approved-before-received',
      {
        sv: `Planen kom in ${arrivedOn} och kan inte ha godkänts ${approvedOn}.`,
        en: `The plan came in on ${arrivedOn} and cannot have been approved on ${approvedOn}.`,
      },
      '/approvedOn',
    );
  }
  return [event(GenomförandeplanApproved, { orderId: order.orderId, version, approvedOn }), ...awaitsNothingMore(order, approvedOn, 'plan-approved', now)];
};
