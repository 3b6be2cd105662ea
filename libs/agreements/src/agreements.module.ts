import { Module } from '@nestjs/common';
import { answers, created, Executor, handles, Moments, ofBoard, ofTenant, Streams, system } from '#libs/commands';
import { documents } from '#libs/documents';
import { derivedId, EventRegistry } from '#libs/kernel';
import { organisation } from '#libs/organisation';
import { knocks } from '#libs/timers';
import { Views } from '#libs/views';
import { AgreementById, agreementById } from './agreement-by-id.query.js';
import { AgreementDifference, agreementDifference } from './agreement-difference.query.js';
import { AgreementHistory, agreementHistory } from './agreement-history.query.js';
import { agreement, boardsOf, deadlinesOf } from './agreement.js';
import { AgreementsController, DelegatedDecisionsController, DelegationOrdersController } from './agreements.controller.js';
import { ApproveRevision, approveRevision } from './approve-revision.js';
import { ConsultOnProposal, consultOnProposal } from './consult-on-proposal.js';
import { ContestRevision, contestRevision } from './contest-revision.js';
import { CorrectDelegatedDecision, correctDelegatedDecision } from './correct-delegated-decision.js';
import { CorrectSigningDay, correctSigningDay } from './correct-signing-day.js';
import { CountReportAgain, countReportAgain } from './count-report-again.js';
import { DelegatedDecisionById, delegatedDecisionById } from './delegated-decision-by-id.query.js';
import { boardOfDecision, deadlinesOfDecision, delegatedDecision } from './delegated-decision.js';
import { DelegateFurther, delegateFurther } from './delegate-further.js';
import { boardOfOrder, delegationOrder, delegationOrderId } from './delegation-order.js';
import { EndDelegation, endDelegation } from './end-delegation.js';
import { EndFurtherDelegation, endFurtherDelegation } from './end-further-delegation.js';
import { FollowDelegationDecision, followDelegationDecision } from './follow-delegation-decision.js';
import { FollowMinutes, followMinutes } from './follow-minutes.js';
import { GiveDelegation, giveDelegation } from './give-delegation.js';
import { LinkAgreement, linkAgreement } from './link-agreement.js';
import { LinkFile, linkFile } from './link-file.js';
import { ListAgreements, listAgreements } from './list-agreements.query.js';
import { ListDecisionsToReport, listDecisionsToReport } from './list-decisions-to-report.query.js';
import { ListDelegatedDecisions, listDelegatedDecisions } from './list-delegated-decisions.query.js';
import { ListDelegations, listDelegations } from './list-delegations.query.js';
import { MinuteSeparately, minuteSeparately } from './minute-separately.js';
import { actOfAgreement, decided, delegations, holders, minutes, namedBy, nextMeeting, nextMeetingOfBoard, ruleOn } from './needs.js';
import { NoteActUnderDelegation, noteActUnderDelegation } from './note-act-under-delegation.js';
import { ProposeVersion, proposeVersion } from './propose-version.js';
import { RecordDecision, recordDecision } from './record-decision.js';
import { RecordDelegatedDecision, recordDelegatedDecision } from './record-delegated-decision.js';
import { RegisterAgreement, registerAgreement } from './register-agreement.js';
import { ReportToBoard, reportToBoard } from './report-to-board.js';
import { ReportToHead, reportToHead } from './report-to-head.js';
import { ReviewAgreement, reviewAgreement } from './review-agreement.js';
import { RevokeApproval, revokeApproval } from './revoke-approval.js';
import { SetAgreementNumber, setAgreementNumber } from './set-agreement-number.js';
import { SettleAfterwards, settleAfterwards } from './settle-afterwards.js';
import { SignAgreement, signAgreement } from './sign-agreement.js';
import { TakeBackReport, takeBackReport } from './take-back-report.js';
import { TerminateAgreement, terminateAgreement } from './terminate-agreement.js';
import { WithdrawDecision, withdrawDecision } from './withdraw-decision.js';
import { WithdrawDelegatedDecision, withdrawDelegatedDecision } from './withdraw-delegated-decision.js';
import { WithdrawRevisionApproval, withdrawRevisionApproval } from './withdraw-revision-approval.js';
import { WithdrawSignature, withdrawSignature } from './withdraw-signature.js';
import { WithdrawTermination, withdrawTermination } from './withdraw-termination.js';
import { WriteProposalReport, writeProposalReport } from './write-proposal-report.js';

