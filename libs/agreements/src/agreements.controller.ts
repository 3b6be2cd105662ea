import { asks, does, doesEach, routes } from '#libs/http';
import { trailColumns, trailExample, TrailRow } from '#libs/trail';
import { AgreementById, agreementExample, AgreementOnPage } from './agreement-by-id.query.js';
import { AgreementDifference, differenceExample, DifferenceOnPage } from './agreement-difference.query.js';
import { AgreementHistory } from './agreement-history.query.js';
import { ApproveRevision } from './approve-revision.js';
import { ConsultOnProposal } from './consult-on-proposal.js';
import { ContestRevision } from './contest-revision.js';
import { CorrectDelegatedDecision } from './correct-delegated-decision.js';
import { CorrectSigningDay } from './correct-signing-day.js';
import { DelegatedDecisionById, delegatedDecisionExample, DelegatedDecisionOnPage } from './delegated-decision-by-id.query.js';
import { DelegateFurther } from './delegate-further.js';
import { EndDelegation } from './end-delegation.js';
import { EndFurtherDelegation } from './end-further-delegation.js';
import { GiveDelegation } from './give-delegation.js';
import { LinkAgreement } from './link-agreement.js';
import { LinkFile } from './link-file.js';
import { agreementColumns, AgreementRow, agreementRowExample, ListAgreements } from './list-agreements.query.js';
import { decisionToReportColumns, decisionToReportExample, DecisionToReportRow, ListDecisionsToReport } from './list-decisions-to-report.query.js';
import { delegatedDecisionColumns, DelegatedDecisionRow, delegatedDecisionRowExample, ListDelegatedDecisions } from './list-delegated-decisions.query.js';
import { delegationColumns, DelegationRow, delegationRowExample, ListDelegations } from './list-delegations.query.js';
import { MinuteSeparately } from './minute-separately.js';
import { ProposeVersion } from './propose-version.js';
import { RecordDecision } from './record-decision.js';
import { RecordDelegatedDecision } from './record-delegated-decision.js';
import { RegisterAgreement } from './register-agreement.js';
import { ReportToBoard } from './report-to-board.js';
import { ReportToHead } from './report-to-head.js';
import { ReviewAgreement } from './review-agreement.js';
import { RevokeApproval } from './revoke-approval.js';
import { SetAgreementNumber } from './set-agreement-number.js';
import { SettleAfterwards } from './settle-afterwards.js';
import { SignAgreement } from './sign-agreement.js';
import { TakeBackReport } from './take-back-report.js';
import { TerminateAgreement } from './terminate-agreement.js';
import { WithdrawDecision } from './withdraw-decision.js';
import { WithdrawDelegatedDecision } from './withdraw-delegated-decision.js';
import { WithdrawRevisionApproval } from './withdraw-revision-approval.js';
import { WithdrawSignature } from './withdraw-signature.js';
import { WithdrawTermination } from './withdraw-termination.js';
import { WriteProposalReport } from './write-proposal-report.js';

const SOCIAL = '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38';
const EDUCATION = '8d5c2f2f-0b8e-4b4f-9d63-7e2f1c3b0f49';
const UNIT = '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a';
const PROCUREMENT = '2e4d6c8b-0f9a-4b7c-9d3e-1a2f3e4d5c6b';
const MEETING = '0f6a2d4c-8b1e-4c3f-9a57-2d6e8f0b1c35';
const POINT = '5d2c7b1a-3e4f-4a6d-8c9b-0a1b2c3d4e5f';
const VERSION = '0123456789abcdef'.repeat(4);
const OTHER_VERSION = 'fedcba9876543210'.repeat(4);
const DOCUMENT = '89abcdef01234567'.repeat(4);
const DECISION = '4a3b2c1d-0e9f-4a8b-9c7d-6e5f4a3b2c1d';
const ACTION = '6a5b4c3d-2e1f-4a0b-9c8d-7e6f5a4b3c2d';
const decision = { meeting: MEETING, point: POINT };

