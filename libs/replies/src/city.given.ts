import { action, actionObligationsView, actionRules, ActionsModule, actionsView, obligationsNoteActions } from '#libs/actions';
import { audit, AuditsModule, auditsView, obligation, obligationsArise, obligationsView, recommendationsView, referralsView } from '#libs/audits';
import { document } from '#libs/documents';
import { derivedId, type By } from '#libs/kernel';
import { calendar, meeting } from '#libs/meetings';
import { smallCityOf } from '#libs/small-city';
import { deadlineRules } from '#libs/timers';
import { repliesAreAwaited, repliesTakeUpObligations } from './replies-await.reaction.js';
import { repliesAreCountedAgain } from './replies-counted.reaction.js';
import { obligationsNoteReplies, referralsNoteReplies } from './replies-told.reaction.js';
import { repliesPromiseActions } from './promises-of-reply.reaction.js';
import { RepliesModule } from './replies.module.js';
import { repliesView } from './replies.view.js';
import { reply } from './reply.js';

// Audits, actions and replies with their views and reactions; what others record (boards, meetings, minutes) is recorded as facts.

export { TENANT } from '#libs/small-city';
export const who = (role: string, unit: string): By => ({ actor: derivedId('city', role, unit), role, unit });

export const smallCity = () =>
  smallCityOf({
    begins: '2020-05-25T08:00:00.000Z',
    streams: [deadlineRules, calendar, meeting, document, audit, obligation, action, actionRules, reply],
    views: [auditsView, referralsView, recommendationsView, obligationsView, actionsView, actionObligationsView, repliesView],
    modules: [AuditsModule, ActionsModule, RepliesModule],
    reactions: [
      obligationsArise,
      obligationsNoteActions,
      repliesAreAwaited,
      repliesTakeUpObligations,
      repliesAreCountedAgain,
      referralsNoteReplies,
      obligationsNoteReplies,
      repliesPromiseActions,
    ],
  });
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
