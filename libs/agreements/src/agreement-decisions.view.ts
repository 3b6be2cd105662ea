import { never } from '#libs/kernel';
import type { Outcome } from '#libs/meetings';
import { col, rowView, sql, type Read } from '#libs/views';
import type { Effect } from './agreement.codes.js';
import * as events from './agreement.events.js';

const { PartyDecisionRecorded, PartyDecisionFollowed, PartyDecisionWithdrawn, AgreementTerminated, TerminationAnnulled } = events;

/** One row per point of minutes that an agreement rests on: what its parties decided, and by what it was terminated. */
export const agreementDecisionsView = rowView({
  name: 'agreement_decisions',
  version: 1,
  columns: {
    agreement: col.uuid(),
    meeting: col.uuid(),
    point: col.uuid(),
    board: col.uuid(),
    /** The version; of a termination none. */
    version: col.optional(col.text()),
    effect: col.text<Effect | 'terminates'>(),
    outcome: col.optional(col.text<Outcome>()),
    decidedOn: col.day(),
    countsFrom: col.optional(col.day()),
    annulledOn: col.optional(col.day()),
  },
  reads: [PartyDecisionRecorded, PartyDecisionFollowed, PartyDecisionWithdrawn, AgreementTerminated, TerminationAnnulled],
  keys: ({ type, data }) => `${data.agreement}.${type === 'AgreementTerminated' || type === 'TerminationAnnulled' ? data.decision.point : data.point}`,
  indexes: [['meeting'], ['agreement', 'decidedOn']],
  fold: (row, { type, data }) => {
    switch (type) {
      case 'PartyDecisionRecorded': {
        const { agreement, meeting, point, board, version, effect, outcome, on, countsFrom = null, annulledOn = null } = data;
        return { agreement, meeting, point, board, version, effect, outcome, decidedOn: on, countsFrom, annulledOn };
      }
      case 'PartyDecisionFollowed': {
        const { effect, outcome, on, countsFrom = null, annulledOn = null } = data;
        return row && { ...row, effect, outcome, decidedOn: on, countsFrom, annulledOn };
      }
      case 'PartyDecisionWithdrawn':
        return undefined;
      case 'AgreementTerminated': {
        const { agreement, decision, board, on } = data;
        return { agreement, ...decision, board, version: null, effect: 'terminates', outcome: null, decidedOn: on, countsFrom: on, annulledOn: null };
      }
      case 'TerminationAnnulled':
        return row && { ...row, annulledOn: data.annulledOn };
      default:
        return never(type);
    }
  },
});

/** The agreements that rest on something decided at a meeting. */
export const restingOn =
  (meeting: string) =>
  async (read: Read): Promise<readonly string[]> => {
    const rows = await read.query<{ agreement: string }>(
      sql`select distinct agreement from ${read.rows(agreementDecisionsView)} where meeting = ${meeting} order by agreement`,
    );
    return rows.map(({ agreement }) => agreement);
  };
