import { forbidden } from '#libs/kernel';
import type { Action, MarkedDone } from './action.js';
import { assertKnown } from './action.refusals.js';

/** Refuses an action that nobody has marked as done, or that needs no confirmation. */
export function assertAwaitsConfirmation(action: Action): asserts action is MarkedDone {
  assertKnown(action);
  if (action.status !== 'marked-done') {
    throw forbidden('action.nothing-to-confirm', {
      sv: 'Åtgärden väntar inte på bekräftelse. Den är inte markerad som genomförd, eller behöver ingen.',
      en: 'The action awaits no confirmation. It is not marked as done, or needs none.',
    });
  }
}
