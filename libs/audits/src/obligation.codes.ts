/** What a reply says of a recommendation, where it takes a position. */
export const POSITIONS = ['agrees', 'in-part', 'disagrees', 'comment-only'] as const;
export type Position = (typeof POSITIONS)[number];

/** Kinds of corrective actions: stated done, going on, or promised for later (domain §3.2.4). */
export const ACTION_KINDS = ['already-done', 'ongoing', 'promised'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** How an action stands, as the obligation that it answers sees it. */
export const ACTION_STATES = ['proposed', 'promised', 'done', 'ended', 'dropped', 'transferred', 'withdrawn'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** What the elected auditors find of an obligation (domain §3.2.5). */
export const JUDGEMENTS = ['met', 'met-in-part', 'not-met', 'no-longer-relevant'] as const;
export type JudgementOutcome = (typeof JUDGEMENTS)[number];

/** Where a judgement stands: a follow-up audit, an annual report of the auditors, or their revisionsberättelse. */
export const JUDGEMENT_SOURCES = ['follow-up-audit', 'annual-report', 'revisionsberattelse'] as const;
export type JudgementSourceKind = (typeof JUDGEMENT_SOURCES)[number];

/** Who set the last day that holds: the board by its decision, or the auditors. */
export const LAST_DAY_SETTERS = ['board', 'auditors'] as const;
export type LastDaySetter = (typeof LAST_DAY_SETTERS)[number];

/** Why an obligation is open again, or why that is undone. */
export const REOPENINGS = ['judged-not-met', 'judged-met-in-part'] as const;
export type Reopening = (typeof REOPENINGS)[number];