/** Agreements between boards under `/agreements`: how they come about, what is missing for them to be in force, and how they end. */
export const AgreementsController = routes('agreements', 'Agreements between boards', [
  asks('', ListAgreements, {
    summary: 'Agreements, and whether each is in force on a day',
    description: 'Filters by party, status and registry number; `on` asks about another day, `asOf` shows the list as it was recorded then.',
    answer: AgreementRow,
    example: agreementRowExample,
    columns: agreementColumns,
  }),
  asks(':agreement', AgreementById, {
    summary: 'One agreement with everything',
    description:
      'Its versions with a sentence for each thing that is missing for it to be in force on the day, decisions, signatures, reviews and what is awaited. `on` asks about another day.',
    answer: AgreementOnPage,
    example: agreementExample('1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9'),
  }),
  asks(':agreement/differences', AgreementDifference, {
    summary: 'What differs between two versions: lines, words, clauses and terms',
    description: 'Of `to`, the last version where left out, from `from`: the version that it revises, or the one registered before it, where left out.',
    answer: DifferenceOnPage,
    example: differenceExample,
  }),
  asks(':agreement/history', AgreementHistory, {
    summary: 'Everything that was recorded of one agreement, newest first',
    answer: TrailRow,
    example: trailExample,
    columns: trailColumns,
  }),
  does('POST', '', RegisterAgreement, {
    summary: 'Register an agreement that is proposed between boards',
    status: 201,
    example: {
      title: 'Samverkansöverenskommelse avseende uppföljning av korttidstillsyn enligt LSS i egen regi som bedrivs i stadens skolor',
      parties: [{ board: SOCIAL, registryNumber: '2.3.4-181/2022' }, { board: EDUCATION }],
      proposedBy: SOCIAL,
    },
  }),
  does('PUT', ':agreement/registry-numbers/:board', SetAgreementNumber, {
    summary: 'Set a party’s own registry number for the agreement',
    example: { registryNumber: '2.3.4-181/2022' },
  }),
  does('POST', ':agreement/reports', WriteProposalReport, {
    summary: 'Record the officer’s report by which it is proposed',
    example: { board: SOCIAL, on: '2022-05-17', version: VERSION },
  }),
  does('POST', ':agreement/consultations', ConsultOnProposal, {
    summary: 'Record a consultation, before or after the officer’s report',
    example: { board: SOCIAL, body: 'Förvaltningsgruppen', on: '2022-06-08' },
  }),
  does('POST', ':agreement/versions', ProposeVersion, {
    summary: 'Register a text as a version, known by its hash',
    description:
      'SHA-256 over the text in UTF-8 (NFC, lines ended by LF, without space around it), one byte 0x00, and for each attachment its hash in hexadecimal and 0x0A, in ascending order.',
    example: {
      text: '§ 1 Socialnämnden följer upp korttidstillsyn som bedrivs i stadens skolor.\n§ 2 Den egna interna kontrollen ligger kvar hos utbildningsnämnden.',
      attachments: [{ sha256: DOCUMENT, title: 'Uppdragsbeskrivning' }],
      clauses: [
        {
          clause: '1',
          kind: 'operational-follow-up',
          match: { provisionForm: 'in-house-school', service: 'short-term-supervision' },
          answer: { who: 'named', board: SOCIAL, performingUnit: PROCUREMENT },
          basis: 'Överenskommelsen § 1',
        },
      ],
      terms: { allSignatures: true, noticeMonths: 6 },
      board: SOCIAL,
      on: '2022-05-17',
    },
  }),
  does('POST', ':agreement/files', LinkFile, {
    summary: 'Link another file of the same text to a version',
    example: { version: VERSION, document: DOCUMENT, reason: 'Inskannad kopia av samma text, jämförd sida för sida.' },
  }),
  does('POST', ':agreement/links', LinkAgreement, {
    summary: 'Link the agreement to the actions and obligations that led to it',
    description: 'A board links what it holds itself. The chain leads through it from a recommendation to the rules that the agreement made, and back.',
    example: { actions: [ACTION] },
  }),
  does('POST', ':agreement/decisions', RecordDecision, {
    summary: 'Record what a party’s board decided on a version',
    description: 'It counts once the minutes are approved, or at once. A board that is no party, or was not there that day, is refused.',
    example: { decision, version: VERSION },
  }),
  does('POST', ':agreement/revocations', RevokeApproval, {
    summary: 'Record that a party’s board took back its approval',
    example: { decision, version: VERSION },
  }),
  does('POST', ':agreement/corrections/decision', WithdrawDecision, {
    summary: 'Take back a decision that was recorded here by mistake',
    example: { decision, reason: 'Fel punkt angavs.' },
  }),
  does('POST', ':agreement/signatures', SignAgreement, {
    summary: 'Sign for a party, by its delegation, what its board has approved',
    example: { party: SOCIAL, version: VERSION, on: '2022-10-03' },
  }),
  does('POST', ':agreement/corrections/signing-day', CorrectSigningDay, {
    summary: 'Correct the day of a signature',
    example: { signature: DECISION, on: '2022-10-02', reason: 'Fel dag avläst.' },
  }),
  does('POST', ':agreement/corrections/signature', WithdrawSignature, {
    summary: 'Take back a signature that was recorded by mistake',
    example: { signature: DECISION, reason: 'Det var en annan version som undertecknades.' },
  }),
  does('POST', ':agreement/revision-approvals', ApproveRevision, {
    summary: 'Approve a revision for a party, by its delegation',
    description: 'What concerns goals, direction, scope or quality of the operation is refused: the boards decide (KL 6:38).',
    example: { party: SOCIAL, version: OTHER_VERSION, on: '2023-03-01' },
  }),
  does('POST', ':agreement/corrections/revision-approval', WithdrawRevisionApproval, {
    summary: 'Take back an approval under delegation that was recorded by mistake',
    example: { approval: DECISION, reason: 'Beslutet fattades inte.' },
  }),
  does('POST', ':agreement/contests', ContestRevision, {
    summary: 'Refer a revision to the boards',
    example: { version: OTHER_VERSION, party: EDUCATION, on: '2023-03-02', reason: 'Ändringen rör omfattningen av uppföljningen.' },
  }),
  does('POST', ':agreement/reviews', ReviewAgreement, {
    summary: 'Record a review; the next one is awaited from then',
    example: { on: '2023-09-20', outcome: 'keep', note: 'Parterna är överens om att den fungerar.' },
  }),
  does('POST', ':agreement/terminations', TerminateAgreement, {
    summary: 'Terminate the agreement with notice',
    description: 'By a party’s decision that counts. What is not in force is refused.',
    example: { decision, on: '2024-01-15', lastDay: '2024-12-31' },
  }),
  does('POST', ':agreement/termination-withdrawals', WithdrawTermination, {
    summary: 'Take a termination back while notice runs',
    example: { on: '2024-05-02', reason: 'Parterna har enats om att fortsätta.' },
  }),
  does('POST', ':agreement/afterwards', SettleAfterwards, {
    summary: 'Record what holds once the agreement has ended',
    example: { on: '2024-11-20', what: 'En ny överenskommelse gäller från 2025-01-01.' },
  }),
]);

