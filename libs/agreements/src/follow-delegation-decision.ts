import { Id } from '#libs/fields';
import { addDays, event, isAfter, type Decide } from '#libs/kernel';
import type { Meeting } from '#libs/meetings';
import { DelegationEnded, type DelegationOrderEvent } from './delegation-order.events.js';
import { lastDayOf, pointsOf, type DelegationOrder } from './delegation-order.js';
import { decidedIn } from './needs.js';

/** A court may have annulled the decision by which the board delegated something. Sent by the reaction `delegations-follow-minutes` alone. */
export class FollowDelegationDecision {
  @Id('The board.') board!: string;
  @Id('The meeting.') meeting!: string;
}

export const followDelegationDecision: Decide<FollowDelegationDecision, DelegationOrder, DelegationOrderEvent, { readonly minutes: Meeting }> = (
  { board, meeting },
  state,
  { minutes },
) =>
  pointsOf(state).flatMap((one) => {
    const annulledOn = one.decision.meeting === meeting ? decidedIn(minutes, one.decision.point)?.annulledOn : undefined;
    if (annulledOn === undefined) return [];
    const lastDay = addDays(annulledOn, -1);
    const last = lastDayOf(one);
    return last !== undefined && !isAfter(last, lastDay) ? [] : [event(DelegationEnded, { board, point: one.point, lastDay, because: 'annulled' })];
  });
