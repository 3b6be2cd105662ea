import { DayField, FreeText, Id, ListOfSha256 } from '#libs/fields';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { contradictory, event, forbidden, isAfter, isBefore, type Day, type Decide } from '#libs/kernel';
import type { DeadlineRule } from '#libs/timers';
import { OccasionHeld, type ActionEvent } from './action.events.js';
import { awaitedOccasions, periodsOf, type Action, type Known, type Planned } from './action.js';
import { assertNotFuture, assertOpen } from './action.refusals.js';
import { periodAfter, periodOf } from './months.js';
import { MAX_DOCUMENTS } from './propose-action.js';
import type { RuleAsked } from './wait-rule.js';
import { awaitOccasion, followingOccasion, occasionMet, passedOccasions } from './waits.js';

/** An ongoing action was carried out once more: a method meeting held, an introduction given. */
export class HoldOccasion {
  @Id('The corrective action.') action!: string;
  @DayField('The day it was held.') heldOn!: Day;
  @DayField('Last day of the period that it was held for; of the period in which it was held where left out.', { optional: true }) occasion?: Day;
  @ListOfSha256('Evidence: minutes, notes.', { max: MAX_DOCUMENTS, optional: true }) documents?: string[];
  @FreeText('What was done.', { max: 8000, optional: true }) note?: string;
}

export interface OccasionNeeds {
  readonly rule: DeadlineRule | undefined;
  readonly evidence: KnownDocuments;
}

/** Last day of the period that it counts for; the day itself where the frequency has not been taken to mean any period. */
const occasionOf = (action: Planned, { heldOn, occasion }: Pick<HoldOccasion, 'heldOn' | 'occasion'>): Day => {
  const periods = periodsOf(action);
  return occasion ?? (periods ? periodOf(periods, heldOn) : heldOn);
};

/** The rule of the occasion after it. */
export const ruleOfNextOccasion = (action: Known, command: HoldOccasion): RuleAsked | undefined =>
  action.status === 'promised' && periodsOf(action) ? { type: 'action-occasion', startOn: occasionOf(action, command) } : undefined;

export const holdOccasion: Decide<HoldOccasion, Action, ActionEvent, OccasionNeeds> = (command, action, { today, now, rule, evidence }) => {
  assertOpen(action);
  const { heldOn, documents = [], note } = command;
  if (action.kind !== 'ongoing') {
    throw forbidden('action.not-ongoing', {
      sv: 'Bara en pågående åtgärd har tillfällen. Rapportera läget, eller markera åtgärden som genomförd.',
      en: 'Only an ongoing action has occasions. Report progress, or mark the action as done.',
    });
  }
  assertNotFuture(heldOn, today, '/heldOn');
  const occasion = occasionOf(action, command);
  assertIsOccasion(action, occasion, heldOn);
  if (action.occasions.some((held) => held.occasion === occasion && held.heldOn === heldOn)) return [];
  if (documents.length === 0 && note === undefined) throw nothingShows();
  assertStored(evidence, documents);
  const held = { ...action, occasions: [...action.occasions, { occasion, heldOn }] };
  return [
    event(OccasionHeld, { action: action.action, occasion, heldOn, documents, ...(note !== undefined && { note }) }),
    ...occasionMet(action, occasion, heldOn, now),
    ...passedOccasions(action, occasion, heldOn, now),
    ...(rule ? awaitsNext(held, occasion, rule, now) : []),
  ];
};

/** The next occasion is awaited from then on, unless a later one already is. */
const awaitsNext = (action: Planned, occasion: Day, rule: DeadlineRule, now: Parameters<typeof awaitOccasion>[4]): readonly ActionEvent[] => {
  if (awaitedOccasions(action).some(({ plan }) => isAfter(plan.dueOn, occasion))) return [];
  const next = followingOccasion(action, occasion);
  return next === undefined ? [] : awaitOccasion(action, occasion, next, rule, now);
};

const assertIsOccasion = (action: Planned, occasion: Day, heldOn: Day): void => {
  const periods = periodsOf(action);
  if (!periods) return;
  const first = action.promise && isBefore(action.promise.on, periods.startsOn) ? action.promise.on : periods.startsOn;
  if (isBefore(heldOn, first)) {
    throw contradictory(
      'action.before-first-occasion',
      {
        sv: `${heldOn} ligger före den första perioden, som börjar ${first}. Rätta dagen.`,
        en: `${heldOn} lies before the first period, which begins on ${first}. Correct the day.`,
      },
      '/heldOn',
    );
  }
  if (periodOf(periods, occasion) !== occasion || isAfter(occasion, periodAfter(periods, periodOf(periods, heldOn)))) {
    throw contradictory(
      'action.no-such-occasion',
      {
        sv: `Ingen period slutar ${occasion}, eller så ligger den för långt fram. Perioden som ${heldOn} ligger i slutar ${periodOf(periods, heldOn)}.`,
        en: `No period ends on ${occasion}, or it lies too far ahead. The period of ${heldOn} ends on ${periodOf(periods, heldOn)}.`,
      },
      '/occasion',
    );
  }
};

const nothingShows = () =>
  contradictory(
    'action.evidence-missing',
    {
      sv: 'Ange en handling som visar att tillfället hölls, eller skriv vad som gjordes.',
      en: 'Cite a document that shows that the occasion was held, or write what was done.',
    },
    '/documents',
  );
