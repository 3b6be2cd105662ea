/** How an action stands. To the obligations that it answers, one that is marked done is still promised: a second role confirms it first, where the rule asks for that. */
export const ACTION_STATUSES = ['proposed', 'promised', 'marked-done', 'done', 'ended', 'dropped', 'transferred', 'withdrawn'] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];

/** Who may let a promised day be moved, from the nearest to the highest. */
export const LEVELS = ['responsible', 'unit-head', 'administration-head', 'board'] as const;
export type Level = (typeof LEVELS)[number];

/** Roles that can be responsible for carrying out an action. */
export const RESPONSIBLE_ROLES = [
  'case-officer',
  'unit-manager',
  'department-head',
  'head-of-administration',
  'process-owner',
  'registrar',
  'board-secretary',
] as const;
export type ResponsibleRole = (typeof RESPONSIBLE_ROLES)[number];

/** What of an action sources may state days for: *the model was decided in April 2020* [000], *under 2021* [002]. */
export const STATED_OF_ACTIONS = ['decided-on', 'started-on', 'done-on', 'held-on', 'promised-by'] as const;
export type StatedOfActions = (typeof STATED_OF_ACTIONS)[number];
