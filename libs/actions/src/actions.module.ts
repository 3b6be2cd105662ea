import { Module } from '@nestjs/common';
import { answers, created, Executor, handles, Moments, ofBoard, ofTenant, ofUnit, Streams, system } from '#libs/commands';
import { documents } from '#libs/documents';
import { EventRegistry } from '#libs/kernel';
import { citedDecision, type DecisionRef } from '#libs/meetings';
import { organisation, ROLES } from '#libs/organisation';
import { knocks } from '#libs/timers';
import { Views } from '#libs/views';
import { ActionById, actionById } from './action-by-id.query.js';
import { ActionHistory, actionHistory } from './action-history.query.js';
import { actionRules, actionRulesId, rulesForActions } from './action-rules.js';
import { action, deadlinesOf, unitOf } from './action.js';
import { ActionRulesController, ActionsController } from './actions.controller.js';
import { AddEvidence, addEvidence } from './add-evidence.js';
import { obligations } from './answered-obligations.js';
import { ApproveMove, approveMove } from './approve-move.js';
import { AwaitNextOccasion, awaitNextOccasion, ruleAfterMissed } from './await-next-occasion.js';
import { ChangeResponsible, changeResponsible, rulesOfWaits } from './change-responsible.js';
import { ChooseActionValue, chooseActionValue } from './choose-action-value.js';
import { ConfirmDone, confirmDone } from './confirm-done.js';
import { CorrectDoneDay, correctDoneDay } from './correct-done-day.js';
import { DropAction, dropAction } from './drop-action.js';
import { EndAction, endAction } from './end-action.js';
import { HoldOccasion, holdOccasion, ruleOfNextOccasion } from './hold-occasion.js';
import { ListActionRules, listActionRules } from './list-action-rules.query.js';
import { ListActions, listActions } from './list-actions.query.js';
import { MarkDone, markDone } from './mark-done.js';
import { MoveActionDay, moveActionDay, ruleOfMove } from './move-action-day.js';
import { PromiseAction, promiseAction, ruleOfPromise } from './promise-action.js';
import { ProposeAction, proposeAction } from './propose-action.js';
import { ReadFrequency, readFrequency, ruleOfFrequency } from './read-frequency.js';
import { ReadTimeAnew, readTimeAnew, ruleOfReading } from './read-time-anew.js';
import { RefuseMove, refuseMove } from './refuse-move.js';
import { RejectDone, rejectDone } from './reject-done.js';
import { ReportProgress, reportProgress } from './report-progress.js';
import { RequestMove, requestMove } from './request-move.js';
import { SetActionRule, setActionRule } from './set-action-rule.js';
import { ruleOfFirstDay, SetFirstDay, setFirstDay } from './set-first-day.js';
import { StateAboutAction, stateAboutAction } from './state-about-action.js';
import { otherAction, TransferAction, transferAction } from './transfer-action.js';
import { waitRule } from './wait-rule.js';
import { WithdrawAction, withdrawAction } from './withdraw-action.js';

const heads = [ofBoard('unit-manager'), ofBoard('department-head'), ofBoard('head-of-administration')];
const owners = [ofBoard('process-owner'), ...heads];
/** Who carries an action out in a unit may be any role of it. */
const carriers = [...owners, ofUnit('case-officer'), ofUnit('registrar'), ofUnit('board-secretary')];
/** Who records what the board decided. */
const recorders = [...owners, ofBoard('registrar'), ofBoard('board-secretary')];
const readers = [
  ...owners,
  ofBoard('case-officer'),
  ofBoard('registrar'),
  ofBoard('board-secretary'),
  ofTenant('overseer'),
  ofTenant('auditor'),
  ofTenant('audit-officer'),
];

const onAction = { of: action, id: (command: { readonly action: string }) => command.action, unit: unitOf };
const evidence = documents(({ documents: cited }: { readonly documents?: readonly string[] }) => cited);
const decided = citedDecision(({ decision }: { readonly decision?: DecisionRef }) => decision);
const rules = rulesForActions;
const proposedFor = obligations(({ obligations: named }: ProposeAction) => named);
const transferredTo = obligations(({ toObligations }: TransferAction) => toObligations);
const promiseRule = waitRule(ruleOfPromise);
const firstDayRule = waitRule(ruleOfFirstDay);
const readingRule = waitRule(ruleOfReading);
const frequencyRule = waitRule(ruleOfFrequency);
const moveRule = waitRule(ruleOfMove);
const nextOccasionRule = waitRule(ruleOfNextOccasion);
const missedRule = waitRule(ruleAfterMissed);

