import { Module } from '@nestjs/common';
import { answers, Executor, handles, Moments, ofBoard, ofTenant, Streams, system, type Need } from '#libs/commands';
import { documents } from '#libs/documents';
import { EventRegistry, stockholmDay } from '#libs/kernel';
import { citedDecision, type DecisionRef } from '#libs/meetings';
import { organisation } from '#libs/organisation';
import { deadlineRules, deadlineRulesId, knocks, ruleFor, type DeadlineRule } from '#libs/timers';
import { Views } from '#libs/views';
import { allotObligation, AllotObligation } from './allot-obligation.js';
import { answerFactCheck, AnswerFactCheck } from './answer-fact-check.js';
import { auditById, AuditById } from './audit-by-id.query.js';
import { audit, type Audit } from './audit.js';
import {
  AuditsController,
  ImplementationsController,
  JudgementsController,
  ObligationsController,
  RecommendationsController,
  ReferralsController,
} from './audits.controller.js';
import { chooseAuditWorkingValue, ChooseAuditWorkingValue } from './choose-audit-working-value.js';
import { completeAuditReport, CompleteAuditReport } from './complete-audit-report.js';
import { correctJudgement, CorrectJudgement } from './correct-judgement.js';
import { correctReferral, CorrectReferral } from './correct-referral.js';
import { decideImplemented, DecideImplemented } from './decide-implemented.js';
import { deliverDocuments, DeliverDocuments } from './deliver-documents.js';
import { auditHistory, AuditHistory, obligationHistory, ObligationHistory } from './history.query.js';
import { rulesOf } from './last-day.js';
import { listAudits, ListAudits } from './list-audits.query.js';
import { listObligations, ListObligations } from './list-obligations.query.js';
import { listRecommendations, ListRecommendations } from './list-recommendations.query.js';
import { listReferrals, ListReferrals } from './list-referrals.query.js';
import { makeAuditStatement, MakeAuditStatement } from './make-audit-statement.js';
import { earlierAudit, makeRecommendation, MakeRecommendation } from './make-recommendation.js';
import { nameAddressees, NameAddressees } from './name-addressees.js';
import { noteAction, NoteAction } from './note-action.js';
import { noteObligationDays, NoteObligationDays } from './note-obligation-days.js';
import { noteReferralReply, NoteReferralReply } from './note-referral-reply.js';
import { noteReplyDay, NoteReplyDay } from './note-reply-day.js';
import { noteReply, NoteReply } from './note-reply.js';
import { obligationById, ObligationById } from './obligation-by-id.query.js';
import { boardOfObligation, deadlinesOfObligation, obligation } from './obligation.js';
import { quoteWording, QuoteWording } from './quote-wording.js';
import { raiseObligation, RaiseObligation } from './raise-obligation.js';
import { receiveReferral, ReceiveReferral } from './receive-referral.js';
import { recordJudgement, RecordJudgement } from './record-judgement.js';
import { recordObjection, RecordObjection } from './record-objection.js';
import { referToBoard, ReferToBoard } from './refer-to-board.js';
import { newAuditId, registerAuditReport, RegisterAuditReport } from './register-audit-report.js';
import { requestDocuments, RequestDocuments } from './request-documents.js';
import { sendDraftForFactCheck, SendDraftForFactCheck } from './send-draft-for-fact-check.js';
import { setLastDay, SetLastDay } from './set-last-day.js';
import { withdrawImplementation, WithdrawImplementation } from './withdraw-implementation.js';
import { withdrawObligation, WithdrawObligation } from './withdraw-obligation.js';
import { withdrawRecommendation, WithdrawRecommendation } from './withdraw-recommendation.js';

/** The elected auditors, and their office, which records what they decide. */
const auditors = [ofTenant('auditor'), ofTenant('audit-officer')];
const ownProcess = [ofBoard('process-owner'), ofBoard('registrar')];
/** Whoever works with what a board has to answer for, and those who oversee all boards. */
const readers = [
  ...ownProcess,
  ...['case-officer', 'unit-manager', 'department-head', 'head-of-administration', 'board-secretary'].map(ofBoard),
  ofTenant('overseer'),
  ...auditors,
];

const onAudit = { of: audit, id: (command: { readonly audit: string }) => command.audit };
const onObligation = { of: obligation, id: (command: { readonly obligation: string }) => command.obligation, unit: boardOfObligation };

const decision = citedDecision(({ decision: cited }: { readonly decision?: DecisionRef }) => cited);
const delivered = documents(({ documents: cited }: DeliverDocuments) => cited);
const lastDayRules = rulesOf('last-day');
/** The rule for requests, which start on the day they are made. */
const requestRule: Need<unknown, DeadlineRule> = async (reads, _command, { tenant, now }) => {
  const { state } = await reads.fold(deadlineRules, deadlineRulesId(tenant));
  const value = ruleFor(state, 'document-request', stockholmDay(now));
  return { value, basis: [value.id] };
};
const theAudit: Need<{ readonly audit: string }, Audit> = async (reads, command) => {
  const { state, lastId } = await reads.fold(audit, command.audit);
  return { value: state, basis: lastId === undefined ? [] : [lastId] };
};

