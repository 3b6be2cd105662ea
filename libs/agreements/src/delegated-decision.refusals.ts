import { contradictory, forbidden, isBefore, unknown, type Day, type Refusal } from '#libs/kernel';
import type { DelegatedDecision, Made } from './delegated-decision.js';

type Standing = Made & { readonly status: 'made' };

/** There is no such decision, or it is another board’s. */
export const noSuchDelegatedDecision = (): Refusal =>
  unknown('delegated-decision.unknown', {
    sv: 'Delegationsbeslutet finns inte, eller så är det en annan nämnds. Kontrollera dess id, eller anteckna det först.',
    en: 'There is no such delegated decision, or it is another board’s. Check its id, or record it first.',
  });

/** Refuses a decision that was not recorded or that was taken back; what is left stands. */
export function assertMade(state: DelegatedDecision): asserts state is Standing {
  if (state.status === 'none') throw noSuchDelegatedDecision();
  if (state.status === 'withdrawn') {
    throw forbidden('delegated-decision.withdrawn', {
      sv: 'Delegationsbeslutet är återtaget: det antecknades av misstag. Anteckna det på nytt om det ändå fattades.',
      en: 'The delegated decision is taken back: it was recorded by mistake. Record it anew if it was made after all.',
    });
  }
}

/** Refuses a day before the decision was made. */
export const assertNotBefore = (on: Day, { on: madeOn }: Standing, pointer = '/on'): void => {
  if (!isBefore(on, madeOn)) return;
  throw contradictory(
    'report.before-decision',
    {
      sv: `Beslutet fattades ${madeOn}; det kan inte ha anmälts eller protokollförts före det, ${on}. Rätta dagen.`,
      en: `The decision was made on ${madeOn}; it cannot have been reported or minuted before that, on ${on}. Correct the day.`,
    },
    pointer,
  );
};
