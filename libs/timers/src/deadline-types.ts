import type { Text } from '#libs/kernel';

/** A kind of deadline that the product knows: what a rule can be set for. */
export interface DeadlineType {
  /** What people call what is awaited. */
  readonly name: Text;
  /** What people call the deadline having passed without it. */
  readonly missed: Text;
  /** What day 0 is the day of. */
  readonly start: string;
  /** What is awaited and what is to have become of it: *Yttrandet ska ha lämnats senast …*, *Yttrandet skulle ha lämnats senast …*. */
  readonly sentence: { readonly what: Text; readonly done: Text };
  /** It is about an individual: its mails say that they tell nothing of the service user. */
  readonly individual?: true;
}

/** By code. A domain that awaits something new by a day adds its line here. */
export const DEADLINE_TYPES: ReadonlyMap<string, DeadlineType> = new Map<string, DeadlineType>([
  [
    'genomforandeplan',
    {
      name: { sv: 'Genomförandeplan', en: 'Genomförandeplan' },
      missed: { sv: 'Genomförandeplan försenad', en: 'Genomförandeplan late' },
      start: 'order-sent',
      sentence: { what: { sv: 'Genomförandeplanen', en: 'The genomförandeplan' }, done: { sv: 'kommit in', en: 'come in' } },
      individual: true,
    },
  ],
  [
    'reply',
    {
      name: { sv: 'Yttrande till revisionen', en: 'Reply to the auditors' },
      missed: { sv: 'Yttrande försenat', en: 'Reply late' },
      start: 'referral-made',
      sentence: { what: { sv: 'Yttrandet till revisionen', en: 'The reply to the auditors' }, done: { sv: 'lämnats', en: 'been given' } },
    },
  ],
  [
    'extension-answer',
    {
      name: { sv: 'Besked om anstånd', en: 'Answer about an extension' },
      missed: { sv: 'Besked om anstånd dröjer', en: 'Answer about an extension late' },
      start: 'extension-requested',
      sentence: { what: { sv: 'Begäran om anstånd', en: 'The request for an extension' }, done: { sv: 'besvarats', en: 'been answered' } },
    },
  ],
  [
    'action-day',
    {
      name: { sv: 'Åtgärd', en: 'Corrective action' },
      missed: { sv: 'Åtgärd försenad', en: 'Corrective action late' },
      start: 'action-promised',
      sentence: { what: { sv: 'Åtgärden', en: 'The corrective action' }, done: { sv: 'genomförts', en: 'been carried out' } },
    },
  ],
  [
    'action-occasion',
    {
      name: { sv: 'Nästa tillfälle för en pågående åtgärd', en: 'Next occasion of an ongoing action' },
      missed: { sv: 'Tillfälle för en pågående åtgärd försenat', en: 'Occasion of an ongoing action late' },
      start: 'occasion-before',
      sentence: {
        what: { sv: 'Nästa tillfälle för den pågående åtgärden', en: 'The next occasion of the ongoing action' },
        done: { sv: 'hållits', en: 'been held' },
      },
    },
  ],
  [
    'undated-action',
    {
      name: { sv: 'Dag för en odaterad åtgärd', en: 'Day for an undated action' },
      missed: { sv: 'Åtgärd fortfarande utan dag', en: 'Action still without a day' },
      start: 'reply-given',
      sentence: { what: { sv: 'En dag för åtgärden', en: 'A day for the action' }, done: { sv: 'bestämts', en: 'been set' } },
    },
  ],
  [
    'last-day',
    {
      name: { sv: 'Rekommendation att åtgärda', en: 'Recommendation to be met' },
      missed: { sv: 'Rekommendation inte åtgärdad i tid', en: 'Recommendation not met in time' },
      start: 'last-day-set',
      sentence: { what: { sv: 'Rekommendationen', en: 'The recommendation' }, done: { sv: 'åtgärdats', en: 'been met' } },
    },
  ],
  [
    'duty-unheld',
    {
      name: { sv: 'Ny innehavare av en roll', en: 'New holder of a role' },
      missed: { sv: 'Roll fortfarande utan innehavare', en: 'Role still unheld' },
      start: 'role-unheld',
      sentence: { what: { sv: 'En ny innehavare av rollen', en: 'A new holder of the role' }, done: { sv: 'utsetts', en: 'been appointed' } },
    },
  ],
  [
    'minutes',
    {
      name: { sv: 'Justering av protokoll', en: 'Approval of minutes' },
      missed: { sv: 'Protokoll inte justerat i tid', en: 'Minutes not approved in time' },
      start: 'meeting-held',
      sentence: { what: { sv: 'Protokollet', en: 'The minutes' }, done: { sv: 'justerats', en: 'been approved' } },
    },
  ],
  [
    'announcement',
    {
      name: { sv: 'Tillkännagivande av justerat protokoll', en: 'Announcement of approved minutes' },
      missed: { sv: 'Justerat protokoll inte tillkännagivet i tid', en: 'Approved minutes not announced in time' },
      start: 'minutes-approved',
      sentence: { what: { sv: 'Justeringen av protokollet', en: 'The approval of the minutes' }, done: { sv: 'tillkännagetts', en: 'been announced' } },
    },
  ],
  [
    'dispatch',
    {
      name: { sv: 'Expediering av beslut', en: 'Dispatch of a decision' },
      missed: { sv: 'Beslut inte expedierat i tid', en: 'Decision not dispatched in time' },
      start: 'minutes-approved',
      sentence: { what: { sv: 'Beslutet', en: 'The decision' }, done: { sv: 'expedierats', en: 'been dispatched' } },
    },
  ],
  [
    'urgent-report',
    {
      name: { sv: 'Anmälan av brådskande beslut', en: 'Report of an urgent decision' },
      missed: { sv: 'Brådskande beslut inte anmält i tid', en: 'Urgent decision not reported in time' },
      start: 'urgent-decision-made',
      sentence: { what: { sv: 'Det brådskande beslutet', en: 'The urgent decision' }, done: { sv: 'anmälts till nämnden', en: 'been reported to the board' } },
    },
  ],
  [
    'document-request',
    {
      name: { sv: 'Begärda handlingar', en: 'Requested documents' },
      missed: { sv: 'Begärda handlingar försenade', en: 'Requested documents late' },
      start: 'documents-requested',
      sentence: { what: { sv: 'De begärda handlingarna', en: 'The requested documents' }, done: { sv: 'lämnats', en: 'been delivered' } },
    },
  ],
  [
    'agreement-review',
    {
      name: { sv: 'Genomgång av en överenskommelse', en: 'Review of an agreement' },
      missed: { sv: 'Överenskommelse inte genomgången i tid', en: 'Agreement not reviewed in time' },
      start: 'review-before',
      sentence: { what: { sv: 'Överenskommelsen', en: 'The agreement' }, done: { sv: 'gåtts igenom', en: 'been reviewed' } },
    },
  ],
  [
    'agreement-lapse',
    {
      name: { sv: 'Ny ordning efter en överenskommelse som löper ut', en: 'Arrangement after an agreement that lapses' },
      missed: { sv: 'Överenskommelse löpte ut utan ny ordning', en: 'Agreement lapsed with no new arrangement' },
      start: 'agreement-in-force',
      sentence: {
        what: { sv: 'En ny ordning efter överenskommelsen, som löper ut,', en: 'A new arrangement after the agreement, which lapses,' },
        done: { sv: 'bestämts', en: 'been settled' },
      },
    },
  ],
  [
    'agreement-notice',
    {
      name: { sv: 'Ny ordning efter en uppsagd överenskommelse', en: 'Arrangement after a terminated agreement' },
      missed: { sv: 'Uppsagd överenskommelse upphörde utan ny ordning', en: 'Terminated agreement ended with no new arrangement' },
      start: 'notice-given',
      sentence: {
        what: { sv: 'En ny ordning efter den uppsagda överenskommelsen', en: 'A new arrangement after the terminated agreement' },
        done: { sv: 'bestämts', en: 'been settled' },
      },
    },
  ],
  [
    'delegated-report',
    {
      name: { sv: 'Anmälan av delegationsbeslut', en: 'Report of a delegated decision' },
      missed: { sv: 'Delegationsbeslut inte anmält i tid', en: 'Delegated decision not reported in time' },
      start: 'delegated-decision-made',
      sentence: { what: { sv: 'Delegationsbeslutet', en: 'The delegated decision' }, done: { sv: 'anmälts till nämnden', en: 'been reported to the board' } },
    },
  ],
  [
    'head-report',
    {
      name: { sv: 'Anmälan till förvaltningschefen', en: 'Report to the head of administration' },
      missed: {
        sv: 'Beslut på vidaredelegation inte anmält till förvaltningschefen i tid',
        en: 'Decision by further delegation not reported to the head of administration in time',
      },
      start: 'delegated-decision-made',
      sentence: {
        what: { sv: 'Beslutet på vidaredelegation', en: 'The decision by further delegation' },
        done: { sv: 'anmälts till förvaltningschefen', en: 'been reported to the head of administration' },
      },
    },
  ],
  [
    'separate-minutes',
    {
      name: { sv: 'Särskilt protokoll över ett delegationsbeslut', en: 'Separate minutes of a delegated decision' },
      missed: { sv: 'Delegationsbeslut inte protokollfört särskilt i tid', en: 'Delegated decision not minuted separately in time' },
      start: 'delegated-decision-made',
      sentence: { what: { sv: 'Delegationsbeslutet', en: 'The delegated decision' }, done: { sv: 'protokollförts särskilt', en: 'been minuted separately' } },
    },
  ],
  [
    'responsibility-uncovered',
    {
      name: { sv: 'Ny ansvarsregel', en: 'New responsibility rule' },
      missed: { sv: 'Ingen utpekad som ansvarig', en: 'None designated as responsible' },
      start: 'rule-end-recorded',
      sentence: { what: { sv: 'En ny regel för ansvaret', en: 'A new rule for the responsibility' }, done: { sv: 'börjat gälla', en: 'taken effect' } },
    },
  ],
]);

/** What day 0 of a type is the day of. */
export const startOf = (type: string): string => DEADLINE_TYPES.get(type)?.start ?? 'unknown';
