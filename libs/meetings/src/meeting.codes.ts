/** How a board gathers: at a meeting of its calendar, or not at all, where the chair or a named member decides for it (KL 6:39). */
export const MEETING_KINDS = ['meeting', 'urgent'] as const;

/** Who may decide for the board what cannot wait for its meeting: KL 6:39 knows these two. */
export const URGENT_DECIDERS = ['chair', 'named-member'] as const;

/** What a board does with one point of a paragraph: approve, approve with changes, reject, refer back (återremiss), table (bordläggning), note. */
export const OUTCOMES = ['approved', 'approved-with-changes', 'rejected', 'referred-back', 'tabled', 'noted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a point can be about. A domain whose things boards decide on adds its word here. */
export const DECIDED_KINDS = ['audit', 'reply', 'obligation', 'action', 'status-report', 'agreement', 'delegation', 'urgent-mandate'] as const;
export type DecidedKind = (typeof DECIDED_KINDS)[number];

/** What a member can have put beside a decision: a reservation against it, or a särskilt uttalande. */
export const RESERVATIONS = ['reservation', 'special-statement'] as const;

/** Facts of a meeting that have a day of their own, and whose day can have been recorded wrong. */
export const DATED_FACTS = [
  'papers-sent',
  'minutes-approved',
  'minutes-announced',
  'announcement-ended',
  'decision-dispatched',
  'decision-served',
  'decision-annulled',
  'urgent-decided',
  'urgent-reported',
] as const;
export type DatedFact = (typeof DATED_FACTS)[number];