@Module({
  controllers: [ActionsController, ActionRulesController],
  providers: [
    handles(ProposeAction, {
      of: action,
      id: created('action', ({ action: named }) => named),
      unit: unitOf,
      may: owners,
      needs: { organisation, answered: proposedFor, evidence },
      decide: proposeAction,
    }),
    handles(WithdrawAction, { ...onAction, may: owners, decide: withdrawAction }),
    handles(PromiseAction, {
      ...onAction,
      may: [...recorders, system],
      needs: { rule: promiseRule, decided },
      decide: promiseAction,
    }),
    handles(SetFirstDay, { ...onAction, may: owners, needs: { rule: firstDayRule }, decide: setFirstDay }),
    handles(ReadTimeAnew, { ...onAction, may: owners, needs: { rule: readingRule, rules }, decide: readTimeAnew }),
    handles(ReadFrequency, { ...onAction, may: owners, needs: { rule: frequencyRule }, decide: readFrequency }),
    handles(MoveActionDay, {
      ...onAction,
      may: [...carriers, ofBoard('registrar'), ofBoard('board-secretary')],
      needs: { rule: moveRule, rules, organisation, decided },
      decide: moveActionDay,
    }),
    handles(RequestMove, { ...onAction, may: carriers, needs: { rules }, decide: requestMove }),
    handles(ApproveMove, {
      ...onAction,
      may: [...carriers, ofBoard('registrar'), ofBoard('board-secretary')],
      needs: { rule: moveRule, rules, organisation, decided },
      decide: approveMove,
    }),
    handles(RefuseMove, {
      ...onAction,
      may: [...carriers, ofBoard('registrar'), ofBoard('board-secretary')],
      needs: { organisation, decided },
      decide: refuseMove,
    }),
    handles(ReportProgress, { ...onAction, may: carriers, needs: { evidence }, decide: reportProgress }),
    handles(HoldOccasion, { ...onAction, may: carriers, needs: { rule: nextOccasionRule, evidence }, decide: holdOccasion }),
    handles(AwaitNextOccasion, { ...onAction, may: [system], needs: { rule: missedRule }, decide: awaitNextOccasion }),
    handles(EndAction, { ...onAction, may: recorders, needs: { organisation, decided }, decide: endAction }),
    handles(MarkDone, { ...onAction, may: carriers, needs: { rules, evidence }, decide: markDone }),
    handles(CorrectDoneDay, { ...onAction, may: owners, decide: correctDoneDay }),
    handles(ConfirmDone, { ...onAction, may: carriers, decide: confirmDone }),
    handles(RejectDone, { ...onAction, may: carriers, decide: rejectDone }),
    handles(AddEvidence, { ...onAction, may: carriers, needs: { evidence }, decide: addEvidence }),
    handles(DropAction, { ...onAction, may: owners, needs: { organisation, decided }, decide: dropAction }),
    handles(TransferAction, {
      ...onAction,
      may: owners,
      needs: { organisation, answered: transferredTo, other: otherAction },
      decide: transferAction,
    }),
    handles(ChangeResponsible, { ...onAction, may: owners, needs: { organisation, rules: rulesOfWaits }, decide: changeResponsible }),
    handles(StateAboutAction, { ...onAction, may: recorders, decide: stateAboutAction }),
    handles(ChooseActionValue, { ...onAction, may: owners, decide: chooseActionValue }),
    handles(SetActionRule, {
      of: actionRules,
      id: (_command, { tenant }) => actionRulesId(tenant),
      may: [ofTenant('administrator'), system],
      decide: setActionRule,
    }),
    knocks(action, deadlinesOf),
    answers(ActionById, { may: readers, from: [Streams, Executor], answer: actionById }),
    answers(ActionHistory, { may: readers, from: [Executor, Views, Moments, EventRegistry], answer: actionHistory }),
    answers(ListActions, { may: readers, from: [Views, Moments, Executor, Streams], answer: listActions }),
    answers(ListActionRules, { may: ROLES.map(ofTenant), from: [Streams], answer: listActionRules }),
  ],
})
export class ActionsModule {}
