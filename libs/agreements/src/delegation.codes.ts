/** What a point of a delegation order lets its delegate do: sign agreements, approve their revisions, or decide on whatever else it names. */
export const COVERED = ['sign-agreements', 'revise-agreements', 'other'] as const;
export type Covered = (typeof COVERED)[number];

/**
 * How decisions by a point are reported to the board (KL 6:40, 7:8): at its next meeting, by lists, or not at all; then those that can be
 * appealed are minuted separately.
 */
export const REPORTINGS = ['next-meeting', 'by-list', 'not'] as const;
export type Reporting = (typeof REPORTINGS)[number];

/** Whether a delegation stands in the board’s delegation order or was given by a decision of its own. */
export const ORIGINS = ['order', 'special-decision'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Why a delegation ended: the board decided so, or a court annulled the decision that gave it. */
export const DELEGATION_ENDS = ['decided', 'annulled'] as const;
export type DelegationEnd = (typeof DELEGATION_ENDS)[number];