const heads = [ofBoard('head-of-administration'), ofBoard('department-head'), ofBoard('unit-manager')];
/** Who prepares an agreement at one of its parties. */
const preparers = [ofBoard('process-owner'), ofBoard('registrar'), ofBoard('board-secretary'), ...heads];
/** Who records what boards decided. */
const recorders = [ofBoard('process-owner'), ofBoard('registrar'), ofBoard('board-secretary')];
const registrar = [ofBoard('registrar')];
const secretary = [ofBoard('board-secretary'), ofBoard('registrar')];
/** Whoever has a role of the board may be its delegate, and says so or has it recorded. */
const delegates = [...preparers, ofBoard('case-officer')];
const readers = [...delegates, ofTenant('overseer'), ofTenant('auditor'), ofTenant('audit-officer')];

const onAgreement = { of: agreement, id: (command: { readonly agreement: string }) => command.agreement, unit: boardsOf };
const onOrder = {
  of: delegationOrder,
  id: ({ board }: { readonly board: string }, { tenant }: { readonly tenant: string }) => delegationOrderId(tenant, board),
  unit: boardOfOrder,
};
const onDecision = { of: delegatedDecision, id: (command: { readonly decision: string }) => command.decision, unit: boardOfDecision };

const evidence = documents(({ documents: cited }: { readonly documents?: readonly string[] }) => cited);
const attached = documents(({ attachments }: ProposeVersion) => attachments?.map(({ sha256 }) => sha256));
const resulting = documents(({ resulting: content }: RecordDecision) => content?.attachments?.map(({ sha256 }) => sha256));
const signedCopy = documents(({ document }: SignAgreement) => (document === undefined ? [] : [document]));
const linked = documents(({ document }: LinkFile) => [document]);
const cited = decided(({ decision }: { readonly decision: { readonly meeting: string; readonly point: string } }) => decision);
const ofMeeting = minutes(({ meeting }: { readonly meeting: string }) => meeting);
const ofParty = delegations((command: { readonly party: string; readonly on: SignAgreement['on'] }) => command);
const ofBoardItself = delegations(({ board, on }: RecordDelegatedDecision) => ({ party: board, on }));
/** The id of something new within a board's delegations follows from the command, so that a repeat finds it. */
const newId = async (_reads: unknown, _command: object, { commandId }: { readonly commandId: string }) => ({ value: derivedId(commandId, 'delegation') });
const reporting = { ruleOn, nextMeeting };