/** What boards delegate, under `/delegation-orders`. */
export const DelegationOrdersController = routes('delegation-orders', 'Delegation orders of boards', [
  asks('', ListDelegations, {
    summary: 'Delegations of boards, further ones included',
    description: 'Filters by board, what is covered and agreement; `on` those that hold on a day, `asOf` the list as it was recorded then.',
    answer: DelegationRow,
    example: delegationRowExample,
    columns: delegationColumns,
  }),
  does('POST', ':board/delegations', GiveDelegation, {
    summary: 'Record what the board has delegated, by a point of its order or a decision of its own',
    example: {
      origin: 'special-decision',
      what: 'Socialnämnden delegerar till socialdirektören att teckna avtalet och revidera överenskommelsen vid behov.',
      covers: ['sign-agreements', 'revise-agreements'],
      role: 'head-of-administration',
      unit: UNIT,
      decision,
    },
  }),
  does('POST', ':board/delegations/:point/ends', EndDelegation, {
    summary: 'Record that the board took a delegation back',
    example: { lastDay: '2023-12-31', decision },
  }),
  does('POST', ':board/delegations/:point/further', DelegateFurther, {
    summary: 'Delegate further, as head of administration: one step, where the board allows it',
    example: { role: 'department-head', unit: UNIT, from: '2022-09-01' },
  }),
  does('POST', ':board/delegations/:point/further/:further/ends', EndFurtherDelegation, {
    summary: 'Take a further delegation back',
    example: { lastDay: '2023-12-31', reason: 'Ny organisation.' },
  }),
]);

