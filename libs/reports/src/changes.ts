import type { obligationsView } from '#libs/audits';
import type { Text } from '#libs/kernel';

/** How an obligation stood at a moment, as its list has it. */
export type ObligationThen = ReturnType<(typeof obligationsView)['fold']> & object;

/** What can have become of an obligation between two moments. */
export const CHANGES = [
  'arisen',
  'withdrawn',
  'implemented',
  'reopened',
  'implementation-withdrawn',
  'judged',
  'objected',
  'addressee-confirmed',
  'received',
  'reply-day',
  'reply-proposed',
  'reply-given',
  'last-day',
  'action-added',
  'action-day',
  'action-status',
  'documents-requested',
  'documents-delivered',
  'allotted',
] as const;
export type ChangeKind = (typeof CHANGES)[number];

/** One thing that is otherwise than it was; what is not there was or is unknown. */
export interface Change {
  readonly what: ChangeKind;
  readonly from?: string;
  readonly to?: string;
  readonly action?: string;
}

/** What people call them. */
export const CHANGE_NAMES: Readonly<Record<ChangeKind, Text>> = {
  arisen: { sv: 'ny rekommendation', en: 'new recommendation' },
  withdrawn: { sv: 'återtagen av revisorerna', en: 'withdrawn by the auditors' },
  implemented: { sv: 'genomförd enligt nämndens beslut', en: 'implemented by the board’s decision' },
  reopened: { sv: 'åter öppen efter revisorernas bedömning', en: 'reopened by the auditors’ judgement' },
  'implementation-withdrawn': { sv: 'nämndens genomförande återtaget', en: 'implementation withdrawn' },
  judged: { sv: 'bedömd av revisorerna', en: 'judged by the auditors' },
  objected: { sv: 'invändning antecknad', en: 'objection recorded' },
  'addressee-confirmed': { sv: 'mottagaren bekräftad', en: 'addressee confirmed' },
  received: { sv: 'mottagen', en: 'received' },
  'reply-day': { sv: 'svarets sista dag', en: 'last day of the reply' },
  'reply-proposed': { sv: 'svar föreslaget', en: 'reply proposed' },
  'reply-given': { sv: 'svar lämnat', en: 'reply given' },
  'last-day': { sv: 'sista dag', en: 'last day' },
  'action-added': { sv: 'åtgärd tillagd', en: 'action added' },
  'action-day': { sv: 'utlovad dag', en: 'promised day' },
  'action-status': { sv: 'åtgärdens läge', en: 'status of an action' },
  'documents-requested': { sv: 'underlag begärt', en: 'documents requested' },
  'documents-delivered': { sv: 'underlag lämnat', en: 'documents delivered' },
  allotted: { sv: 'tilldelad en annan nämnd', en: 'allotted to another board' },
};

const changed = (what: ChangeKind, from: string | null | undefined, to: string | null | undefined, action?: string): readonly Change[] =>
  (from ?? null) === (to ?? null)
    ? []
    : [
        {
          what,
          ...(from !== null && from !== undefined && { from }),
          ...(to !== null && to !== undefined && { to }),
          ...(action !== undefined && { action }),
        },
      ];

const statusChanged = (before: ObligationThen, now: ObligationThen): readonly Change[] => {
  if (before.status === now.status) return [];
  if (now.status === 'withdrawn') return [{ what: 'withdrawn' }];
  if (now.status === 'implemented') return [{ what: 'implemented', ...(now.implementedOn !== null && { to: now.implementedOn }) }];
  return [{ what: now.reopenedOn === null ? 'implementation-withdrawn' : 'reopened' }];
};

const actionsChanged = (before: ObligationThen['actions'], now: ObligationThen['actions']): readonly Change[] =>
  now.flatMap((action) => {
    const known = before.find((one) => one.action === action.action);
    if (!known) return [{ what: 'action-added' as const, action: action.action, ...(action.promisedOn !== undefined && { to: action.promisedOn }) }];
    return [
      ...changed('action-day', known.promisedOn, action.promisedOn, action.action),
      ...changed('action-status', known.status, action.status, action.action),
    ];
  });

/** What became of an obligation between two moments; nothing where only what is of no concern to a list did. */
export const changesOf = (before: ObligationThen | undefined, now: ObligationThen): readonly Change[] => {
  if (!before) return [{ what: 'arisen' }];
  const requested = now.requests.filter(({ request }) => !before.requests.some((one) => one.request === request));
  const answered = now.requests.filter(({ request, delivered }) => delivered && !before.requests.some((one) => one.request === request && one.delivered));
  return [
    ...statusChanged(before, now),
    ...changed('judged', before.judged, now.judged),
    ...(now.objected && !before.objected ? [{ what: 'objected' as const }] : []),
    ...(before.addressed === 'as-interpreted' && now.addressed !== 'as-interpreted' ? [{ what: 'addressee-confirmed' as const }] : []),
    ...changed('received', before.receivedOn, now.receivedOn),
    ...changed('reply-day', before.replyDueOn, now.replyDueOn),
    ...(now.proposedReply && !before.proposedReply ? [{ what: 'reply-proposed' as const }] : []),
    ...changed('reply-given', before.repliedOn, now.repliedOn),
    ...changed('last-day', before.setLastOn, now.setLastOn),
    ...actionsChanged(before.actions, now.actions),
    ...requested.map(({ by }) => ({ what: 'documents-requested' as const, to: by })),
    ...answered.map(() => ({ what: 'documents-delivered' as const })),
    ...changed('allotted', before.unit, now.unit),
  ];
};
