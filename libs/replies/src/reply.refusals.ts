import { contradictory, forbidden, isAfter, isBefore, unknown, type Day, type Refusal } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { Approved, Awaited, Given, NotAwaited, Opened, Reply } from './reply.js';

/** There is no such reply. */
export const noSuchReply = (): Refusal =>
  unknown('reply.unknown', {
    sv: 'Något sådant yttrande väntas inte. Det uppkommer när rapporten överlämnas till nämnden för yttrande.',
    en: 'No such reply is awaited. It comes about when the report is referred to the board for reply.',
  });

/** Refuses a reply that nobody has awaited; it may be over. */
export function assertOpened(state: Reply): asserts state is Awaited | Approved | Given | NotAwaited {
  if (state.status === 'none') throw noSuchReply();
}

/** Refuses a reply that is not awaited any more, since the referral was corrected. */
export function assertAwaited(state: Reply): asserts state is Awaited | Approved | Given {
  assertOpened(state);
  if (state.status === 'not-awaited') {
    throw forbidden('reply.not-awaited', {
      sv: 'Inget yttrande väntas av nämnden: överlämnandet har rättats. Rätta det igen om nämnden ändå ska svara.',
      en: 'No reply is awaited of the board: the referral was corrected. Correct it again if the board is to reply after all.',
    });
  }
}

/** Refuses a reply that is given; what is left can still be prepared. */
export function assertNotGiven(state: Reply): asserts state is Awaited | Approved {
  assertAwaited(state);
  if (state.status === 'given') throw replyGiven(state);
}

const replyGiven = ({ givenOn }: Given): Refusal =>
  forbidden('reply.given', {
    sv: `Yttrandet lämnades ${givenOn} och kan inte ändras efter det. Är en dag fel, rätta dagen.`,
    en: `The reply was given on ${givenOn} and cannot be changed after that. If a day is wrong, correct the day.`,
  });

/** Refuses what would change a reply that the board has approved. */
export function assertNotApproved(state: Reply): asserts state is Awaited {
  assertNotGiven(state);
  if (state.status === 'approved') {
    throw forbidden('reply.approved', {
      sv: `Nämnden godkände yttrandet ${state.approval.on}. Ska det ändras behöver nämnden besluta på nytt.`,
      en: `The board approved the reply on ${state.approval.on}. To change it the board has to decide anew.`,
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

/** Refuses what is said to have happened before the report was handed over. */
export const assertNotBeforeReferral = (on: Day, { referredOn }: Opened, pointer: string): void => {
  if (referredOn !== undefined && isBefore(on, referredOn)) {
    throw contradictory(
      'day.before-referral',
      {
        sv: `${on} ligger före den dag rapporten överlämnades, ${referredOn}. Rätta dagen här, eller överlämnandet om det är fel.`,
        en: `${on} lies before the day the report was handed over, ${referredOn}. Correct this day, or the referral if that is wrong.`,
      },
      pointer,
    );
  }
};

/** Refuses a day on which nothing can have been prepared. What was done in time may be recorded late, also when the reply has been given. */
export const assertPrepared = (on: Day, state: Awaited | Approved | Given, today: Day): void => {
  assertNotFuture(on, today, '/on');
  assertNotBeforeReferral(on, state, '/on');
  if (state.status === 'given' && isAfter(on, state.givenOn)) throw replyGiven(state);
};

/** Refuses a unit that is not in the register. */
export const assertUnit = (unit: string, register: Register): void => {
  if (register.unit(unit) === undefined) {
    throw contradictory(
      'unit.unknown',
      {
        sv: 'Enheten finns inte i registret. Välj en som finns, eller registrera den först.',
        en: 'The unit is not in the register. Choose one that is, or register it first.',
      },
      '/unit',
    );
  }
};

/** Refuses what is no board. */
export const assertBoard = (board: string, register: Register, pointer: string): void => {
  if (!register.isBoard(board)) {
    throw contradictory(
      'board.unknown',
      {
        sv: 'Det är ingen nämnd i registret. Välj en nämnd, eller registrera den först.',
        en: 'That is no board in the register. Choose a board, or register it first.',
      },
      pointer,
    );
  }
};

/** What people call a board. */
export const nameOf = (board: string, register: Pick<Register, 'unit'>): string => register.unit(board)?.name ?? board;
