import { derivedId, event, type By } from '#libs/kernel';
import { organisationId, units } from '#libs/organisation';
import { smallCityOf, TENANT } from '#libs/small-city';
import { DeadlineRuleSet, deadlineRules, deadlineRulesId, deadlinesView, defaultRules } from '#libs/timers';
import { calendar } from './calendar.js';
import { decisionsView } from './decisions.view.js';
import { meeting } from './meeting.js';
import { organisationFacts } from './meetings.given.js';
import { MeetingsModule } from './meetings.module.js';
import { meetingsView } from './meetings.view.js';
import { openedMeetingsFollow } from './opened-meetings-follow.reaction.js';
import { paragraphsView } from './paragraphs.view.js';
import { urgentReportsFollow } from './urgent-reports-follow.reaction.js';

// Boards with their meetings, with views and reactions.

export const who = (role: string, unit: string): By => ({ actor: derivedId('city', role, unit), role, unit });

export const smallCity = async () => {
  const city = await smallCityOf({
    begins: '2020-01-02T08:00:00.000Z',
    streams: [deadlineRules, calendar, meeting],
    views: [units, deadlinesView, meetingsView, paragraphsView, decisionsView],
    modules: [MeetingsModule],
    reactions: [openedMeetingsFollow, urgentReportsFollow],
  });
  await city.record(`organisation-${organisationId(TENANT)}`, ...organisationFacts);
  await city.record(`deadline-rules-${deadlineRulesId(TENANT)}`, ...defaultRules.map((terms) => event(DeadlineRuleSet, { ...terms, version: 1 })));
  return city;
};
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
