import { asks, does, routes } from '#libs/http';
import type { Day, Text } from '#libs/kernel';
import { trailColumns, trailExample, TrailRow } from '#libs/trail';
import { ActionById, actionExample, ActionOnPage } from './action-by-id.query.js';
import { ActionHistory } from './action-history.query.js';
import { AddEvidence } from './add-evidence.js';
import { ApproveMove } from './approve-move.js';
import { ChangeResponsible } from './change-responsible.js';
import { ChooseActionValue } from './choose-action-value.js';
import { ConfirmDone } from './confirm-done.js';
import { CorrectDoneDay } from './correct-done-day.js';
import { DropAction } from './drop-action.js';
import { EndAction } from './end-action.js';
import { HoldOccasion } from './hold-occasion.js';
import { actionRuleExample, ActionRuleRow, ListActionRules } from './list-action-rules.query.js';
import { actionColumns, ActionRow, actionRowExample, ListActions } from './list-actions.query.js';
import { MarkDone } from './mark-done.js';
import { MoveActionDay } from './move-action-day.js';
import { PromiseAction } from './promise-action.js';
import { ProposeAction } from './propose-action.js';
import { ReadFrequency } from './read-frequency.js';
import { ReadTimeAnew } from './read-time-anew.js';
import { RefuseMove } from './refuse-move.js';
import { RejectDone } from './reject-done.js';
import { ReportProgress } from './report-progress.js';
import { RequestMove } from './request-move.js';
import { SetActionRule } from './set-action-rule.js';
import { SetFirstDay } from './set-first-day.js';
import { StateAboutAction } from './state-about-action.js';
import { TransferAction } from './transfer-action.js';
import { WithdrawAction } from './withdraw-action.js';

const ACTION = '6b1e2f3a-4c5d-5e6f-8a9b-0c1d2e3f4a5b';
const OTHER = '7c2f3a4b-5d6e-5f70-9b8c-1d2e3f4a5b6c';
const OBLIGATION = '2f1e0d9c-8b7a-5c6d-9e5f-4a3b2c1d0e9f';
const UNIT = '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a';
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const decision = { meeting: '4e5f6071-8293-4a5b-8c7d-9e0f1a2b3c4d', point: '5f607182-93a4-4b5c-9d8e-0f1a2b3c4d5e' };

const day = (text: string): Day => text as Day;
const name = (sv: string, en: string): Text => ({ sv, en });

