import { Code, DayField, FreeText, Id } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { ROLES, type Role } from '#libs/organisation';
import { assertNotFuture, assertOwnBoard } from './agreement.refusals.js';
import { delegateFor, type Delegate, type DelegateNeeds } from './delegate.js';
import { DelegatedDecisionMade, type DelegatedDecisionEvent } from './delegated-decision.events.js';
import type { DelegatedDecision } from './delegated-decision.js';
import type { Covered } from './delegation.codes.js';
import type { DelegationOrder } from './delegation-order.js';
import { foundDelegation } from './end-delegation.js';
import { withReports, type ReportNeeds } from './reports-awaited.js';

/** Somebody has decided something for the board by its delegation order. How it is reported its point says. Signatures and revisions are recorded by themselves. */
export class RecordDelegatedDecision {
  @Id('The decision, where the sender names it.', { optional: true }) decision?: string;
  @Id('The board for which it was made.') board!: string;
  @FreeText('What was decided.', { max: 2000 }) what!: string;
  @DayField('The day it was made.') on!: Day;
  @FreeText('The board’s own number for it.', { max: 60, optional: true }) registryNumber?: string;
  @Id('The delegation by which, where the board has given that role several.', { optional: true }) point?: string;
  @Code('In which role; that of whoever asks where left out.', ROLES, 'Role', { optional: true }) role?: Role;
  @Id('The unit in which that role is held.', { optional: true }) unit?: string;
  @Id('Who decided; whoever asks, or the one who has the role that day, where left out.', { optional: true }) person?: string;
}

export const recordDelegatedDecision: Decide<RecordDelegatedDecision, DelegatedDecision, DelegatedDecisionEvent, DelegateNeeds & ReportNeeds> = (
  { board, what, on, registryNumber, point, role, unit, person },
  state,
  { id: decision, by, now, today, ruleOn, nextMeeting, ...needs },
) => {
  assertOwnBoard(needs.organisation, by, board, today);
  assertNotFuture(on, today);
  const delegate = delegateFor('other', undefined, { role, unit, person, point, on }, by, needs);
  if (state.status !== 'none') {
    if (state.board === board && state.what === what && state.on === on && state.person === delegate.person) return [];
    throw forbidden('delegated-decision.exists', {
      sv: 'Under detta id finns redan ett annat delegationsbeslut. Välj ett annat id, eller utelämna det.',
      en: 'Under this id there is another delegated decision already. Choose another id, or leave it out.',
    });
  }
  const made = madeBy(needs.delegations.order, delegate, { decision, board: needs.delegations.board, kind: 'other', what, on, registryNumber });
  return withReports(state, [made], { now, ruleOn, nextMeeting });
};

interface About {
  readonly decision: string;
  readonly board: string;
  readonly kind: Covered;
  readonly what: string;
  readonly on: Day;
  readonly agreement?: string | undefined;
  readonly registryNumber?: string | undefined;
}

/** The fact that a delegate decided, reported as the point of the delegation says. */
export const madeBy = (order: DelegationOrder, { role, unit, person, capacity, delegation }: Delegate, { agreement, registryNumber, ...about }: About) => {
  const { reporting, appealable } = foundDelegation(order, delegation.point);
  return event(DelegatedDecisionMade, {
    ...about,
    role,
    unit,
    person,
    capacity,
    delegation,
    reporting,
    appealable,
    ...(agreement !== undefined && { agreement }),
    ...(registryNumber !== undefined && { registryNumber }),
  });
};
