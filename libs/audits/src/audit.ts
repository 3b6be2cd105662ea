import { derivedId, never, type Day, type Stream } from '#libs/kernel';
import { evolveStatements, statementEvents, type Statements } from '#libs/statements';
import type { Addressed, ReferralKind, ReplyState } from './audit.codes.js';
import * as events from './audit.events.js';
import type { AuditEvent } from './audit.events.js';

/** What is known of a report; what is not there is unknown, and shown so. */
export interface Report {
  readonly numbers: readonly string[];
  readonly title: string;
  readonly registryNumber?: string;
  readonly periodAudited?: string;
  readonly reportOn?: Day;
  readonly handedOverOn?: Day;
  readonly expert?: string;
}

/** The report handed over to one board: for what, until when, and what came of it. */
export interface Referral {
  readonly board: string;
  readonly kind: ReferralKind;
  readonly lastReplyOn?: Day;
  readonly replyBasis?: string;
  readonly received?: { readonly on: Day; readonly registryNumber?: string; readonly patternKnown: boolean };
  readonly reply?: { readonly reply: string; readonly state: ReplyState; readonly dueOn?: Day; readonly givenOn?: Day };
}

export interface Recommendation {
  readonly recommendation: string;
  readonly number: string;
  readonly wording: string;
  readonly addressees: readonly string[];
  readonly addressed: Addressed;
  readonly repeats?: string;
  readonly repeatsAudit?: string;
  /** How other documents word it. */
  readonly quotations: readonly { readonly wording: string; readonly source: string }[];
  /** Boards that it had been interpreted to be addressed to, before the auditors named others. */
  readonly dropped: readonly string[];
  readonly withdrawn?: { readonly on: Day; readonly decidedOn: Day; readonly reason: string };
}

/** A draft sent to boards, for them to check its facts. */
export interface FactCheck {
  readonly boards: readonly string[];
  readonly on: Day;
  readonly answerBy?: Day;
  readonly answers: readonly { readonly board: string; readonly on: Day; readonly note?: string }[];
}

export type RegisteredAudit = {
  readonly status: 'registered';
  readonly audit: string;
  readonly issuedBy: string;
  readonly report: Report;
  readonly factChecks: readonly FactCheck[];
  /** By board. */
  readonly referrals: Readonly<Record<string, Referral>>;
  /** By id, in the order they were made. */
  readonly recommendations: Readonly<Record<string, Recommendation>>;
  readonly statements: Statements;
};

/** An audit, from nobody having registered its report. */
export type Audit = { readonly status: 'none' } | RegisteredAudit;

/** The id of a recommendation where nobody names another: it follows from the audit and its number. */
export const recommendationId = (audit: string, number: string): string => derivedId(audit, 'recommendation', number);

/** The recommendation of that id; undefined where the audit has none. */
export const recommendationOf = (state: Audit, recommendation: string): Recommendation | undefined =>
  state.status === 'none' ? undefined : state.recommendations[recommendation];

const changed = (state: RegisteredAudit, recommendation: string, change: (known: Recommendation) => Recommendation): RegisteredAudit => {
  const known = state.recommendations[recommendation];
  return known ? { ...state, recommendations: { ...state.recommendations, [recommendation]: change(known) } } : state;
};

const referred = (state: RegisteredAudit, board: string, change: (known: Referral) => Referral): RegisteredAudit => {
  const known = state.referrals[board];
  return known ? { ...state, referrals: { ...state.referrals, [board]: change(known) } } : state;
};

const evolve = (state: Audit, event: AuditEvent): Audit => {
  if (event.type === 'AuditReportRegistered') {
    const { audit, issuedBy, ...report } = event.data;
    return { status: 'registered', audit, issuedBy, report, factChecks: [], referrals: {}, recommendations: {}, statements: {} };
  }
  if (state.status === 'none') return state; // an audit begins with its report; nothing else can stand first
  switch (event.type) {
    case 'AuditReportCompleted': {
      const { audit: _, reason: __, ...known } = event.data;
      return { ...state, report: { ...state.report, ...known } };
    }
    case 'DraftSentForFactCheck': {
      const { audit: _, ...draft } = event.data;
      return { ...state, factChecks: [...state.factChecks, { ...draft, answers: [] }] };
    }
    case 'FactCheckAnswered': {
      const { audit: _, ...answer } = event.data;
      const last = state.factChecks.findLastIndex(({ boards }) => boards.includes(answer.board));
      const answered = (check: FactCheck): FactCheck => ({ ...check, answers: [...check.answers, answer] });
      return { ...state, factChecks: state.factChecks.map((check, index) => (index === last ? answered(check) : check)) };
    }
    case 'ReferralMade': {
      const { audit: _, ...referral } = event.data;
      return { ...state, referrals: { ...state.referrals, [referral.board]: referral } };
    }
    case 'ReferralCorrected': {
      const { audit: _, reason: __, ...referral } = event.data;
      return referred(state, referral.board, ({ received, reply }) => ({ ...referral, ...(received && { received }), ...(reply && { reply }) }));
    }
    case 'ReferralReceived': {
      const { audit: _, board, ...received } = event.data;
      return referred(state, board, (referral) => ({ ...referral, received }));
    }
    case 'ReferralReplyNoted': {
      const { audit: _, board, ...reply } = event.data;
      return referred(state, board, (referral) => ({ ...referral, reply }));
    }
    case 'RecommendationMade': {
      const { audit: _, ...made } = event.data;
      return { ...state, recommendations: { ...state.recommendations, [made.recommendation]: { ...made, quotations: [], dropped: [] } } };
    }
    case 'WordingQuoted': {
      const { recommendation, wording, source } = event.data;
      return changed(state, recommendation, (known) => ({ ...known, quotations: [...known.quotations, { wording, source }] }));
    }
    case 'AddresseesNamed': {
      const { recommendation, boards, dropped } = event.data;
      return changed(state, recommendation, (known) => ({
        ...known,
        addressees: boards,
        addressed: 'named',
        dropped: [...known.dropped, ...dropped],
      }));
    }
    case 'RecommendationWithdrawn': {
      const { recommendation, on, decidedOn, reason } = event.data;
      return changed(state, recommendation, (known) => ({ ...known, withdrawn: { on, decidedOn, reason } }));
    }
    case 'StatementMade':
    case 'WorkingValueChosen':
      return { ...state, statements: evolveStatements(state.statements, event) };
    default:
      return never(event);
  }
};

/** The stream of one audit: `audit-<uuid>`. */
export const audit: Stream<Audit, AuditEvent> = {
  name: 'audit',
  events: [...Object.values(events), ...statementEvents],
  initial: { status: 'none' },
  evolve,
};
