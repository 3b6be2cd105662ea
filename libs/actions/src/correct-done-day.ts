import { DayField, FreeText, Id } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { DoneDayCorrected, type ActionEvent } from './action.events.js';
import type { Action } from './action.js';
import { assertKnown, assertNotFuture, assertReason } from './action.refusals.js';
import { wasDone } from './waits.js';

/** The day an action was done was recorded wrong. Both stay visible; whether it was late follows the right one. */
export class CorrectDoneDay {
  @Id('The corrective action.') action!: string;
  @DayField('The day it was done.') doneOn!: Day;
  @FreeText('Why what was recorded was wrong.', { max: 4000, optional: true }) reason?: string;
}

export const correctDoneDay: Decide<CorrectDoneDay, Action, ActionEvent> = ({ doneOn, reason }, action, { today, now }) => {
  assertKnown(action);
  const from = action.status === 'done' ? action.doneOn : action.status === 'marked-done' ? action.marked.doneOn : undefined;
  if (from === undefined) {
    throw forbidden('action.no-done-day', {
      sv: 'Ingen dag då åtgärden genomfördes är antecknad, så det finns ingen att rätta.',
      en: 'No day on which the action was done is recorded, so there is none to correct.',
    });
  }
  if (from === doneOn) return [];
  assertReason(reason);
  assertNotFuture(doneOn, today, '/doneOn');
  return [event(DoneDayCorrected, { action: action.action, from, to: doneOn, reason }), ...wasDone(action, doneOn, now)];
};
