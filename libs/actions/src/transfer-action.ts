import type { Need } from '#libs/commands';
import { DayField, FreeText, Id, ListOfIds } from '#libs/fields';
import { contradictory, event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { ActionTransferred, type ActionEvent } from './action.events.js';
import { action as actions, stands, type Action, type Promised } from './action.js';
import { assertNotBeforePromise, assertNotFuture, assertOpen, assertReason } from './action.refusals.js';
import { assertAnswerable, MAX_OBLIGATIONS, type Obligations } from './answered-obligations.js';
import { boardFor } from './responsible.js';
import { awaitsNothingMore } from './waits.js';

/** A promised action answers other obligations from now on, or another action takes its place. */
export class TransferAction {
  @Id('The corrective action.') action!: string;
  @ListOfIds('The obligations that it answers from now on.', { min: 1, max: MAX_OBLIGATIONS, optional: true }) toObligations?: string[];
  @Id('The action that takes its place.', { optional: true }) toAction?: string;
  @FreeText('Why.', { max: 4000, optional: true }) reason?: string;
  @DayField('The day it was transferred; today where left out.', { optional: true }) on?: Day;
}

export interface TransferNeeds {
  readonly organisation: Register;
  readonly answered: Obligations;
  /** The action that is to take its place, where one is named. */
  readonly other: Action | undefined;
}

/** The action that is to take another's place, as it stands; its last event is the basis. */
export const otherAction: Need<TransferAction, Action | undefined> = async (reads, { toAction }) => {
  if (toAction === undefined) return { value: undefined };
  const { state, lastId } = await reads.fold(actions, toAction);
  return { value: state, basis: lastId === undefined ? [] : [lastId] };
};

export const transferAction: Decide<TransferAction, Action, ActionEvent, TransferNeeds> = (
  { toObligations, toAction, reason, on: said },
  action,
  { today, now, organisation, answered, other },
) => {
  if (action.status === 'transferred' && action.toAction === toAction) return [];
  assertOpen(action);
  if ((toObligations === undefined) === (toAction === undefined)) throw unclear();
  if (toObligations !== undefined && isSame(toObligations, action.obligations)) return [];
  assertReason(reason);
  const on = said ?? today;
  assertNotFuture(on, today, '/on');
  assertNotBeforePromise(on, action, '/on');
  const board = boardFor(action.unit, today, organisation);
  const about = { action: action.action, on, reason };
  if (toObligations !== undefined) {
    assertAnswerable(toObligations, answered, board, today, organisation, '/toObligations');
    const from = action.obligations.filter((obligation) => !toObligations.includes(obligation));
    return [event(ActionTransferred, { ...about, from, obligations: toObligations, stands: stands(action, 'promised') })];
  }
  assertTakesPlace(action, other, board, today, organisation);
  return [
    event(ActionTransferred, {
      ...about,
      from: [],
      toAction: other.action,
      obligations: [...action.obligations],
      stands: stands(action, 'transferred'),
    }),
    ...awaitsNothingMore(action, on, 'action-transferred', now),
  ];
};

const isSame = (some: readonly string[], others: readonly string[]): boolean => some.length === others.length && some.every((one) => others.includes(one));

const unclear = () =>
  contradictory('action.transfer-unclear', {
    sv: 'Ange antingen de rekommendationer som åtgärden ska svara på, eller den åtgärd som tar dess plats.',
    en: 'Name either the obligations that the action is to answer, or the action that takes its place.',
  });

/** Refuses as successor the action itself, one that nobody has promised, that is over, or that another board answers for. */
function assertTakesPlace(action: Promised, other: Action | undefined, board: string, today: Day, organisation: Register): asserts other is Promised {
  if (other === undefined || other.status !== 'promised' || other.action === action.action || boardFor(other.unit, today, organisation) !== board) {
    throw contradictory(
      'action.no-successor',
      {
        sv: 'Åtgärden som ska ta dess plats måste vara en annan, utlovad och pågående åtgärd hos samma nämnd.',
        en: 'The action that takes its place must be another one of the same board that is promised and not over.',
      },
      '/toAction',
    );
  }
}
