import { Id } from '#libs/fields';
import { event, forbidden, type Decide } from '#libs/kernel';
import { DoneConfirmed, type ActionEvent } from './action.events.js';
import { stands, type Action } from './action.js';
import { assertAwaitsConfirmation } from './awaits-confirmation.js';

/** Another person in another role than the one who marked the action as done confirms that it is. */
export class ConfirmDone {
  @Id('The corrective action.') action!: string;
}

export const confirmDone: Decide<ConfirmDone, Action, ActionEvent> = (_command, action, { by }) => {
  if (action.status === 'done') return [];
  assertAwaitsConfirmation(action);
  const { actor, role } = action.marked;
  if (by.actor === actor || by.role === role) {
    throw forbidden('action.same-role-confirms', {
      sv: 'Den som markerade åtgärden som genomförd, eller någon i samma roll, kan inte bekräfta den. Låt en annan roll göra det.',
      en: 'Whoever marked the action as done, or somebody in the same role, cannot confirm it. Let another role do so.',
    });
  }
  return [event(DoneConfirmed, { action: action.action, obligations: [...action.obligations], stands: stands(action, 'done') })];
};
