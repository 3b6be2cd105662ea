import { never } from '#libs/kernel';
import { differing, evolveStatements, statementEvents, type Statements } from '#libs/statements';
import { col, rowView } from '#libs/views';
import { auditNumbers } from './audit-number.js';
import * as events from './audit.events.js';
import type { AuditEvent } from './audit.events.js';

/** One row per audit: its report, and what its sources disagree about. */
export const auditsView = rowView({
  name: 'audits',
  version: 1,
  columns: {
    /** As they are written; empty where none is known. */
    numbers: col.json<readonly string[]>(),
    /** Each in the one way it is found by, between bars: |5/2020|. */
    numberKeys: col.text(),
    registryNumber: col.optional(col.text()),
    title: col.text(),
    issuedBy: col.uuid(),
    expert: col.optional(col.uuid()),
    periodAudited: col.optional(col.text()),
    reportOn: col.optional(col.day()),
    handedOverOn: col.optional(col.day()),
    /** Boards that it concerns: those it was referred to, those its recommendations are addressed to, those that checked its facts. */
    boards: col.json<readonly string[]>(),
    referrals: col.int(),
    recommendations: col.int(),
    statements: col.json<Statements>(),
    /** What the sources disagree about. */
    differing: col.json<readonly string[]>(),
  },
  reads: [...Object.values(events), ...statementEvents],
  keys: ({ stream }) => (stream.startsWith('audit-') ? stream.slice('audit-'.length) : []),
  indexes: [['handedOverOn']],
  fold: (row, event) => {
    const { type, data } = event as AuditEvent;
    if (type === 'AuditReportRegistered') {
      const { audit: _, numbers, registryNumber = null, title, issuedBy, expert = null, periodAudited = null, reportOn = null, handedOverOn = null } = data;
      const report = { numbers, numberKeys: keysOf(numbers), registryNumber, title, issuedBy, expert, periodAudited, reportOn, handedOverOn };
      return { ...report, boards: [], referrals: 0, recommendations: 0, statements: {}, differing: [] };
    }
    if (!row) throw new Error(`${type} of an audit whose report was never registered`);
    const withBoards = (boards: readonly string[]) => ({ boards: [...new Set([...row.boards, ...boards])] });
    switch (type) {
      case 'AuditReportCompleted': {
        const { audit: _, reason: __, ...known } = data;
        return { ...row, ...known, numberKeys: keysOf(known.numbers ?? row.numbers) };
      }
      case 'DraftSentForFactCheck':
        return { ...row, ...withBoards(data.boards) };
      case 'ReferralMade':
        return { ...row, ...withBoards([data.board]), referrals: row.referrals + 1 };
      case 'RecommendationMade':
        return { ...row, ...withBoards(data.addressees), recommendations: row.recommendations + 1 };
      case 'AddresseesNamed':
        return { ...row, ...withBoards(data.boards) };
      case 'StatementMade':
      case 'WorkingValueChosen': {
        const statements = evolveStatements(row.statements, { type, data } as Extract<AuditEvent, { type: typeof type }>);
        return { ...row, statements, differing: differing(statements) };
      }
      case 'FactCheckAnswered':
      case 'ReferralCorrected':
      case 'ReferralReceived':
      case 'ReferralReplyNoted':
      case 'WordingQuoted':
      case 'RecommendationWithdrawn':
        return row;
      default:
        return never({ type, data } as never);
    }
  },
});

const keysOf = (numbers: readonly string[]): string => `|${auditNumbers(numbers).join('|')}|`;
