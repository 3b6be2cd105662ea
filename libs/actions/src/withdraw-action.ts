import { FreeText, Id } from '#libs/fields';
import { event, forbidden, type Decide } from '#libs/kernel';
import { ActionWithdrawn, type ActionEvent } from './action.events.js';
import { stands, type Action } from './action.js';
import { assertGoesOn, assertReason } from './action.refusals.js';

/** A proposed action is taken out before the board has promised it. What is promised is dropped instead. */
export class WithdrawAction {
  @Id('The corrective action.') action!: string;
  @FreeText('Why.', { max: 4000, optional: true }) reason?: string;
}

export const withdrawAction: Decide<WithdrawAction, Action, ActionEvent> = ({ reason }, action) => {
  if (action.status === 'withdrawn') return [];
  assertGoesOn(action);
  if (action.status !== 'proposed') {
    throw forbidden('action.promised', {
      sv: 'Åtgärden är utlovad och kan inte återtas. Stryk den med skäl, eller för över den till en annan.',
      en: 'The action is promised and cannot be withdrawn. Drop it with a reason, or transfer it to another.',
    });
  }
  assertReason(reason);
  return [event(ActionWithdrawn, { action: action.action, reason, obligations: [...action.obligations], stands: stands(action, 'withdrawn') })];
};
