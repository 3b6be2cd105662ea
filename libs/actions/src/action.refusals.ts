import { contradictory, forbidden, isAfter, isBefore, never, unknown, type Day, type Refusal, type Text } from '#libs/kernel';
import type { Action, Known, MarkedDone, Over, Promised } from './action.js';

/** There is no such action. */
export const noSuchAction = (): Refusal => unknown('action.unknown', { sv: 'Åtgärden finns inte.', en: 'There is no such action.' });

/** Refuses an action that nobody has proposed; it may be over. */
export function assertKnown(action: Action): asserts action is Known {
  if (action.status === 'none') throw noSuchAction();
}

const howItEnded = (over: Over): Text => {
  switch (over.status) {
    case 'done':
      return { sv: 'Åtgärden är genomförd', en: 'The action is done' };
    case 'ended':
      return { sv: `Åtgärden avslutades ${over.overOn}`, en: `The action was ended on ${over.overOn}` };
    case 'dropped':
      return { sv: `Åtgärden ströks ${over.overOn}`, en: `The action was dropped on ${over.overOn}` };
    case 'transferred':
      return { sv: `Åtgärden fördes över till en annan ${over.overOn}`, en: `The action was transferred to another on ${over.overOn}` };
    case 'withdrawn':
      return { sv: 'Förslaget om åtgärd är återtaget', en: 'The proposal is withdrawn' };
    default:
      return never(over);
  }
};

/** The action is over, and what is asked can only be done to one that goes on. */
const isOver = (over: Over): Refusal => {
  const { sv, en } = howItEnded(over);
  return forbidden('action.over', { sv: `${sv}. Behövs mer, föreslå en ny åtgärd.`, en: `${en}. If more is needed, propose a new action.` });
};

/** Refuses an action that is not there or is over; what is left is proposed, promised or marked done. */
export function assertGoesOn(action: Action): asserts action is Exclude<Known, Over> {
  assertKnown(action);
  switch (action.status) {
    case 'proposed':
    case 'promised':
    case 'marked-done':
      return;
    case 'done':
    case 'ended':
    case 'dropped':
    case 'transferred':
    case 'withdrawn':
      throw isOver(action);
    default:
      never(action);
  }
}

/** Refuses an action that nobody has promised yet, or that is over. */
function assertPromised(action: Action): asserts action is Promised | MarkedDone {
  assertGoesOn(action);
  if (action.status === 'proposed') {
    throw forbidden('action.not-promised', {
      sv: 'Åtgärden är bara föreslagen. Den blir utlovad när nämnden har godkänt yttrandet, eller när dess beslut anges.',
      en: 'The action is only proposed. It becomes promised when the board has approved the reply, or when its decision is cited.',
    });
  }
}

/** Refuses an action that is not promised, or that somebody has marked as done. */
export function assertOpen(action: Action): asserts action is Promised {
  assertPromised(action);
  if (action.status === 'marked-done') {
    throw forbidden('action.marked-done', {
      sv: `Åtgärden är markerad som genomförd ${action.marked.doneOn} och väntar på bekräftelse. Bekräfta den, eller godta den inte.`,
      en: `The action is marked as done on ${action.marked.doneOn} and awaits confirmation. Confirm it, or do not accept it.`,
    });
  }
}

/** Refuses a day that has not come yet: what is recorded has happened. */
export const assertNotFuture = (on: Day, today: Day, pointer: string): void => {
  if (isAfter(on, today)) {
    throw contradictory(
      'day.in-the-future',
      {
        sv: `${on} har inte varit än; i dag är det ${today}. Ange dagen då det hände.`,
        en: `${on} has not been yet; today is ${today}. State the day it happened.`,
      },
      pointer,
    );
  }
};

/** Refuses what is said to have happened to a promise before it was made. */
export const assertNotBeforePromise = (on: Day, { promise }: Known, pointer: string): void => {
  if (promise !== undefined && isBefore(on, promise.on)) {
    throw contradictory(
      'day.before-promise',
      {
        sv: `${on} ligger före den dag åtgärden utlovades, ${promise.on}. Rätta dagen.`,
        en: `${on} lies before the day the action was promised, ${promise.on}. Correct the day.`,
      },
      pointer,
    );
  }
};

/** What must be explained is not. */
const reasonMissing = (): Refusal =>
  contradictory(
    'action.reason-missing',
    {
      sv: 'Ange skälet: det står kvar i historiken och visas tillsammans med ändringen.',
      en: 'State the reason: it stays in the history and is shown with the change.',
    },
    '/reason',
  );

export function assertReason(reason: string | undefined): asserts reason is string {
  if (reason === undefined) throw reasonMissing();
}
