import { contradictory, forbidden, isAfter, type Day } from '#libs/kernel';
import type { Approved, Awaited, Given } from './reply.js';

/** Refuses an extension that is said to be later than the reply itself: there is nothing left to extend. One before it may be recorded late. */
export const assertNotAfterReply = (on: Day, state: Awaited | Approved | Given): void => {
  if (state.status === 'given' && isAfter(on, state.givenOn)) {
    throw forbidden('extension.after-reply', {
      sv: `Yttrandet lämnades ${state.givenOn}; därefter finns inget att begära anstånd för.`,
      en: `The reply was given on ${state.givenOn}; after that there is nothing to extend.`,
    });
  }
};

/** Refuses a day that does not come after the last day, or where there is no last day to extend. */
export const assertExtends = (until: Day, lastDay: Day | undefined): void => {
  if (lastDay === undefined) {
    throw forbidden('extension.no-last-day', {
      sv: 'Yttrandet har ingen känd sista dag, så det finns inget att förlänga. Komplettera överlämnandet med den sista dagen först.',
      en: 'The reply has no known last day, so there is nothing to extend. Complete the referral with the last day first.',
    });
  }
  if (!isAfter(until, lastDay)) {
    throw contradictory(
      'extension.not-later',
      {
        sv: `Anståndet ska gå till en dag efter den sista dagen, ${lastDay}.`,
        en: `The extension must lead to a day after the last day, ${lastDay}.`,
      },
      '/until',
    );
  }
};
