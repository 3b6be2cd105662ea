import { contradictory, forbidden, isAfter, isBefore, unknown, type Day, type Refusal } from '#libs/kernel';
import type { Ended, Order, Running } from './order.js';

/** There is no such order. */
export const noSuchOrder = (): Refusal => unknown('order.unknown', { sv: 'Beställningen finns inte.', en: 'There is no such order.' });

/** The order has ended, and what is asked can only be done to one that runs. */
export const orderHasEnded = ({ endedOn }: Ended): Refusal =>
  forbidden('order.ended', {
    sv: `Beställningen avslutades ${endedOn}. Gäller det en ny beställning, öppna den i stället.`,
    en: `The order ended on ${endedOn}. If this concerns a new order, open that one instead.`,
  });

/** Refuses an order that is not there or does not run any more; what is left is running. */
export function assertRuns(order: Order): asserts order is Running {
  if (order.status === 'none') throw noSuchOrder();
  if (order.status === 'ended') throw orderHasEnded(order);
}

/** Refuses an order that is not there; it may have ended: what is wrong in it is corrected all the same. */
export function assertPlaced(order: Order): asserts order is Running | Ended {
  if (order.status === 'none') throw noSuchOrder();
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

/** Refuses what is said to have happened before the order was sent. */
export const assertNotBeforeSent = (on: Day, sentOn: Day, pointer: string): void => {
  if (isBefore(on, sentOn)) {
    throw contradictory(
      'day.before-sent',
      {
        sv: `${on} ligger före den dag beställningen skickades, ${sentOn}. Rätta dagen här, eller den skickade dagen om den är fel.`,
        en: `${on} lies before the day the order was sent, ${sentOn}. Correct this day, or the day of sending if that is wrong.`,
      },
      pointer,
    );
  }
};

/** Refuses a last day for the next version that is not after the return of the one before. */
export const assertAwaitedAfterReturn = (awaitedOn: Day, returnedOn: Day): void => {
  if (!isAfter(awaitedOn, returnedOn)) {
    throw contradictory(
      'plan.awaited-too-early',
      {
        sv: `En ny version kan väntas tidigast dagen efter ${returnedOn}.`,
        en: `A new version can be awaited on the day after ${returnedOn} at the earliest.`,
      },
      '/awaitedOn',
    );
  }
};

/** Refuses to end an order that does not run, or on a day that cannot be. */
export function assertMayEnd(order: Order, on: Day, today: Day, pointer: string): asserts order is Running {
  assertRuns(order);
  assertNotFuture(on, today, pointer);
  assertNotBeforeSent(on, order.sentOn, pointer);
}
