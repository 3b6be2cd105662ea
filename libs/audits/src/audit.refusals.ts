import { unknown, type Refusal } from '#libs/kernel';
import type { Audit, Recommendation, RegisteredAudit } from './audit.js';

/** There is no such audit. */
export const noSuchAudit = (): Refusal => unknown('audit.unknown', { sv: 'Granskningen finns inte.', en: 'There is no such audit.' });

/** Refuses an audit whose report nobody has registered. */
export function assertRegistered(audit: Audit): asserts audit is RegisteredAudit {
  if (audit.status === 'none') throw noSuchAudit();
}

/** The recommendation of that id. @throws Refusal `recommendation.unknown` where the report has none */
export const knownRecommendation = (audit: RegisteredAudit, recommendation: string): Recommendation => {
  const known = audit.recommendations[recommendation];
  if (!known)
    throw unknown('recommendation.unknown', {
      sv: 'Rapporten har ingen sådan rekommendation. Se dess lista över rekommendationer.',
      en: 'The report has no such recommendation. See its list of recommendations.',
    });
  return known;
};
