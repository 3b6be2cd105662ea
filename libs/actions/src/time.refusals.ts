import { contradictory, forbidden, isBefore, type Day, type Refusal } from '#libs/kernel';
import { levelName } from './levels.js';
import type { Level } from './action.codes.js';
import type { Planned } from './action.js';

/** A day is asked of an action that is no promised one. */
export const dayExpected = ({ kind }: Pick<Planned, 'kind'>): Refusal =>
  kind === 'ongoing'
    ? forbidden('action.has-no-day', {
        sv: 'En pågående åtgärd har ingen dag utan en frekvens. Tolka frekvensen, eller avsluta åtgärden.',
        en: 'An ongoing action has no day but a frequency. Read the frequency, or end the action.',
      })
    : forbidden('action.has-no-day', {
        sv: 'Åtgärden uppges vara genomförd. Lägg till underlag som visar det.',
        en: 'The action is stated to be done. Add the evidence that shows it.',
      });

/** A move of a day that has never been set. */
export const isUndatedYet = (): Refusal =>
  forbidden('action.undated', {
    sv: 'Åtgärden har ingen dag än, och därför ingenting att flytta. Sätt en första dag.',
    en: 'The action has no day yet, and so nothing to move. Set a first day.',
  });

/** The new day lies before the move was decided. */
export const assertNotToPast = (to: Day, decidedOn: Day): void => {
  if (isBefore(to, decidedOn)) {
    throw contradictory(
      'action.move-to-past',
      {
        sv: `${to} ligger före den dag flytten beslutades, ${decidedOn}. Flytta till en dag som inte har passerat då.`,
        en: `${to} lies before the day the move was decided, ${decidedOn}. Move it to a day that had not passed then.`,
      },
      '/to',
    );
  }
};

/** Whoever asks may not let the day be moved that far. */
export const levelMissing = (first: Day, to: Day, needs: Level): Refusal => {
  const { sv, en } = levelName(needs);
  const board = needs === 'board';
  return forbidden('action.level-missing', {
    sv: `Räknat från den först utlovade dagen, ${first}, kan bara ${sv}${board ? '' : ' eller en högre nivå'} flytta åtgärden till ${to}. ${board ? 'Ange nämndens beslut, eller begär' : 'Begär'} flytten; tills den är godkänd gäller den gamla dagen.`,
    en: `Counted from the first promised day, ${first}, only ${en}${board ? '' : ' or a higher level'} can move the action to ${to}. ${board ? 'Cite the board’s decision, or request' : 'Request'} the move; until it is approved the old day stands.`,
  });
};

/** One request at a time: what is asked for is decided first. */
export const moveAsked = (to: Day): Refusal =>
  forbidden('action.move-asked', {
    sv: `En flytt till ${to} är redan begärd. Godkänn den eller avslå den först.`,
    en: `A move to ${to} is requested already. Approve or refuse it first.`,
  });
