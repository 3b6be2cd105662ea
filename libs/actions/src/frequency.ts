import { DayField, FreeText, Int } from '#libs/fields';
import { contradictory, type Day } from '#libs/kernel';
import type { Frequency } from './action.events.js';

/** How often an ongoing action is carried out, in the words of the reply and as they are taken to mean. */
export class FrequencyRead {
  @FreeText('In the words of the reply: månatliga metodmöten.', { max: 300 }) asWritten!: string;
  @Int('Length of a period in months; each has one occasion, due by its last day.', { min: 1, max: 60, optional: true }) everyMonths?: number;
  @Int('Length of a period in days, instead of months.', { min: 1, max: 366, optional: true }) everyDays?: number;
  @DayField('First day of the first period; the day of the promise where left out.', { optional: true }) startsOn?: Day;
}

/**
 * A frequency as it is stored.
 * @throws Refusal `action.frequency-twice` where it is read both in months and in days
 */
export const frequencyOf = ({ asWritten, everyMonths, everyDays, startsOn }: FrequencyRead): Frequency => {
  if (everyMonths !== undefined && everyDays !== undefined) {
    throw contradictory(
      'action.frequency-twice',
      {
        sv: 'Ange frekvensen antingen i månader eller i dagar, inte i båda.',
        en: 'Give the frequency either in months or in days, not in both.',
      },
      '/frequency/everyDays',
    );
  }
  return {
    asWritten,
    ...(everyMonths !== undefined && { everyMonths }),
    ...(everyDays !== undefined && { everyDays }),
    ...(startsOn !== undefined && { startsOn }),
  };
};

/** Whether it has been taken to mean some period. */
export const isRead = (frequency: Frequency | undefined): boolean => frequency?.everyMonths !== undefined || frequency?.everyDays !== undefined;
