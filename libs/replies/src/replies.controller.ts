import { Type } from 'typebox';
import { asks, does, routes } from '#libs/http';
import { trailColumns, trailExample, TrailRow } from '#libs/trail';
import { ApproveReply } from './approve-reply.js';
import { CorrectGivenDay } from './correct-given-day.js';
import { CorrectPreparationDay } from './correct-preparation-day.js';
import { GiveReply } from './give-reply.js';
import { GrantExtension } from './grant-extension.js';
import { HoldConsultation } from './hold-consultation.js';
import { RefuseExtension } from './refuse-extension.js';
import { ListReplies, replyColumns, ReplyRow, replyRowExample } from './replies.query.js';
import { DOCX, PDF, ReplyAsDocx, ReplyAsPdf } from './reply-as-file.query.js';
import { ReplyById, replyExample, ReplyOnPage } from './reply-by-id.query.js';
import { ReplyHistory } from './reply-history.query.js';
import { RequestExtension } from './request-extension.js';
import { SetDecisionChain } from './set-decision-chain.js';
import { SignOff } from './sign-off.js';
import { TakePosition } from './take-position.js';
import { WriteOfficerReport } from './write-officer-report.js';

const BOARD = '2d4f6a8c-1b3d-4e5f-9a7b-8c9d0e1f2a3b';
const OTHER_BOARD = '3e5a7b9d-2c4e-4f60-8b8c-9d0e1f2a3b4c';
const UNIT = '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a';
const MEETING = '6c1f9d8e-2a3b-4c5d-8e7f-8a9b0c1d2e3f';
const POINT = '7d2a0e9f-3b4c-4d5e-9f8a-9b0c1d2e3f4a';
const SIGN_OFF = '8e3b1f0a-4c5d-4e6f-8a9b-0c1d2e3f4a5b';

/** The boards' replies to the auditors under `/replies`: how they come about, and what can be asked of them. */
export const RepliesController = routes('replies', 'Replies to the auditors', [
  asks('', ListReplies, {
    summary: 'Replies, those awaited first, by their last day',
    description:
      'With the meeting that is to decide each, or why none suffices. Filters by audit, board, kind, status and problem; `asOf` shows the list as it was recorded then.',
    answer: ReplyRow,
    example: replyRowExample,
    columns: replyColumns,
  }),
  asks(':reply', ReplyById, {
    summary: 'One reply',
    description:
      'What is awaited by which day and why that day, the plan counted back from it with a reason for each day, every earlier plan, and what the reply says of each recommendation.',
    answer: ReplyOnPage,
    example: replyExample('4f0c9a5e-3c1b-5b7a-9d2e-1a2b3c4d5e6f'),
  }),
  asks(':reply/history', ReplyHistory, {
    summary: 'Everything that was recorded of one reply, newest first',
    answer: TrailRow,
    example: trailExample,
    columns: trailColumns,
  }),
  asks(':reply/pdf', ReplyAsPdf, {
    summary: 'One reply as PDF',
    description: 'In the form recommendation, comment. PDF/UA-1; the same facts give the same bytes.',
    answer: Type.String(),
    example: {},
    files: [PDF],
  }),
  asks(':reply/docx', ReplyAsDocx, { summary: 'One reply as a document to go on writing in', answer: Type.String(), example: {}, files: [DOCX] }),
  does('POST', ':reply/officer-report', WriteOfficerReport, {
    summary: 'Record the officer’s report',
    description: 'A registry number that is not written as the board’s are is taken, and shown as such.',
    example: { on: '2020-09-08', registryNumber: 'ÖST 2020/614-1.6' },
  }),
  does('POST', ':reply/consultations', HoldConsultation, {
    summary: 'Record a consultation, before or after the officer’s report',
    example: { body: 'Förvaltningsgruppen', on: '2020-09-16' },
  }),
  does('POST', ':reply/sign-offs', SignOff, {
    summary: 'Record a sign-off by role and day',
    example: { role: 'head-of-administration', unit: UNIT, on: '2020-09-10', acting: true },
  }),
  does('PUT', ':reply/decision-chain', SetDecisionChain, {
    summary: 'Say who prepares the reply and who decides on it',
    description: 'The deciding board need not be one that the report was referred to. The plan is counted again.',
    example: { preparingBoard: BOARD, decidingBoard: OTHER_BOARD, minutes: 'ordinary', steps: [{ name: 'Förvaltningsgruppen', calendar: ['2020-09-16'] }] },
  }),
  does('PUT', ':reply/recommendations/:recommendation', TakePosition, {
    summary: 'Say what the reply says of a recommendation',
    example: { position: 'agrees', comment: 'Nämnden instämmer. Checklistan för handläggningen är reviderad.' },
  }),
  does('POST', ':reply/approvals', ApproveReply, {
    summary: 'Cite the deciding board’s decision',
    description: 'Of the right board on that day, and counting: its minutes approved, or the point at once.',
    example: { decision: { meeting: MEETING, point: POINT } },
  }),
  does('POST', ':reply/dispatches', GiveReply, {
    summary: 'Give the reply: its decision has been dispatched',
    description: 'Refused without the deciding board’s decision. The day is the one that the minutes say, where they say one.',
    example: { on: '2020-10-09' },
  }),
  does('POST', ':reply/extension-requests', RequestExtension, {
    summary: 'Ask the auditors for an extension',
    example: { until: '2020-11-15', on: '2020-09-01', reason: 'Nämnden sammanträder inte före den sista dagen.' },
  }),
  does('POST', ':reply/extensions', GrantExtension, {
    summary: 'Grant an extension: the last day moves, and the plan is counted again',
    example: { until: '2020-11-15', on: '2020-09-04' },
  }),
  does('POST', ':reply/extension-refusals', RefuseExtension, {
    summary: 'Refuse an extension: the last day stands',
    example: { on: '2020-09-04', reason: 'Tiden bedöms räcka.' },
  }),
  does('POST', ':reply/corrections/given-day', CorrectGivenDay, {
    summary: 'Correct the day the reply was given',
    description: 'Whether it was late follows; what was recorded stays visible.',
    example: { on: '2020-10-08', reason: 'Fel dag i expedieringslistan.' },
  }),
  does('POST', ':reply/corrections/preparation-day', CorrectPreparationDay, {
    summary: 'Correct the day of the officer’s report, of a consultation or of a sign-off',
    example: { what: 'sign-off', which: SIGN_OFF, on: '2020-09-09', reason: 'Fel dag avläst.' },
  }),
]);
