import { DayField, FreeText, Id, Nested } from '#libs/fields';
import { contradictory, event, forbidden, type Day, type Decide } from '#libs/kernel';
import type { DeadlineRule } from '#libs/timers';
import { FrequencyReadAnew, type ActionEvent } from './action.events.js';
import { periodsOf, type Action, type Known } from './action.js';
import { assertGoesOn, assertNotBeforePromise, assertNotFuture, assertReason } from './action.refusals.js';
import { FrequencyRead, frequencyOf, isRead } from './frequency.js';
import { periodOf } from './months.js';
import type { RuleAsked } from './wait-rule.js';
import { dated, occasionsBy } from './waits.js';

/** How often an ongoing action is carried out is read for the first time, or anew: *regelbundna stickprov* is taken to mean every third month. */
export class ReadFrequency {
  @Id('The corrective action.') action!: string;
  @Nested(() => FrequencyRead) frequency!: FrequencyRead;
  @DayField('The day from which it is read so; today where left out.', { optional: true }) on?: Day;
  @FreeText('Why it is read so. Needed where it was read before.', { max: 4000, optional: true }) reason?: string;
}

export const ruleOfFrequency = (action: Known, { on }: ReadFrequency, today: Day): RuleAsked | undefined =>
  action.status === 'promised' ? { type: 'action-occasion', startOn: on ?? today } : undefined;

export const readFrequency: Decide<ReadFrequency, Action, ActionEvent, { readonly rule: DeadlineRule | undefined }> = (
  { frequency: said, on: from, reason },
  action,
  { today, now, rule },
) => {
  assertGoesOn(action);
  if (action.kind !== 'ongoing') {
    throw forbidden('action.not-ongoing', { sv: 'Bara en pågående åtgärd har en frekvens.', en: 'Only an ongoing action has a frequency.' });
  }
  const frequency = frequencyOf(said);
  if (!isRead(frequency)) throw nothingRead();
  if (JSON.stringify(frequency) === JSON.stringify(action.frequency)) return [];
  if (isRead(action.frequency)) assertReason(reason);
  const on = from ?? today;
  assertNotFuture(on, today, '/on');
  assertNotBeforePromise(on, action, '/on');
  const read = { ...action, frequency };
  const periods = periodsOf(read);
  return [
    event(FrequencyReadAnew, { action: action.action, frequency, on, ...(reason !== undefined && { reason }) }),
    ...dated(action, on, now),
    ...(rule && periods ? occasionsBy(read, on, periodOf(periods, on), rule, now) : []),
  ];
};

const nothingRead = () =>
  contradictory(
    'action.frequency-unread',
    {
      sv: 'Ange hur ofta det är: i månader eller i dagar.',
      en: 'Say how often that is: in months or in days.',
    },
    '/frequency',
  );
