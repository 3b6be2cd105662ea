import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, isAfter, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { assertOwnBoard } from './agreement.refusals.js';
import { FurtherDelegationEnded, type DelegationOrderEvent } from './delegation-order.events.js';
import { lastDayOf, type DelegationOrder } from './delegation-order.js';
import { foundDelegation } from './end-delegation.js';
import { assertPeriod } from './give-delegation.js';

/** The head of administration takes a further delegation back. What was done by it stands. */
export class EndFurtherDelegation {
  @Id('The board.') board!: string;
  @Id('The delegation.') point!: string;
  @Id('The further delegation.') further!: string;
  @DayField('The last day on which it holds.') lastDay!: Day;
  @FreeText('Why.', { max: 2000 }) reason!: string;
}

export const endFurtherDelegation: Decide<EndFurtherDelegation, DelegationOrder, DelegationOrderEvent, { readonly organisation: Register }> = (
  { board, point, further, lastDay, reason },
  state,
  { by, today, organisation },
) => {
  const known = foundDelegation(state, point).further.find((one) => one.further === further);
  assertOwnBoard(organisation, by, board, today);
  if (!known) {
    throw contradictory(
      'delegation.further-unknown',
      {
        sv: 'Delegationen har ingen sådan vidaredelegation. Välj en som finns.',
        en: 'The delegation has no such further delegation. Choose one that is there.',
      },
      '/further',
    );
  }
  const last = lastDayOf(known);
  if (last !== undefined && !isAfter(last, lastDay)) return [];
  assertPeriod(known.from, lastDay, '/lastDay');
  return [event(FurtherDelegationEnded, { board, point, further, lastDay, reason })];
};
