import { never, type EventOf } from '#libs/kernel';
import { reaction, type AsOfEvent } from '#libs/reactions';
import { AddresseesNamed, AuditReportCompleted, RecommendationMade, RecommendationWithdrawn, ReferralReceived } from './audit.events.js';
import { NoteObligationDays } from './note-obligation-days.js';
import { obligationId } from './obligation.js';
import { RaiseObligation } from './raise-obligation.js';
import { recommendationsOf, recommendationsView } from './recommendations.view.js';
import { WithdrawObligation } from './withdraw-obligation.js';

const on = [RecommendationMade, AddresseesNamed, RecommendationWithdrawn, ReferralReceived, AuditReportCompleted] as const;
type Concerning = EventOf<(typeof on)[number]>;

/** The obligations that the recommendations made by then have given rise to: those of one board, or of all. */
const arisenFrom = (audit: string, asOf: AsOfEvent, board?: string): Promise<readonly string[]> =>
  asOf([recommendationsView], async (read) => {
    const made = await recommendationsOf(read, audit);
    return made.flatMap(({ key, addressees }) => addressees.filter((one) => board === undefined || one === board).map((one) => obligationId(key, one)));
  });

/**
 * What follows for each board from what happens to a recommendation: each that it is addressed to has an obligation of its own, confirmed
 * where the auditors name it, withdrawn where they name others or take the recommendation back. One reaction for all of it, since it is carried
 * out in the order of the log: an obligation has arisen before anything later concerns it.
 */
export const obligationsArise = reaction({
  name: 'obligations-arise',
  on,
  targets: ({ type, data }, asOf) => {
    switch (type) {
      case 'RecommendationMade':
        return data.addressees.map((board) => obligationId(data.recommendation, board));
      case 'AddresseesNamed':
        return [...data.boards, ...data.dropped].map((board) => obligationId(data.recommendation, board));
      case 'RecommendationWithdrawn':
        return data.boards.map((board) => obligationId(data.recommendation, board));
      case 'ReferralReceived':
        return arisenFrom(data.audit, asOf, data.board);
      case 'AuditReportCompleted':
        return data.handedOverOn === undefined ? [] : arisenFrom(data.audit, asOf);
      default:
        return never(type);
    }
  },
  react: ({ type, data }, obligation) => commandFor({ type, data } as Concerning, obligation),
});

const commandFor = ({ type, data }: Concerning, obligation: string): object => {
  switch (type) {
    case 'RecommendationMade':
      return raised(data, data.addressees, obligation);
    case 'AddresseesNamed':
      return data.dropped.some((board) => obligationId(data.recommendation, board) === obligation)
        ? Object.assign(new WithdrawObligation(), { obligation, reason: NOT_ADDRESSED })
        : raised(data, data.boards, obligation);
    case 'RecommendationWithdrawn':
      return Object.assign(new WithdrawObligation(), { obligation, on: data.on, reason: data.reason });
    case 'ReferralReceived':
    case 'AuditReportCompleted':
      return Object.assign(new NoteObligationDays(), { obligation, audit: data.audit });
    default:
      return never(type);
  }
};

const NOT_ADDRESSED = 'Revisorerna har angett andra mottagare.';

const raised = (
  { audit, recommendation }: { readonly audit: string; readonly recommendation: string },
  boards: readonly string[],
  obligation: string,
): RaiseObligation => {
  const board = boards.find((one) => obligationId(recommendation, one) === obligation);
  return Object.assign(new RaiseObligation(), { obligation, audit, recommendation, board });
};
