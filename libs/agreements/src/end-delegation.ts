import { DayField, Id, Nested } from '#libs/fields';
import { event, isAfter, unknown, type Day, type Decide } from '#libs/kernel';
import { DecisionRef, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { assertOwnBoard } from './agreement.refusals.js';
import { DelegationEnded, type DelegationOrderEvent } from './delegation-order.events.js';
import { lastDayOf, pointsOf, type DelegationOrder, type DelegationPoint } from './delegation-order.js';
import { assertGives, assertPeriod } from './give-delegation.js';

/** A board takes a delegation back. What was done by it stands. */
export class EndDelegation {
  @Id('The board.') board!: string;
  @Id('The delegation.') point!: string;
  @DayField('The last day on which it holds.') lastDay!: Day;
  @Nested(() => DecisionRef) decision!: DecisionRef;
}

export const endDelegation: Decide<
  EndDelegation,
  DelegationOrder,
  DelegationOrderEvent,
  { readonly organisation: Register; readonly decided: CitedDecision | undefined }
> = ({ board, point, lastDay, decision: { meeting, point: cited } }, state, { by, today, organisation, decided }) => {
  const known = foundDelegation(state, point);
  assertOwnBoard(organisation, by, board, today);
  const last = lastDayOf(known);
  if (last !== undefined && !isAfter(last, lastDay)) return [];
  assertGives(decided, board, organisation);
  assertPeriod(known.from, lastDay, '/lastDay');
  return [event(DelegationEnded, { board, point, lastDay, because: 'decided', decision: { meeting, point: cited } })];
};

/** The delegation of that id. */
export const foundDelegation = (state: DelegationOrder, point: string): DelegationPoint => {
  const found = pointsOf(state).find((one) => one.point === point);
  if (found) return found;
  throw unknown('delegation.unknown', {
    sv: 'Nämnden har ingen sådan delegation. Anteckna den med nämndens beslut först.',
    en: 'The board has no such delegation. Record it with the board’s decision first.',
  });
};
