import { Code, DayField, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { ACTION_KINDS, ACTION_STATES, type ActionKind, type ActionState } from './obligation.codes.js';
import { ActionNoted, type ObligationEvent } from './obligation.events.js';
import type { Obligation } from './obligation.js';
import { assertArisen } from './obligation.refusals.js';

/** How an action that answers the obligation stands, as the action’s own stream has it. Sent by a reaction to that alone. */
export class NoteAction {
  @Id('The obligation.') obligation!: string;
  @Id('The action.') action!: string;
  @Code('What kind of action it is.', ACTION_KINDS, 'ActionKind') kind!: ActionKind;
  @Code('How it stands.', ACTION_STATES, 'ActionState') status!: ActionState;
  @DayField('The day that holds now; left out where it has none.', { optional: true }) promisedOn?: Day;
  @DayField('The day that was promised first.', { optional: true }) firstPromisedOn?: Day;
}

export const noteAction: Decide<NoteAction, Obligation, ObligationEvent> = ({ action, kind, status, promisedOn, firstPromisedOn }, obligation) => {
  assertArisen(obligation);
  const known = obligation.actions[action];
  if (known?.kind === kind && known.status === status && known.promisedOn === promisedOn && known.firstPromisedOn === firstPromisedOn) return [];
  return [
    event(ActionNoted, {
      obligation: obligation.obligation,
      action,
      kind,
      status,
      ...(promisedOn !== undefined && { promisedOn }),
      ...(firstPromisedOn !== undefined && { firstPromisedOn }),
    }),
  ];
};