@Module({
  controllers: [AuditsController, ReferralsController, RecommendationsController, ObligationsController, JudgementsController, ImplementationsController],
  providers: [
    handles(RegisterAuditReport, { ...onAudit, id: newAuditId, may: auditors, needs: { organisation }, decide: registerAuditReport }),
    handles(CompleteAuditReport, { ...onAudit, may: auditors, needs: { organisation }, decide: completeAuditReport }),
    handles(SendDraftForFactCheck, { ...onAudit, may: auditors, needs: { organisation }, decide: sendDraftForFactCheck }),
    handles(AnswerFactCheck, { ...onAudit, may: [...auditors, ...ownProcess], needs: { organisation }, decide: answerFactCheck }),
    handles(ReferToBoard, { ...onAudit, may: auditors, needs: { organisation }, decide: referToBoard }),
    handles(CorrectReferral, { ...onAudit, may: auditors, decide: correctReferral }),
    handles(ReceiveReferral, { ...onAudit, may: [...auditors, ofBoard('registrar')], needs: { organisation }, decide: receiveReferral }),
    handles(NoteReferralReply, { ...onAudit, may: [system], decide: noteReferralReply }),
    handles(MakeRecommendation, { ...onAudit, may: auditors, needs: { organisation, earlier: earlierAudit }, decide: makeRecommendation }),
    handles(QuoteWording, { ...onAudit, may: auditors, decide: quoteWording }),
    handles(NameAddressees, { ...onAudit, may: auditors, needs: { organisation }, decide: nameAddressees }),
    handles(WithdrawRecommendation, { ...onAudit, may: auditors, decide: withdrawRecommendation }),
    handles(MakeAuditStatement, { ...onAudit, may: auditors, decide: makeAuditStatement }),
    handles(ChooseAuditWorkingValue, { ...onAudit, may: auditors, decide: chooseAuditWorkingValue }),
    handles(RaiseObligation, { ...onObligation, may: [system], needs: { theAudit }, decide: raiseObligation }),
    handles(NoteObligationDays, { ...onObligation, may: [system], needs: { theAudit }, decide: noteObligationDays }),
    handles(WithdrawObligation, { ...onObligation, may: [system], decide: withdrawObligation }),
    handles(NoteReplyDay, { ...onObligation, may: [system], decide: noteReplyDay }),
    handles(NoteReply, { ...onObligation, may: [system], decide: noteReply }),
    handles(NoteAction, { ...onObligation, may: [system], decide: noteAction }),
    handles(SetLastDay, { ...onObligation, may: [...ownProcess, ...auditors], needs: { decision, organisation, lastDayRules }, decide: setLastDay }),
    handles(AllotObligation, { ...onObligation, may: [ofTenant('administrator'), ofTenant('overseer')], needs: { organisation }, decide: allotObligation }),
    handles(DecideImplemented, { ...onObligation, may: ownProcess, needs: { decision, organisation }, decide: decideImplemented }),
    handles(WithdrawImplementation, { ...onObligation, may: ownProcess, decide: withdrawImplementation }),
    handles(RecordJudgement, { ...onObligation, may: auditors, needs: { lastDayRules }, decide: recordJudgement }),
    handles(CorrectJudgement, { ...onObligation, may: auditors, decide: correctJudgement }),
    handles(RecordObjection, { ...onObligation, may: ownProcess, needs: { decision, organisation }, decide: recordObjection }),
    handles(RequestDocuments, { ...onObligation, may: auditors, needs: { rule: requestRule }, decide: requestDocuments }),
    handles(DeliverDocuments, {
      ...onObligation,
      may: ownProcess,
      needs: { known: delivered },
      decide: deliverDocuments,
    }),
    knocks(obligation, deadlinesOfObligation),
    answers(ListAudits, { may: readers, from: [Views, Moments, Executor, Streams], answer: listAudits }),
    answers(ListReferrals, { may: readers, from: [Views, Moments, Executor, Streams], answer: listReferrals }),
    answers(ListRecommendations, { may: readers, from: [Views, Moments, Executor, Streams], answer: listRecommendations }),
    answers(ListObligations, { may: readers, from: [Views, Moments, Executor, Streams], answer: listObligations }),
    answers(AuditById, { may: readers, from: [Streams, Executor, Views, Moments], answer: auditById }),
    answers(AuditHistory, { may: readers, from: [Executor, Views, Moments, EventRegistry], answer: auditHistory }),
    answers(ObligationById, { may: readers, from: [Streams, Executor], answer: obligationById }),
    answers(ObligationHistory, { may: readers, from: [Executor, Views, Moments, EventRegistry], answer: obligationHistory }),
  ],
})
export class AuditsModule {}
