import { never, type EventOf } from '#libs/kernel';
import { reaction } from '#libs/reactions';
import { CorrectRulesOfAgreement, EndRulesOfAgreement, SetRulesOfAgreement, type ClauseRuleData } from '#libs/responsibilities';
import { AgreementEnteredIntoForce, AgreementForceEnded, ForceCorrected, ForceWithdrawn } from './agreement.events.js';
import type { Period } from './agreement.shapes.js';

const on = [AgreementEnteredIntoForce, AgreementForceEnded, ForceCorrected, ForceWithdrawn] as const;
type Told = EventOf<(typeof on)[number]>;

/**
 * What an agreement settles about who follows up whom is a rule from the day it is in force, through its last day; then none is designated
 * by it (domain §3.1.6). What was told wrong of its force is told anew, all of it.
 */
export const rulesFollowAgreements = reaction({
  name: 'rules-follow-agreements',
  on,
  targets: ({ data: { agreement } }) => [agreement],
  react: ({ type, data }) => commandFor({ type, data } as Told),
});

const commandFor = ({ type, data }: Told): object => {
  const { agreement } = data;
  switch (type) {
    case 'AgreementEnteredIntoForce':
      return data.again
        ? corrected(agreement, data.again.periods, data.again.clauses)
        : Object.assign(new SetRulesOfAgreement(), { agreement, version: data.version, rules: data.clauses, validFrom: data.on });
    case 'AgreementForceEnded':
      return Object.assign(new EndRulesOfAgreement(), { agreement, lastDay: data.lastDay });
    case 'ForceCorrected':
      return corrected(agreement, data.to, data.clauses);
    case 'ForceWithdrawn':
      return corrected(agreement, [], []);
    default:
      return never({ type, data } as never);
  }
};

interface OfVersion {
  readonly version: string;
  readonly clauses: readonly ClauseRuleData[];
}
const corrected = (agreement: string, periods: readonly Period[], clauses: readonly OfVersion[]): object =>
  Object.assign(new CorrectRulesOfAgreement(), {
    agreement,
    periods: periods.map(({ version, on: from, lastDay }) => ({
      version,
      from,
      ...(lastDay !== undefined && { lastDay }),
      rules: clauses.find((one) => one.version === version)?.clauses ?? [],
    })),
  });
