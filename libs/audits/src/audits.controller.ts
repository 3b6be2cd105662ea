import { asks, does, doesEach, routes } from '#libs/http';
import { trailColumns, trailExample, TrailRow } from '#libs/trail';
import { AllotObligation } from './allot-obligation.js';
import { AnswerFactCheck } from './answer-fact-check.js';
import { AuditById, auditExample, AuditOnPage } from './audit-by-id.query.js';
import { ChooseAuditWorkingValue } from './choose-audit-working-value.js';
import { CompleteAuditReport } from './complete-audit-report.js';
import { CorrectJudgement } from './correct-judgement.js';
import { CorrectReferral } from './correct-referral.js';
import { DecideImplemented } from './decide-implemented.js';
import { DeliverDocuments } from './deliver-documents.js';
import { AuditHistory, ObligationHistory } from './history.query.js';
import { auditColumns, AuditRow, auditRowExample, ListAudits } from './list-audits.query.js';
import { ListObligations, obligationColumns, ObligationRow, obligationRowExample } from './list-obligations.query.js';
import { ListRecommendations, recommendationColumns, RecommendationRow, recommendationRowExample } from './list-recommendations.query.js';
import { ListReferrals, referralColumns, ReferralRow, referralRowExample } from './list-referrals.query.js';
import { MakeAuditStatement } from './make-audit-statement.js';
import { MakeRecommendation } from './make-recommendation.js';
import { NameAddressees } from './name-addressees.js';
import { ObligationById, obligationExample, ObligationOnPage } from './obligation-by-id.query.js';
import { QuoteWording } from './quote-wording.js';
import { ReceiveReferral } from './receive-referral.js';
import { RecordJudgement } from './record-judgement.js';
import { RecordObjection } from './record-objection.js';
import { ReferToBoard } from './refer-to-board.js';
import { RegisterAuditReport } from './register-audit-report.js';
import { RequestDocuments } from './request-documents.js';
import { SendDraftForFactCheck } from './send-draft-for-fact-check.js';
import { SetLastDay } from './set-last-day.js';
import { WithdrawImplementation } from './withdraw-implementation.js';
import { WithdrawRecommendation } from './withdraw-recommendation.js';

const BOARD = '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a';
const SUCCESSOR = '2e4d6c8b-0f9a-4b7c-9d3e-1a2f3e4d5c6b';
const AUDITORS = '4c2b6a80-1d3e-4f5a-8b7c-9d0e1f2a3b4c';
const OBLIGATION = '7b1f0c52-6a4e-5c19-8d2b-6e0f9a7b5c31';
const DECISION = { meeting: '8a1d6f0e-2c0b-4b8e-9b7a-5d2f4c3e1a90', point: '9b2e7a1f-3d1c-4c9f-8c8b-6e3a5d4f2ba1' };
const STATEMENT = '0c3f8b2a-4e2d-5d0a-9d9c-7f4b6e5a3cb2';
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const JUDGEMENT = {
  outcome: 'not-met',
  decidedOn: '2023-04-18',
  decisionReference: 'Stadsrevisionen 2023-04-18 § 7',
  source: { kind: 'follow-up-audit', reference: 'Nr 3 2023, avsnitt 4' },
  grounds: 'Nämnden följer inte upp den beviljade insatsen.',
} as const;

const TAG = 'Audits';

