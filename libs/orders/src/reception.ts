import { addWorkingDays, contradictory, isBefore, type Day } from '#libs/kernel';
import type { ARRIVALS } from './order.codes.js';
import { assertNotBeforeSent, assertNotFuture } from './order.refusals.js';

/** How a document reached the office, and when. */
export interface Arrival {
  readonly arrivedOn: Day;
  readonly arrival: (typeof ARRIVALS)[number];
}

/**
 * The day a document counts as received (förvaltningslagen 22 §): what reaches the office counts that day; post that arrives
 * a day, and what lies in the letterbox at the day's first emptying, counts as the nearest working day before.
 * A letter found on Monday 19 October counts as Friday 16.
 */
const receivedDay = ({ arrivedOn, arrival }: Arrival): Day => (arrival === 'reached-office' ? arrivedOn : addWorkingDays(arrivedOn, -1));

/** The reception as it is recorded; refused where it would lie in the future or before the order was sent. */
export const receptionOf = ({ arrivedOn, arrival }: Arrival, sentOn: Day, today: Day): Arrival & { readonly receivedOn: Day } => {
  assertNotFuture(arrivedOn, today, '/arrivedOn');
  assertNotBeforeSent(arrivedOn, sentOn, '/arrivedOn');
  const receivedOn = receivedDay({ arrivedOn, arrival });
  if (isBefore(receivedOn, sentOn)) {
    throw contradictory(
      'plan.received-before-sent',
      {
        sv: `Post som kom ${arrivedOn} räknas som inkommen ${receivedOn}, före den dag beställningen skickades (${sentOn}). Rätta dagen eller hur planen kom in.`,
        en: `Post that came on ${arrivedOn} counts as received on ${receivedOn}, before the order was sent (${sentOn}). Correct the day, or how the plan came in.`,
      },
      '/arrival',
    );
  }
  return { receivedOn, arrivedOn, arrival };
};