/** Decisions made by delegation and how they are reported, under `/delegated-decisions`. */
export const DelegatedDecisionsController = routes('delegated-decisions', 'Delegated decisions and their reporting', [
  asks('', ListDelegatedDecisions, {
    summary: 'Delegated decisions, those still to be reported or minuted first',
    answer: DelegatedDecisionRow,
    example: delegatedDecisionRowExample,
    columns: delegatedDecisionColumns,
  }),
  asks('to-report', ListDecisionsToReport, {
    summary: 'What a board is still to be told of, ready for its meeting',
    description: 'Delegated decisions as their points say, and urgent decisions, which are always reported at the next meeting.',
    answer: DecisionToReportRow,
    example: decisionToReportExample,
    columns: decisionToReportColumns,
  }),
  asks(':decision', DelegatedDecisionById, {
    summary: 'One delegated decision: by which delegation, and how its reporting stands',
    answer: DelegatedDecisionOnPage,
    example: delegatedDecisionExample('4a3b2c1d-0e9f-4a8b-9c7d-6e5f4a3b2c1d'),
  }),
  does('POST', '', RecordDelegatedDecision, {
    summary: 'Record a decision made by delegation',
    status: 201,
    example: { board: SOCIAL, what: 'Yttrande till Inspektionen för vård och omsorg.', on: '2022-09-12', registryNumber: '1.2-340/2022' },
  }),
  does('POST', ':decision/board-reports', ReportToBoard, { summary: 'Report it at a meeting of the board', example: { meeting: MEETING } }),
  doesEach('board-reports', ReportToBoard, {
    summary: 'Report many at a meeting of the board, each with an outcome of its own',
    max: 200,
    example: [{ decision: DECISION, meeting: MEETING }],
  }),
  does('POST', ':decision/corrections/board-report', TakeBackReport, {
    summary: 'Take back a report that was recorded by mistake',
    example: { reason: 'Fel sammanträde.' },
  }),
  does('POST', ':decision/head-reports', ReportToHead, {
    summary: 'Report it to the head of administration, who delegated it on',
    example: { on: '2022-09-14' },
  }),
  does('POST', ':decision/separate-minutes', MinuteSeparately, {
    summary: 'Record that it was minuted separately, since it is not reported and can be appealed',
    example: { on: '2022-09-14', reference: 'Delegationsprotokoll 2022:31' },
  }),
  does('POST', ':decision/corrections/day', CorrectDelegatedDecision, {
    summary: 'Correct the day it was made',
    example: { on: '2022-09-11', reason: 'Fel dag avläst.' },
  }),
  does('POST', ':decision/corrections/decision', WithdrawDelegatedDecision, {
    summary: 'Take back a decision that was recorded by mistake',
    example: { reason: 'Beslutet fattades inte.' },
  }),
]);
