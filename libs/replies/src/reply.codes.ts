/** For what kinds of referral a board's reply is awaited: asked for by a day, or left to the board (domain §3.2.1). */
export const REPLY_KINDS = ['for-reply', 'possible-reply'] as const;
export type ReplyKind = (typeof REPLY_KINDS)[number];

/** How the minutes of the deciding point are to be approved: with the others within fourteen days, or at once. */
export const MINUTES = ['ordinary', 'at-once'] as const;
export type Minutes = (typeof MINUTES)[number];

/** Why the plan was counted, or counted again. */
export const COUNTED_BECAUSE = [
  'reply-awaited',
  'last-day-changed',
  'chain-set',
  'extension-granted',
  'calendar-changed',
  'board-succeeded',
  'not-decided',
] as const;
export type CountedBecause = (typeof COUNTED_BECAUSE)[number];

/** What happens on the way to a reply on a day that can have been recorded wrong. */
export const PREPARATIONS = ['officer-report', 'consultation', 'sign-off'] as const;
export type Preparation = (typeof PREPARATIONS)[number];

/** How a reply stands, as lists say it. */
export const REPLY_STATUSES = ['awaited', 'approved', 'given', 'not-awaited'] as const;
export type ReplyStatus = (typeof REPLY_STATUSES)[number];

/** How an extension stands. */
export const EXTENSIONS = ['none', 'requested', 'granted', 'refused'] as const;
export type ExtensionStatus = (typeof EXTENSIONS)[number];
