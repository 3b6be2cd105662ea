/** What kind of corrective action a reply describes. */
export const ACTION_KINDS = ['already-done', 'ongoing', 'promised'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** How an action stands. One that is marked done is open until a second role has confirmed it, where the rule asks for that. */
export const ACTION_STATUSES = ['proposed', 'promised', 'marked-done', 'done', 'ended', 'dropped', 'transferred', 'withdrawn'] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];

/** What the obligations that it answers are told: to them an action is promised until it is done, and confirmed where that is asked for. */
export const TOLD_STATUSES = ['proposed', 'promised', 'done', 'ended', 'dropped', 'transferred', 'withdrawn'] as const;
export type ToldStatus = (typeof TOLD_STATUSES)[number];

/** Who may let a promised day be moved, from the nearest to the highest. */
export const LEVELS = ['responsible', 'unit-head', 'administration-head', 'board'] as const;
export type Level = (typeof LEVELS)[number];