/** Audits under `/audits`: the report, whom it was referred to, and what it recommends. */
export const AuditsController = routes('audits', TAG, [
  does('POST', '', RegisterAuditReport, {
    summary: 'Register an audit report',
    description:
      'Whatever nobody knows is left out, and shown as unknown. The number is found however it is written; the same issuer’s number again is refused.',
    status: 201,
    example: {
      numbers: ['Nr 5 2020'],
      registryNumber: '3.1.3-104/2020',
      title: 'Uppföljning av korttidstillsyn',
      handedOverOn: '2020-05-25',
      issuedBy: AUDITORS,
    },
  }),
  does('POST', ':audit/completions', CompleteAuditReport, {
    summary: 'Complete or correct what is known of a report',
    description: 'What stood and what stands now both stay visible. Where sources disagree, make statements instead.',
    example: { periodAudited: '2020', reason: 'Framgår av missivet.' },
  }),
  does('POST', ':audit/fact-checks', SendDraftForFactCheck, {
    summary: 'Record that a draft was sent for fact check',
    example: { boards: [BOARD], on: '2020-04-20', answerBy: '2020-05-04' },
  }),
  does('POST', ':audit/fact-check-answers', AnswerFactCheck, {
    summary: 'Record a board’s answer to the fact check',
    example: { board: BOARD, on: '2020-05-04', note: 'Antalet beställningar är 41.' },
  }),
  does('POST', ':audit/referrals', ReferToBoard, {
    summary: 'Hand the report over to a board',
    description:
      'For reply, for information and possible reply, or for information only. Only for reply has a last day, which may be unknown: then nothing is late. A board that no longer existed on the day of handing over is refused, with its successor named.',
    example: { board: BOARD, kind: 'for-reply', lastReplyOn: '2020-10-15', replyBasis: 'Missivet' },
  }),
  does('POST', ':audit/referrals/:board/corrections', CorrectReferral, {
    summary: 'Correct a referral',
    description: 'An extension is no correction: that is asked for and granted in the reply.',
    example: { kind: 'for-reply', lastReplyOn: '2020-10-16', reason: 'Dagen var felläst.' },
  }),
  does('POST', ':audit/referrals/:board/receptions', ReceiveReferral, {
    summary: 'Record that the board’s registry received the report',
    description: 'With the board’s own number. A number of a form that its registry does not use is warned of (`patternKnown` false), not refused.',
    example: { on: '2020-05-28', registryNumber: 'SDNÖ 2020/1.2.1-312' },
  }),
  does('POST', ':audit/recommendations', MakeRecommendation, {
    summary: 'Record a recommendation',
    description: 'In the auditors’ wording. Each board it is addressed to then has an obligation of its own.',
    example: {
      number: 'R3',
      wording: 'Stadsdelsnämnderna rekommenderas att följa upp den beviljade insatsen.',
      addressees: [BOARD],
      addressed: 'group',
    },
  }),
  does('POST', ':audit/recommendations/:recommendation/wordings', QuoteWording, {
    summary: 'Note how another document words the recommendation',
    example: { wording: 'att tydliggöra ansvaret för uppföljning', source: 'Socialförvaltningens tjänsteutlåtande 2020-09-16, s. 2' },
  }),
  does('POST', ':audit/recommendations/:recommendation/addressees', NameAddressees, {
    summary: 'Name the addressees of a recommendation that had to be interpreted',
    description: 'The obligation of a board that is named is confirmed; of one that is not, withdrawn.',
    example: { boards: [BOARD] },
  }),
  does('POST', ':audit/recommendations/:recommendation/withdrawals', WithdrawRecommendation, {
    summary: 'Withdraw a recommendation',
    description: 'Nothing more is awaited of any board; what was done stays recorded.',
    example: { decidedOn: '2021-02-16', reason: 'Verksamheten har upphört.' },
  }),
  does('POST', ':audit/statements', MakeAuditStatement, {
    summary: 'Note what a source states of the audit',
    description: 'Of any dated fact, and of facts beside it. Where sources disagree that is flagged, whichever value is worked with.',
    example: { about: 'decision-on-the-model', value: 'april 2020', on: { from: '2020-04-01', to: '2020-04-30' }, source: '[000] s. 3' },
  }),
  does('POST', ':audit/working-values', ChooseAuditWorkingValue, {
    summary: 'Choose which stated value is worked with, or none',
    example: { about: 'decision-on-the-model', statement: STATEMENT },
  }),
  asks('', ListAudits, {
    summary: 'Audits, the latest first',
    description: 'Found by a number in any writing, a registry number or a part of the title.',
    answer: AuditRow,
    example: auditRowExample,
    columns: auditColumns,
  }),
  asks(':audit', AuditById, {
    summary: 'One audit',
    description:
      'Its report with what of it is unknown, its referrals, its recommendations with how each obligation stands, and what its sources disagree about.',
    answer: AuditOnPage,
    example: auditExample,
  }),
  asks(':audit/history', AuditHistory, {
    summary: 'Everything that was recorded of one audit, newest first',
    answer: TrailRow,
    example: trailExample,
    columns: trailColumns,
  }),
]);

/** The list of referrals, under `/referrals`. */
export const ReferralsController = routes('referrals', TAG, [
  asks('', ListReferrals, {
    summary: 'Reports handed over to boards',
    description: 'By the last day for their replies. A board’s list holds what its predecessors were handed.',
    answer: ReferralRow,
    example: referralRowExample,
    columns: referralColumns,
  }),
]);

/** The list of recommendations, under `/recommendations`. */
export const RecommendationsController = routes('recommendations', TAG, [
  asks('', ListRecommendations, {
    summary: 'Recommendations, by audit and number',
    answer: RecommendationRow,
    example: recommendationRowExample,
    columns: recommendationColumns,
  }),
]);

