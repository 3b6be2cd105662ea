import { never, type Day } from '#libs/kernel';
import { col, rowView } from '#libs/views';
import type { AgreementEvent } from './agreement.events.js';
import { agreement, evolvePeriods } from './agreement.js';
import type { Period } from './agreement.shapes.js';

/** One row per agreement: its versions, when it is in force, and what is awaited of it. */
export const agreementsView = rowView({
  name: 'agreements',
  version: 1,
  columns: {
    title: col.text(),
    proposedBy: col.uuid(),
    /** How many versions are registered. */
    versions: col.int(),
    /** The one registered last. */
    latestVersion: col.optional(col.text()),
    latestOn: col.optional(col.day()),
    /** Every day on which it is in force lies in one of these. */
    periods: col.json<readonly Period[]>(),
    terminatedOn: col.optional(col.day()),
    terminatedThrough: col.optional(col.day()),
    reviewedOn: col.optional(col.day()),
    /** The day by which the next review is awaited, and its deadline. */
    reviewDueOn: col.optional(col.day()),
    reviewDeadline: col.optional(col.uuid()),
  },
  reads: [...agreement.events] as const,
  keys: ({ stream }) => (stream.startsWith('agreement-') ? stream.slice('agreement-'.length) : []),
  indexes: [['title'], ['proposedBy']],
  fold: (row, event) => {
    const happened = event as unknown as AgreementEvent;
    if (happened.type === 'AgreementRegistered') {
      const { title, proposedBy } = happened.data;
      return { ...NOTHING_YET, title, proposedBy };
    }
    if (!row) throw new Error(`${happened.type} of an agreement that was never registered`);
    const { type, data } = happened;
    switch (type) {
      case 'VersionProposed':
        return { ...row, versions: row.versions + 1, latestVersion: data.version, latestOn: data.on };
      case 'AgreementEnteredIntoForce':
      case 'AgreementForceEnded':
      case 'ForceCorrected':
      case 'ForceWithdrawn':
        return { ...row, periods: evolvePeriods(row.periods, happened) };
      case 'AgreementReviewed':
        return { ...row, reviewedOn: laterOf(row.reviewedOn, data.on) };
      case 'AgreementTerminated':
        return { ...row, terminatedOn: data.on, terminatedThrough: data.lastDay };
      case 'TerminationAnnulled':
      case 'TerminationWithdrawn':
        return { ...row, terminatedOn: null, terminatedThrough: null };
      case 'DeadlineSet':
      case 'DeadlineMoved':
        return data.type === 'agreement-review' ? { ...row, reviewDueOn: data.dueOn, reviewDeadline: data.deadline } : row;
      case 'DeadlineMet':
      case 'DeadlineClosed':
        return data.deadline === row.reviewDeadline ? { ...row, reviewDueOn: null, reviewDeadline: null } : row;
      case 'AgreementNumberNoted': // in the rows of its parties
      case 'ProposalReportWritten': // on the page
      case 'ProposalConsulted':
      case 'AgreementFileLinked':
      case 'AgreementLinked': // in the rows of links
      case 'PartyDecisionRecorded': // in the rows of decisions
      case 'PartyDecisionFollowed':
      case 'PartyDecisionWithdrawn':
      case 'AgreementSigned':
      case 'SigningDayCorrected':
      case 'SignatureWithdrawn':
      case 'RevisionApproved':
      case 'RevisionApprovalWithdrawn':
      case 'RevisionContested':
      case 'AfterwardsSettled':
      case 'DeadlineMissed': // lateness is read from the day
      case 'LatenessWithdrawn':
      case 'ReminderIssued':
      case 'RemindersSuppressed':
        return row;
      default:
        return never(happened);
    }
  },
});

const NOTHING_YET = {
  versions: 0,
  latestVersion: null,
  latestOn: null,
  periods: [],
  terminatedOn: null,
  terminatedThrough: null,
  reviewedOn: null,
  reviewDueOn: null,
  reviewDeadline: null,
} as const;

const laterOf = (a: Day | null, b: Day): Day => (a !== null && a > b ? a : b);
