import { Module } from '@nestjs/common';
import { answers, Executor, Moments, ofBoard, ofTenant, Streams } from '#libs/commands';
import { DocumentStore } from '#libs/documents';
import { EventRegistry } from '#libs/kernel';
import { Views } from '#libs/views';
import { AllCounts, allCounts } from './all-counts.query.js';
import { AuditBoards, auditBoards } from './audit-boards.query.js';
import { BoardCounts, boardCounts } from './board-counts.query.js';
import { Chain, chain } from './chain.query.js';
import { ObligationBundle, obligationBundle } from './obligation-bundle.query.js';
import { BoardChanges, boardChanges } from './changes.query.js';
import { AuditReportsController, BoardReportsController, BundleController, ChainController, CountsController } from './reports.controller.js';

/** Who looks at every board: kommunstyrelsen's overseer (KL 6:1) and the auditors. */
const overAll = [ofTenant('overseer'), ofTenant('auditor'), ofTenant('audit-officer')];
/** Everybody at the board sees how it stands. */
const atBoard = ['process-owner', 'registrar', 'board-secretary', 'case-officer', 'unit-manager', 'department-head', 'head-of-administration'].map(ofBoard);
const readers = [...atBoard, ...overAll];
/** Who hands the auditors what they ask for, and those who look at every board. */
const handsOver = [ofBoard('process-owner'), ofBoard('registrar'), ...overAll];
const fromViews = [Views, Moments, Executor, Streams] as const;

@Module({
  controllers: [BoardReportsController, CountsController, AuditReportsController, ChainController, BundleController],
  providers: [
    answers(BoardCounts, { may: readers, from: fromViews, answer: boardCounts }),
    answers(BoardChanges, { may: readers, from: fromViews, answer: boardChanges }),
    answers(AuditBoards, { may: readers, from: fromViews, answer: auditBoards }),
    answers(Chain, { may: readers, from: fromViews, answer: chain }),
    answers(ObligationBundle, { may: handsOver, from: [Streams, Moments, DocumentStore, EventRegistry], answer: obligationBundle }),
    answers(AllCounts, { may: overAll, from: fromViews, answer: allCounts }),
  ],
})
export class ReportsModule {}
