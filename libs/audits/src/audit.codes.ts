/**
 * Why the auditors hand a report over to a board: for reply, which has a last day; for information and possible reply; for information only
 * (domain §3.2.1: six boards, one and nine of report Nr 5 2020).
 */
export const REFERRAL_KINDS = ['for-reply', 'possible-reply', 'information'] as const;
export type ReferralKind = (typeof REFERRAL_KINDS)[number];

/** How a recommendation names those it is addressed to: each by name, as one of a group, or not at all, so that somebody had to interpret it. */
export const ADDRESSED = ['named', 'group', 'as-interpreted'] as const;
export type Addressed = (typeof ADDRESSED)[number];

/** Where a board’s reply to a report stands, as its referral shows it. */
export const REPLY_STATES = ['awaited', 'proposed', 'given', 'not-expected'] as const;
export type ReplyState = (typeof REPLY_STATES)[number];

/** What an audit’s sources may state in several ways: dated facts of the report, and one beside it (case A: when socialnämnden decided the model). */
export const STATED_OF_AUDIT = [
  'number',
  'registry-number',
  'title',
  'period-audited',
  'report-on',
  'handed-over-on',
  'draft-sent-on',
  'last-reply-on',
  'decision-on-the-model',
] as const;
export type StatedOfAudit = (typeof STATED_OF_AUDIT)[number];