/** Corrective actions under `/actions`: what can be done to one, and what can be asked of it. */
export const ActionsController = routes('actions', 'Corrective actions', [
  asks('', ListActions, {
    summary: 'Corrective actions, late first',
    description:
      'By the day they are awaited by, then what asks for one. Filters by the board that holds them today, kind, status, what is late, undated, or awaits evidence or approval, and by the obligation that is answered. `asOf` shows the list as it was recorded then.',
    answer: ActionRow,
    example: actionRowExample,
    columns: actionColumns,
  }),
  does('POST', '', ProposeAction, {
    summary: 'Propose a corrective action',
    description:
      'Already done, ongoing or promised; it may answer several obligations, or none. The time is kept as it is written beside the day it is taken to mean. Without a day it is undated, and asks for one once it is promised.',
    status: 201,
    example: {
      title: 'Kollegial granskning av genomförandeplaner under hösten 2020',
      description: 'Under hösten 2020 kommer granskningen även att omfatta hur genomförandeplanerna är formulerade.',
      kind: 'promised',
      obligations: [OBLIGATION],
      unit: UNIT,
      role: 'unit-manager',
      timeAsWritten: 'under hösten 2020',
      promisedOn: day('2020-12-31'),
      source: '[001] Kollegial granskning av ärenden',
    },
  }),
  asks(':action', ActionById, {
    summary: 'One corrective action',
    description:
      'How it stands, who is responsible, and everything that was said of its day: the first promise, each reading, request and move, who approved it and why. `asOf` shows it as it was recorded then.',
    answer: ActionOnPage,
    example: actionExample(ACTION),
  }),
  asks(':action/history', ActionHistory, {
    summary: 'Everything that was recorded of one action, newest first',
    answer: TrailRow,
    example: trailExample,
    columns: trailColumns,
  }),
  does('POST', ':action/withdrawals', WithdrawAction, {
    summary: 'Withdraw a proposed action',
    example: { reason: 'Ingår i en annan åtgärd i samma yttrande.' },
  }),
  does('POST', ':action/promises', PromiseAction, {
    summary: 'Record that the board has promised the action',
    description: 'By the decision that is cited. The actions of a reply become promised by themselves when the reply is given.',
    example: { on: day('2020-09-24'), decision },
  }),
  does('POST', ':action/first-days', SetFirstDay, {
    summary: 'Set the first day of an undated action',
    description: 'That is no move: the limits are counted from it.',
    example: { on: day('2021-03-31'), setOn: day('2020-11-02') },
  }),
  does('POST', ':action/readings', ReadTimeAnew, {
    summary: 'Read the written time anew',
    description: 'A correction with reason, not a move. The earlier reading stays in the history.',
    example: { to: day('2023-06-22'), reason: 'Med sommaren avses midsommar.' },
  }),
  does('POST', ':action/frequencies', ReadFrequency, {
    summary: 'Read how often an ongoing action is carried out',
    example: { frequency: { asWritten: 'månatliga metodmöten', everyMonths: 1, startsOn: day('2020-10-01') } },
  }),
  does('POST', ':action/moves', MoveActionDay, {
    summary: 'Move the promised day',
    description:
      'Counted from the first promised day, all moves together: within three months the responsible role, within six the head of the unit, within twelve the head of the administration, beyond that the board, whose decision is cited. Whoever may not move it that far requests the move.',
    example: { to: day('2021-01-29'), reason: 'Granskningen sköts upp på grund av hög sjukfrånvaro.' },
  }),
  does('POST', ':action/move-requests', RequestMove, {
    summary: 'Request a move of the promised day',
    description: 'Until it is approved the old day stands.',
    example: { to: day('2021-05-31'), reason: 'Handläggarna är nya och behöver utbildas först.' },
  }),
  does('POST', ':action/move-requests/:move/approvals', ApproveMove, { summary: 'Approve a requested move', example: { decidedOn: day('2020-12-16') } }),
  does('POST', ':action/move-requests/:move/refusals', RefuseMove, {
    summary: 'Refuse a requested move, or take it back',
    example: { reason: 'Granskningen kan göras av en annan enhet i tid.' },
  }),
  does('POST', ':action/progress', ReportProgress, {
    summary: 'Report progress, with what shows it',
    example: { note: 'Tolv av trettio planer är granskade.', documents: [SHA256] },
  }),
  does('POST', ':action/occasions', HoldOccasion, {
    summary: 'Record that an ongoing action was carried out once more',
    description: 'It counts for the period in which it was held, or for the one that is named by its last day.',
    example: { heldOn: day('2020-10-21'), documents: [SHA256], note: 'Metodmöte om delmål.' },
  }),
  does('POST', ':action/endings', EndAction, {
    summary: 'End an ongoing action by decision',
    example: { on: day('2022-06-30'), reason: 'Ersatt av stadens gemensamma granskning.' },
  }),
  does('POST', ':action/done', MarkDone, {
    summary: 'Mark a promised action as done',
    description: 'With the day and the evidence. Where the rule asks for it, a second role confirms.',
    example: { doneOn: day('2020-12-18'), documents: [SHA256] },
  }),
  does('POST', ':action/corrections/done-day', CorrectDoneDay, {
    summary: 'Correct the day an action was done',
    description: 'Whether it was late follows; what was recorded stays visible.',
    example: { doneOn: day('2020-12-17'), reason: 'Felskriven: protokollet är av den 17 december.' },
  }),
  does('POST', ':action/done/confirmations', ConfirmDone, { summary: 'Confirm that an action is done', example: {} }),
  does('POST', ':action/done/rejections', RejectDone, {
    summary: 'Do not accept that an action is done',
    example: { reason: 'Underlaget visar bara beställningarna, inte planerna.' },
  }),
  does('POST', ':action/evidence', AddEvidence, {
    summary: 'Add evidence',
    description: 'What was stated to be done already is done once there is evidence.',
    example: { documents: [SHA256], note: 'Den reviderade checklistan.' },
  }),
  does('POST', ':action/drops', DropAction, {
    summary: 'Drop a promised action',
    example: { reason: 'Insatsen har upphört.', decision },
  }),
  does('POST', ':action/transfers', TransferAction, {
    summary: 'Transfer an action to other obligations, or to an action that takes its place',
    example: { toAction: OTHER, reason: 'Slås ihop med den gemensamma granskningen.' },
  }),
  does('POST', ':action/responsible', ChangeResponsible, {
    summary: 'Change who is responsible',
    example: { unit: UNIT, role: 'department-head', reason: 'Enheten har delats.' },
  }),
  does('POST', ':action/statements', StateAboutAction, {
    summary: 'Note what a source states about a dated fact of the action',
    description: 'Several sources may state different things; the action is then flagged, and one of them may be chosen to work with.',
    example: {
      about: 'decided-on',
      value: 'april 2020',
      on: { from: day('2020-04-01'), to: day('2020-04-30') },
      source: '[000] tjänsteutlåtande, Ärendet',
    },
  }),
  does('POST', ':action/working-values', ChooseActionValue, {
    summary: 'Choose the statement that is worked with, or none',
    example: { about: 'decided-on', statement: '9d8c7b6a-5f4e-5d3c-8b2a-1f0e9d8c7b6a' },
  }),
]);

/** The rules for actions, under `/action-rules`. */
export const ActionRulesController = routes('action-rules', 'Corrective actions', [
  asks('', ListActionRules, {
    summary: 'Who may let a promised day be moved how far, and whether a second role confirms',
    answer: ActionRuleRow,
    example: actionRuleExample,
    columns: { version: name('Version', 'Version'), validFrom: name('Gäller från', 'Valid from'), confirmDone: name('Bekräftas', 'Confirmed') },
  }),
  does('POST', '', SetActionRule, {
    summary: 'Set who may let a promised day be moved how far, from a day on',
    description: 'For what is decided from that day; what was decided stays.',
    example: {
      validFrom: day('2024-01-01'),
      limits: { responsibleMonths: 3, unitHeadMonths: 6, administrationHeadMonths: 12 },
      confirmDone: true,
    },
  }),
]);
