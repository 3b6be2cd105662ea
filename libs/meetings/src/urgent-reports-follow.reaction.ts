import { reaction } from '#libs/reactions';
import { MeetingCancelled, MeetingMoved, MeetingPlanned } from './calendar.events.js';
import { CountUrgentReport } from './count-urgent-report.js';
import { meetingsView, unreportedDecisions } from './meetings.view.js';

/**
 * The day by which an urgent decision is to be reported is that of the board's next meeting. A change in any calendar may concern it,
 * that of a board's successor too: each decision that is still to be reported says itself whether it does.
 */
export const urgentReportsFollow = reaction({
  name: 'urgent-reports-follow',
  on: [MeetingPlanned, MeetingMoved, MeetingCancelled],
  targets: (_event, asOf) => asOf([meetingsView], unreportedDecisions),
  react: (_event, meeting) => Object.assign(new CountUrgentReport(), { meeting }),
});
