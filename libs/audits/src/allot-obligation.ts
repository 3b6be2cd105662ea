import { DayField, FreeText, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { assertBoardOn } from './addressed-board.js';
import { lastDayAllotted } from './last-day.js';
import { ObligationAllotted, type ObligationEvent } from './obligation.events.js';
import { allottedOn, type Obligation } from './obligation.js';
import { assertNotFuture, assertStands } from './obligation.refusals.js';

/** One obligation is to be answered for by another board from a day on, by a decision on it alone: boards that succeed others need none. */
export class AllotObligation {
  @Id('The obligation.') obligation!: string;
  @Id('The board that is to answer for it.') to!: string;
  @DayField('From which day.') on!: Day;
  @FreeText('The decision: whose, when, which paragraph.', { max: 500 }) decision!: string;
}

export const allotObligation: Decide<AllotObligation, Obligation, ObligationEvent, { readonly organisation: Register }> = (
  { to, on, decision },
  obligation,
  { now, today, organisation },
) => {
  assertStands(obligation);
  assertNotFuture(on, today, '/on'); // what is decided for a later day is recorded when the day has come: until then the other board answers for it
  assertBoardOn(to, on, organisation, '/to');
  if (allottedOn(obligation, on) === to) return [];
  return [event(ObligationAllotted, { obligation: obligation.obligation, to, on, decision }), ...lastDayAllotted(obligation, to, now)];
};
