import { Module } from '@nestjs/common';
import { answers, Commands, Executor, handles, handlesFrom, Moments, ofBoard, ofTenant, Streams } from '#libs/commands';
import { DocumentStore } from '#libs/documents';
import { EventRegistry } from '#libs/kernel';
import { citedDecision } from '#libs/meetings';
import { organisation } from '#libs/organisation';
import { Views } from '#libs/views';
import { AllCounts, allCounts } from './all-counts.query.js';
import { AuditBoards, auditBoards } from './audit-boards.query.js';
import { BoardCounts, boardCounts } from './board-counts.query.js';
import { Chain, chain } from './chain.query.js';
import { BoardChanges, boardChanges } from './changes.query.js';
import { decideStatusReport, DecideStatusReport } from './decide-status-report.js';
import { draftedId, draftStatusReport, DraftStatusReport } from './draft-status-report.js';
import { ImportRecommendations, importRecommendations } from './import-recommendations.query.js';
import { listStatusReports, ListStatusReports } from './list-status-reports.query.js';
import { ObligationBundle, obligationBundle } from './obligation-bundle.query.js';
import { rewordStatusReport, RewordStatusReport } from './reword-status-report.js';
import { shownNow } from './status-content.query.js';
import { statusReportAsPdf, StatusReportAsPdf, statusReportById, StatusReportById } from './status-report-by-id.query.js';
import { boardOfReport, statusReport } from './status-report.js';
import {
  AuditReportsController,
  BoardReportsController,
  BundleController,
  ChainController,
  CountsController,
  ImportsController,
  StatusReportsController,
} from './reports.controller.js';

/** Who looks at every board: kommunstyrelsen's overseer (KL 6:1) and the auditors. */
const overAll = [ofTenant('overseer'), ofTenant('auditor'), ofTenant('audit-officer')];
/** Everybody at the board sees how it stands. */
const atBoard = ['process-owner', 'registrar', 'board-secretary', 'case-officer', 'unit-manager', 'department-head', 'head-of-administration'].map(ofBoard);
const readers = [...atBoard, ...overAll];
/** Who hands the auditors what they ask for, and those who look at every board. */
const handsOver = [ofBoard('process-owner'), ofBoard('registrar'), ...overAll];
const fromViews = [Views, Moments, Executor, Streams] as const;

/** Who prepares the board's reports. */
const reporters = [ofBoard('process-owner'), ofBoard('registrar'), ofBoard('board-secretary')];
const onReport = { of: statusReport, id: (command: { readonly report: string }) => command.report, unit: boardOfReport, may: reporters };
const decision = citedDecision((command: DecideStatusReport) => command.decision);

@Module({
  controllers: [
    BoardReportsController,
    CountsController,
    AuditReportsController,
    ChainController,
    BundleController,
    StatusReportsController,
    ImportsController,
  ],
  providers: [
    handles(DraftStatusReport, { ...onReport, id: draftedId, needs: { organisation }, decide: draftStatusReport }),
    handles(RewordStatusReport, { ...onReport, decide: rewordStatusReport }),
    handlesFrom(DecideStatusReport, {
      ...onReport,
      from: fromViews,
      needs: (views: Views, moments: Moments, executor: Executor, streams: Streams) => ({
        decision,
        organisation,
        shown: shownNow(views, moments, executor, streams),
      }),
      decide: decideStatusReport,
    }),
    answers(ListStatusReports, { may: readers, from: fromViews, answer: listStatusReports }),
    answers(StatusReportById, { may: readers, from: fromViews, answer: statusReportById }),
    answers(StatusReportAsPdf, { may: readers, from: fromViews, answer: statusReportAsPdf }),
    answers(BoardCounts, { may: readers, from: fromViews, answer: boardCounts }),
    answers(BoardChanges, { may: readers, from: fromViews, answer: boardChanges }),
    answers(AuditBoards, { may: readers, from: fromViews, answer: auditBoards }),
    answers(Chain, { may: readers, from: fromViews, answer: chain }),
    answers(ObligationBundle, { may: handsOver, from: [Streams, Moments, DocumentStore, EventRegistry, Views], answer: obligationBundle }),
    answers(ImportRecommendations, {
      may: [ofTenant('auditor'), ofTenant('audit-officer')], // who may record what it records
      from: [Views, Executor, Streams, DocumentStore, Commands],
      answer: importRecommendations,
    }),
    answers(AllCounts, { may: overAll, from: fromViews, answer: allCounts }),
  ],
})
export class ReportsModule {}
