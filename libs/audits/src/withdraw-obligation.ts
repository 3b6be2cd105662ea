import { DayField, FreeText, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { closeDeadline } from '#libs/timers';
import { lastDayFollows } from './last-day.js';
import { ObligationWithdrawn, type ObligationEvent } from './obligation.events.js';
import { evolveObligation, openRequests, requestDeadlineId, type Obligation } from './obligation.js';

/** What follows when the auditors take a recommendation back, or name others than it had been interpreted for. Sent by the reaction `obligations-arise` alone. */
export class WithdrawObligation {
  @Id('The obligation.') obligation!: string;
  @DayField('From which day it holds no more; today where left out.', { optional: true }) on?: Day;
  @FreeText('Why.', { max: 2000 }) reason!: string;
}

export const withdrawObligation: Decide<WithdrawObligation, Obligation, ObligationEvent> = ({ on: from, reason }, obligation, { now, today }) => {
  if (obligation.status === 'none' || obligation.status === 'withdrawn') return []; // nothing had followed from it, or this has
  const on = from ?? today;
  const withdrawn = event(ObligationWithdrawn, { obligation: obligation.obligation, on, reason });
  return [
    withdrawn,
    ...lastDayFollows(evolveObligation(obligation, withdrawn), now),
    ...openRequests(obligation.requests).flatMap(({ request }) =>
      closeDeadline(obligation.deadlines[requestDeadlineId(request)], on, 'obligation-withdrawn', now),
    ),
  ];
};
