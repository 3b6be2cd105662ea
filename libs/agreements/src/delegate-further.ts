import { Code, DayField, Id } from '#libs/fields';
import { contradictory, event, forbidden, isAfter, isBefore, type Day, type Decide } from '#libs/kernel';
import { ROLES, type Register, type Role } from '#libs/organisation';
import { assertOwnBoard } from './agreement.refusals.js';
import { FurtherDelegated, type DelegationOrderEvent } from './delegation-order.events.js';
import { lastDayOf, pointsOf, type DelegationOrder } from './delegation-order.js';
import { foundDelegation } from './end-delegation.js';
import { assertInBoard, assertPeriod } from './give-delegation.js';

/** The head of administration lets another of the administration decide in what the board delegated: one step, where the board allows it (KL 7:6). */
export class DelegateFurther {
  @Id('The board.') board!: string;
  @Id('The delegation.') point!: string;
  @Id('The further delegation, where the sender names it.', { optional: true }) further?: string;
  @Code('The role that it is delegated on to.', ROLES, 'Role') role!: Role;
  @Id('The unit in which that role is held.') unit!: string;
  @DayField('The first day on which it holds.') from!: Day;
  @DayField('The last day; until further notice where left out.', { optional: true }) to?: Day;
}

const HEAD = 'head-of-administration';

export const delegateFurther: Decide<DelegateFurther, DelegationOrder, DelegationOrderEvent, { readonly organisation: Register; readonly newId: string }> = (
  { board, point, further: named, role, unit, from, to },
  state,
  { by, today, organisation, newId },
) => {
  if (pointsOf(state).some(({ further }) => further.some((one) => one.further === point))) {
    throw forbidden('delegation.one-step', {
      sv: 'Det som är vidaredelegerat kan inte delegeras ett steg till (kommunallagen 7 kap. 6 §). Vidaredelegera från nämndens delegation i stället.',
      en: 'What was delegated further cannot be delegated another step (kommunallagen 7 kap. 6 §). Delegate on from the board’s delegation instead.',
    });
  }
  const known = foundDelegation(state, point);
  assertOwnBoard(organisation, by, board, today);
  if (!known.furtherAllowed) {
    throw forbidden('delegation.no-further', {
      sv: 'Nämnden har inte tillåtit att den här delegationen vidaredelegeras (kommunallagen 7 kap. 6 §). Be nämnden besluta det.',
      en: 'The board has not allowed this delegation to be delegated further (kommunallagen 7 kap. 6 §). Ask the board to decide so.',
    });
  }
  if (known.role !== HEAD || by.role !== HEAD) {
    throw forbidden('delegation.not-head', {
      sv: 'Bara förvaltningschefen vidaredelegerar, och bara det som nämnden har delegerat till förvaltningschefen (kommunallagen 7 kap. 6 §).',
      en: 'Only the head of administration delegates further, and only what the board has delegated to the head of administration (kommunallagen 7 kap. 6 §).',
    });
  }
  assertInBoard(organisation, unit, board, '/unit');
  assertPeriod(from, to);
  const last = lastDayOf(known);
  if (isBefore(from, known.from) || (last !== undefined && isAfter(from, last))) {
    throw contradictory(
      'delegation.outside-its-days',
      {
        sv: `Nämndens delegation gäller från ${known.from}${last === undefined ? '' : ` till och med ${last}`}. Välj en dag inom den tiden.`,
        en: `The board’s delegation holds from ${known.from}${last === undefined ? '' : ` through ${last}`}. Choose a day within that time.`,
      },
      '/from',
    );
  }
  const further = named ?? newId;
  if (known.further.some((one) => one.further === further || (one.role === role && one.unit === unit && one.from === from))) return [];
  return [event(FurtherDelegated, { board, point, further, role, unit, from, ...(to !== undefined && { to }) })];
};
