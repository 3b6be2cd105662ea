import { document } from '#libs/documents';
import { derivedId, type By } from '#libs/kernel';
import { meeting } from '#libs/meetings';
import { smallCityOf } from '#libs/small-city';
import { deadlineRules } from '#libs/timers';
import { audit } from './audit.js';
import { AuditsModule } from './audits.module.js';
import { auditsView } from './audits.view.js';
import { obligation } from './obligation.js';
import { obligationsArise } from './obligations-arise.reaction.js';
import { obligationsView } from './obligations.view.js';
import { recommendationsView } from './recommendations.view.js';
import { referralsView } from './referrals.view.js';

// Audits with their views and their reaction; what others record (boards, minutes, documents) is recorded as facts.

export { TENANT } from '#libs/small-city';
export const who = (role: string, unit: string): By => ({ actor: derivedId('audits city', role, unit), role, unit });

export const smallCity = () =>
  smallCityOf({
    begins: '2020-05-25T08:00:00.000Z',
    streams: [deadlineRules, meeting, document, audit, obligation],
    views: [auditsView, referralsView, recommendationsView, obligationsView],
    modules: [AuditsModule],
    reactions: [obligationsArise],
  });
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
