/**
 * What a cited decision does to its board’s approval of a version: gives it, refuses it, takes it back by a decision of its own, or
 * nothing at all, as when the matter was referred back, tabled or noted.
 */
export const EFFECTS = ['approves', 'rejects', 'revokes', 'none'] as const;
export type Effect = (typeof EFFECTS)[number];

/** Why a version is in force no longer. */
export const ENDS = ['revised', 'approval-missing', 'signature-missing', 'lapsed', 'terminated'] as const;
export type End = (typeof ENDS)[number];

/**
 * What of a revision only the boards may decide on, since it concerns goals, direction, scope or quality of the operation
 * (kommunallagen 6 kap. 38 §): who is party, who follows up, which operations, how often, and for how long.
 */
export const RESERVED = ['parties', 'who-follows-up', 'operations', 'frequency', 'duration'] as const;
export type Reserved = (typeof RESERVED)[number];

/** The four questions that whoever proposes a revision under delegation answers: whether it concerns these of the operation (KL 6:38). */
export const QUESTIONS = ['goals', 'direction', 'scope', 'quality'] as const;
export type Question = (typeof QUESTIONS)[number];

/** What a yearly review may end in. */
export const REVIEW_OUTCOMES = ['keep', 'revise', 'terminate'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** How many actions, and how many obligations, one command links to an agreement at most. */
export const MAX_LINKED = 40;