@Module({
  controllers: [AgreementsController, DelegationOrdersController, DelegatedDecisionsController],
  providers: [
    handles(RegisterAgreement, {
      ...onAgreement,
      id: created('agreement', (command) => command.agreement),
      may: preparers,
      needs: { organisation },
      decide: registerAgreement,
    }),
    handles(SetAgreementNumber, { ...onAgreement, may: preparers, needs: { organisation }, decide: setAgreementNumber }),
    handles(WriteProposalReport, { ...onAgreement, may: preparers, needs: { organisation, evidence }, decide: writeProposalReport }),
    handles(ConsultOnProposal, { ...onAgreement, may: preparers, needs: { organisation }, decide: consultOnProposal }),
    handles(ProposeVersion, { ...onAgreement, may: preparers, needs: { organisation, evidence: attached }, decide: proposeVersion }),
    handles(LinkFile, { ...onAgreement, may: registrar, needs: { evidence: linked }, decide: linkFile }),
    handles(LinkAgreement, { ...onAgreement, may: preparers, needs: { organisation, named: namedBy }, decide: linkAgreement }),
    handles(RecordDecision, { ...onAgreement, may: recorders, needs: { organisation, evidence: resulting, ruleOn, decided: cited }, decide: recordDecision }),
    handles(RevokeApproval, { ...onAgreement, may: recorders, needs: { organisation, ruleOn, decided: cited }, decide: revokeApproval }),
    handles(WithdrawDecision, { ...onAgreement, may: recorders, needs: { ruleOn }, decide: withdrawDecision }),
    handles(FollowMinutes, { ...onAgreement, may: [system], needs: { ruleOn, minutes: ofMeeting }, decide: followMinutes }),
    handles(SignAgreement, {
      ...onAgreement,
      may: delegates,
      needs: { organisation, holders, delegations: ofParty, ruleOn, evidence: signedCopy },
      decide: signAgreement,
    }),
    handles(CorrectSigningDay, { ...onAgreement, may: delegates, needs: { organisation, ruleOn }, decide: correctSigningDay }),
    handles(WithdrawSignature, { ...onAgreement, may: delegates, needs: { organisation, ruleOn }, decide: withdrawSignature }),
    handles(ApproveRevision, { ...onAgreement, may: delegates, needs: { organisation, holders, delegations: ofParty, ruleOn }, decide: approveRevision }),
    handles(WithdrawRevisionApproval, { ...onAgreement, may: delegates, needs: { organisation, ruleOn }, decide: withdrawRevisionApproval }),
    handles(ContestRevision, { ...onAgreement, may: preparers, needs: { organisation, ruleOn }, decide: contestRevision }),
    handles(ReviewAgreement, { ...onAgreement, may: preparers, needs: { ruleOn, evidence }, decide: reviewAgreement }),
    handles(TerminateAgreement, { ...onAgreement, may: recorders, needs: { organisation, ruleOn, decided: cited }, decide: terminateAgreement }),
    handles(WithdrawTermination, { ...onAgreement, may: recorders, needs: { organisation, ruleOn }, decide: withdrawTermination }),
    handles(SettleAfterwards, { ...onAgreement, may: preparers, needs: { ruleOn }, decide: settleAfterwards }),
    knocks(agreement, deadlinesOf),

    handles(GiveDelegation, { ...onOrder, may: recorders, needs: { organisation, decided: cited, newId }, decide: giveDelegation }),
    handles(EndDelegation, { ...onOrder, may: recorders, needs: { organisation, decided: cited }, decide: endDelegation }),
    handles(DelegateFurther, { ...onOrder, may: [ofBoard('head-of-administration')], needs: { organisation, newId }, decide: delegateFurther }),
    handles(EndFurtherDelegation, { ...onOrder, may: [ofBoard('head-of-administration')], needs: { organisation }, decide: endFurtherDelegation }),
    handles(FollowDelegationDecision, { ...onOrder, may: [system], needs: { minutes: ofMeeting }, decide: followDelegationDecision }),

    handles(RecordDelegatedDecision, {
      ...onDecision,
      id: created('delegated-decision', (command) => command.decision),
      may: delegates,
      needs: { organisation, holders, delegations: ofBoardItself, ruleOn, nextMeeting: nextMeetingOfBoard },
      decide: recordDelegatedDecision,
    }),
    handles(NoteActUnderDelegation, { ...onDecision, may: [system], needs: { ruleOn, of: actOfAgreement }, decide: noteActUnderDelegation }),
    handles(CorrectDelegatedDecision, { ...onDecision, may: delegates, needs: reporting, decide: correctDelegatedDecision }),
    handles(WithdrawDelegatedDecision, { ...onDecision, may: delegates, needs: reporting, decide: withdrawDelegatedDecision }),
    handles(ReportToBoard, { ...onDecision, may: secretary, needs: { ...reporting, organisation, minutes: ofMeeting }, decide: reportToBoard }),
    handles(TakeBackReport, { ...onDecision, may: secretary, needs: reporting, decide: takeBackReport }),
    handles(ReportToHead, { ...onDecision, may: delegates, needs: reporting, decide: reportToHead }),
    handles(MinuteSeparately, { ...onDecision, may: secretary, needs: reporting, decide: minuteSeparately }),
    handles(CountReportAgain, { ...onDecision, may: [system], needs: reporting, decide: countReportAgain }),
    knocks(delegatedDecision, deadlinesOfDecision),

    answers(AgreementById, { may: readers, from: [Streams, Executor, Moments, Views], answer: agreementById }),
    answers(AgreementDifference, { may: readers, from: [Streams], answer: agreementDifference }),
    answers(AgreementHistory, { may: readers, from: [Executor, Views, Moments, EventRegistry], answer: agreementHistory }),
    answers(ListAgreements, { may: readers, from: [Views, Moments, Executor, Streams], answer: listAgreements }),
    answers(DelegatedDecisionById, { may: readers, from: [Streams, Executor, Moments], answer: delegatedDecisionById }),
    answers(ListDelegations, { may: readers, from: [Views, Moments, Executor, Streams], answer: listDelegations }),
    answers(ListDelegatedDecisions, { may: readers, from: [Views, Moments, Executor, Streams], answer: listDelegatedDecisions }),
    answers(ListDecisionsToReport, { may: readers, from: [Views, Moments, Executor, Streams], answer: listDecisionsToReport }),
  ],
})
export class AgreementsModule {}
