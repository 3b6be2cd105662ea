/** Services by lagen om stöd och service till vissa funktionshindrade (1993:387), 9 § 2–10. */
export const SERVICES = [
  'personal-assistance',
  'companion-service',
  'contact-person',
  'relief-service',
  'short-term-stay',
  'short-term-supervision', // korttidstillsyn: pupils over 12
  'children-residence',
  'adult-residence',
  'daily-activities',
] as const;

/** The city's overall goals, after the intentions of the same act, 5–7 §§. */
export const OVERALL_GOALS = [
  'equal-living-conditions',
  'participation',
  'live-as-others',
  'self-determination',
  'integrity',
  'good-living-conditions',
  'continuity',
] as const;

/**
 * How a document reached the office (förvaltningslagen 2017:900, 22 §): what reaches it counts that day; post that
 * arrives a day, and what lies in the letterbox at the day's first emptying, counts as the nearest working day before.
 */
export const ARRIVALS = ['reached-office', 'post', 'letterbox-first-emptying'] as const;

/** What a reviewer finds of one goal in the plan. */
export const GOAL_OUTCOMES = ['covered', 'unclear', 'missing'] as const;

export const CONTACTS = ['provider', 'service-user', 'guardian', 'other'] as const;

/** Why something recorded was wrong. */
export const CORRECTIONS = ['mistyped', 'misread', 'confused-with-another', 'wrong-information-given', 'found-later'] as const;

export const CANCELLATIONS = ['declined-by-service-user', 'declined-by-provider', 'sent-by-mistake', 'moved', 'deceased'] as const;

export const ENDINGS = ['service-ended', 'not-prolonged', 'moved', 'declined-by-service-user', 'deceased'] as const;
