import { Module } from '@nestjs/common';
import { answers, Executor, handles, Moments, ofBoard, ofTenant, Streams, system } from '#libs/commands';
import { documents } from '#libs/documents';
import { EventRegistry, type Day } from '#libs/kernel';
import { citedDecision } from '#libs/meetings';
import { organisation } from '#libs/organisation';
import { deadlineRule, knocks } from '#libs/timers';
import { Views } from '#libs/views';
import { ApproveReply, approveReply } from './approve-reply.js';
import { AwaitReply, awaitReply, itsReferral } from './await-reply.js';
import { CorrectGivenDay, correctGivenDay } from './correct-given-day.js';
import { CorrectPreparationDay, correctPreparationDay } from './correct-preparation-day.js';
import { CountReplyAgain, countReplyAgain } from './count-reply-again.js';
import { GiveReply, giveReply, itsDecision } from './give-reply.js';
import { GrantExtension, grantExtension } from './grant-extension.js';
import { HoldConsultation, holdConsultation } from './hold-consultation.js';
import { itsObligation } from './its-obligation.js';
import { planning } from './planning.js';
import { RefuseExtension, refuseExtension } from './refuse-extension.js';
import { RepliesController } from './replies.controller.js';
import { ListReplies, listReplies } from './replies.query.js';
import { ReplyAsDocx, replyAsDocx, ReplyAsPdf, replyAsPdf } from './reply-as-file.query.js';
import { ReplyById, replyById } from './reply-by-id.query.js';
import { ReplyHistory, replyHistory } from './reply-history.query.js';
import { boardOf, deadlinesOf, decidingBoardOf, reply, replyId } from './reply.js';
import { replyRule } from './reply-rule.js';
import { RequestExtension, requestExtension } from './request-extension.js';
import { SetDecisionChain, setDecisionChain } from './set-decision-chain.js';
import { SignOff, signOff } from './sign-off.js';
import { TakePosition, takePosition } from './take-position.js';
import { TakeUpObligation, takeUpObligation, theObligation } from './take-up-obligation.js';
import { WriteOfficerReport, writeOfficerReport } from './write-officer-report.js';

const its = ({ reply: id }: { readonly reply: string }): string => id;
const onReply = { of: reply, id: its, unit: boardOf };
/** Who sees to a reply, at the board that was asked for it … */
const preparers = [ofBoard('process-owner'), ofBoard('registrar'), ofBoard('board-secretary'), ofBoard('head-of-administration'), ofBoard('department-head')];
/** … and, of what the deciding board decided and dispatched, at that board, which need not be the one asked [004]. */
const onDecision = { of: reply, id: its, unit: decidingBoardOf };
/** Who says what the auditors answered: they themselves, or the registrar with whom the answer came in. */
/** The auditors answer; where their answer comes as a letter, the board's registry takes it in. */
const answering = [ofTenant('auditor'), ofTenant('audit-officer'), ofBoard('registrar')];
const readers = [...preparers, ofBoard('unit-manager'), ofBoard('case-officer'), ofTenant('overseer'), ofTenant('auditor'), ofTenant('audit-officer')];
const itsOwn = ({ audit, board }: AwaitReply): string => replyId(audit, board);
const counting = planning(its);
const countingFirst = planning(itsOwn, ({ board }) => [board]);
const countingAnew = planning(its, ({ preparingBoard, decidingBoard }: SetDecisionChain) => [preparingBoard, decidingBoard]);
const cited = citedDecision(({ decision }: ApproveReply) => decision);
const stored = documents(({ documents: evidence }: { readonly documents?: readonly string[] }) => evidence);
const answerRule = deadlineRule('extension-answer', ({ on }: { readonly on: Day }) => on);

@Module({
  controllers: [RepliesController],
  providers: [
    handles(AwaitReply, {
      of: reply,
      id: itsOwn,
      may: [system],
      needs: {
        referral: itsReferral,
        ruleOn: replyRule,
        planning: countingFirst,
      },
      decide: awaitReply,
    }),
    handles(TakeUpObligation, { ...onReply, may: [system], needs: { arisen: theObligation }, decide: takeUpObligation }),
    handles(CountReplyAgain, { ...onReply, may: [system], needs: { planning: counting }, decide: countReplyAgain }),
    handles(WriteOfficerReport, { ...onReply, may: preparers, needs: { register: organisation, stored }, decide: writeOfficerReport }),
    handles(HoldConsultation, { ...onReply, may: preparers, needs: { stored }, decide: holdConsultation }),
    handles(SignOff, { ...onReply, may: preparers, needs: { register: organisation }, decide: signOff }),
    handles(SetDecisionChain, {
      ...onReply,
      may: preparers,
      needs: { register: organisation, planning: countingAnew },
      decide: setDecisionChain,
    }),
    handles(TakePosition, { ...onReply, may: preparers, needs: { obligation: itsObligation }, decide: takePosition }),
    handles(ApproveReply, {
      ...onDecision,
      may: preparers,
      needs: { decided: cited, register: organisation },
      decide: approveReply,
    }),
    handles(GiveReply, { ...onDecision, may: preparers, needs: { decided: itsDecision }, decide: giveReply }),
    handles(CorrectGivenDay, { ...onDecision, may: preparers, needs: { decided: itsDecision }, decide: correctGivenDay }),
    handles(CorrectPreparationDay, { ...onReply, may: preparers, decide: correctPreparationDay }),
    handles(RequestExtension, { ...onReply, may: preparers, needs: { rule: answerRule }, decide: requestExtension }),
    handles(GrantExtension, { ...onReply, may: answering, needs: { ruleOn: replyRule, planning: counting }, decide: grantExtension }),
    handles(RefuseExtension, { ...onReply, may: answering, decide: refuseExtension }),
    knocks(reply, deadlinesOf),
    answers(ReplyById, { may: readers, from: [Streams, Executor], answer: replyById }),
    answers(ReplyHistory, { may: readers, from: [Executor, Views, Moments, EventRegistry], answer: replyHistory }),
    answers(ReplyAsPdf, { may: readers, from: [Streams, Executor], answer: replyAsPdf }),
    answers(ReplyAsDocx, { may: readers, from: [Streams, Executor], answer: replyAsDocx }),
    answers(ListReplies, { may: readers, from: [Views, Moments, Streams, Executor], answer: listReplies }),
  ],
})
export class RepliesModule {}
