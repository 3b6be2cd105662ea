import { contradictory, forbidden, isAfter, unknown, type Day, type Refusal } from '#libs/kernel';
import type { ImplementedObligation, Obligation, OpenObligation, WithdrawnObligation } from './obligation.js';

/** There is no such obligation. */
export const noSuchObligation = (): Refusal =>
  unknown('obligation.unknown', { sv: 'Rekommendationen finns inte hos någon nämnd.', en: 'There is no such obligation.' });

/** Refuses an obligation that is not there; it may have been withdrawn. */
export function assertArisen(obligation: Obligation): asserts obligation is OpenObligation | ImplementedObligation | WithdrawnObligation {
  if (obligation.status === 'none') throw noSuchObligation();
}

/** Refuses an obligation that is not there, or that the auditors have withdrawn. */
export function assertStands(obligation: Obligation): asserts obligation is OpenObligation | ImplementedObligation {
  assertArisen(obligation);
  if (obligation.status === 'withdrawn')
    throw forbidden('obligation.withdrawn', {
      sv: `Rekommendationen gäller inte längre för nämnden sedan ${obligation.withdrawnOn}. Det som redan är registrerat står kvar.`,
      en: `The recommendation has not held for the board since ${obligation.withdrawnOn}. What is recorded already stays.`,
    });
}

/** Refuses a day that has not come yet: what is recorded has happened. */
export const assertNotFuture = (on: Day, today: Day, pointer: string): void => {
  if (isAfter(on, today))
    throw contradictory(
      'day.in-the-future',
      {
        sv: `${on} har inte varit än; i dag är det ${today}. Ange dagen då det hände.`,
        en: `${on} has not been yet; today is ${today}. State the day it happened.`,
      },
      pointer,
    );
};

/** The board has decided that it is implemented, and nothing more is awaited of it. */
export const isImplemented = ({ implementation: { on } }: ImplementedObligation): Refusal =>
  forbidden('obligation.implemented', {
    sv: `Nämnden beslutade ${on} att rekommendationen är genomförd. Återta det först om det beslutet var fel.`,
    en: `The board decided on ${on} that the recommendation is implemented. Withdraw that first if it was wrong.`,
  });
