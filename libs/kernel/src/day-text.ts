import { weekday, type Day } from './day.js';
import type { Text } from './text.js';

// Tables of our own: what stands in a letter must not change with the language data of a runtime.
const WEEKDAYS = {
  sv: ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

const MONTHS = {
  sv: ['januari', 'februari', 'mars', 'april', 'maj', 'juni', 'juli', 'augusti', 'september', 'oktober', 'november', 'december'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
} as const;

const inBoth = (say: (language: keyof Text) => string): Text => ({ sv: say('sv'), en: say('en') });

/** The name of the day's weekday: *lördag*, *Saturday*. */
export const weekdayName = (day: Day): Text => inBoth((language) => WEEKDAYS[language][weekday(day) - 1]!);

/** The day without its year: *lördag 6 juni*, *Saturday 6 June*. */
export const shortDate = (day: Day): Text =>
  inBoth((language) => `${weekdayName(day)[language]} ${Number(day.slice(8))} ${MONTHS[language][Number(day.slice(5, 7)) - 1]!}`);

/** The day as people write it: *lördag 6 juni 2026*, *Saturday 6 June 2026*. */
export const longDate = (day: Day): Text => inBoth((language) => `${shortDate(day)[language]} ${day.slice(0, 4)}`);