/** Obligations under `/obligations`: a recommendation and the board it was first addressed to, whoever holds it now. */
export const ObligationsController = routes('obligations', 'Obligations', [
  asks('', ListObligations, {
    summary: 'Obligations, by their next day',
    description:
      'Filtered by the board that holds them today, by how they stand, are judged, are late or lack a day. `totals` are the five counts of all that the filters let in: received = implemented + open.',
    answer: ObligationRow,
    example: obligationRowExample,
    columns: obligationColumns,
  }),
  asks(':obligation', ObligationById, {
    summary: 'One obligation',
    description:
      'Everything about it: wordings, referral, reply, actions, judgements with their corrections, who holds it today and over time, its next day and why that day.',
    answer: ObligationOnPage,
    example: obligationExample,
  }),
  asks(':obligation/history', ObligationHistory, {
    summary: 'Everything that was recorded of one obligation, newest first',
    answer: TrailRow,
    example: trailExample,
    columns: trailColumns,
  }),
  does('POST', ':obligation/last-days', SetLastDay, {
    summary: 'Set a last day',
    description: 'By the board that holds it, citing its decision, or by the auditors.',
    example: { on: '2023-12-31', decision: DECISION },
  }),
  does('POST', ':obligation/allotments', AllotObligation, {
    summary: 'Allot one obligation to another board',
    description: 'By a decision on it alone; a board that succeeds another holds what that held without one.',
    example: { to: SUCCESSOR, on: '2024-01-01', decision: 'Kommunfullmäktige 2023-11-20 § 14' },
  }),
  does('POST', ':obligation/implementations', DecideImplemented, {
    summary: 'Record the board’s decision that it is implemented',
    description: 'Refused while a promised action is open. Ongoing actions may run on; reminders end.',
    example: { decision: DECISION, grounds: 'Åtgärderna är genomförda enligt statusrapporten.' },
  }),
  does('POST', ':obligation/implementation-withdrawals', WithdrawImplementation, {
    summary: 'Take back that it is implemented',
    example: { reason: 'Beslutet gällde en annan rekommendation.' },
  }),
  does('POST', ':obligation/judgements', RecordJudgement, {
    summary: 'Record the elected auditors’ judgement',
    description:
      'By an elected auditor, or by their office citing their decision; never by an expert firm or the board. In part leaves it open; not met opens it again and asks the board for a new last day, unless the auditors set one.',
    example: { ...JUDGEMENT, lastOn: '2023-12-31' },
  }),
  does('POST', ':obligation/judgements/:judgement/corrections', CorrectJudgement, {
    summary: 'Correct a judgement that was recorded wrong',
    description: 'Both stay visible.',
    example: { ...JUDGEMENT, outcome: 'met-in-part', reason: 'Fel rad i bilagan.' },
  }),
  does('POST', ':obligation/judgements/:judgement/objections', RecordObjection, {
    summary: 'Record the board’s objection to a judgement',
    description: 'It changes nothing.',
    example: { text: 'Nämnden anser att uppföljningen är införd sedan 2022.' },
  }),
  does('POST', ':obligation/document-requests', RequestDocuments, {
    summary: 'Ask the board for documents by a day',
    example: { what: 'Protokoll från kollegial granskning hösten 2020.', by: '2023-03-31' },
  }),
  does('POST', ':obligation/document-requests/:request/deliveries', DeliverDocuments, {
    summary: 'Record that what was asked for was handed over',
    example: { documents: [SHA256], on: '2023-03-20' },
  }),
]);

/** The most judgements or decisions of one request. */
const MANY = 500;

/** Judging many obligations at once, under `/judgements`: a follow-up audit or a revisionsberättelse judges them all. */
export const JudgementsController = routes('judgements', 'Obligations', [
  doesEach('', RecordJudgement, {
    summary: 'Record the elected auditors’ judgements of many obligations',
    description: 'Each has an outcome of its own: one that is refused stops no other.',
    max: MANY,
    example: [{ obligation: OBLIGATION, ...JUDGEMENT }],
  }),
]);

/** Many obligations held implemented by one decision, under `/implementations`: that on a status report. */
export const ImplementationsController = routes('implementations', 'Obligations', [
  doesEach('', DecideImplemented, {
    summary: 'Record that many obligations are implemented, by the board’s decision on a status report',
    description: 'Each has an outcome of its own: one whose promised action is open is refused and stops no other.',
    max: MANY,
    example: [{ obligation: OBLIGATION, decision: DECISION }],
  }),
]);
