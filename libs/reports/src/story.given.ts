import { action, ActionDone, actionObligationsView, ActionPromised, ActionProposed, ActionTransferred, actionsView } from '#libs/actions';
import {
  agreement,
  AgreementEnteredIntoForce,
  AgreementLinked,
  agreementLinksView,
  agreementPartiesView,
  AgreementRegistered,
  agreementsView,
  PartyDecisionRecorded,
} from '#libs/agreements';
import {
  ActionNoted,
  audit,
  AuditReportRegistered,
  auditsView,
  obligation,
  ObligationArisen,
  obligationId,
  ObligationImplemented,
  obligationsView,
  RecommendationMade,
  recommendationsView,
  ReferralMade,
  referralsView,
  ReplyNoted,
} from '#libs/audits';
import { document, documentId, DocumentStored, documentsView } from '#libs/documents';
import { day, event } from '#libs/kernel';
import { meeting, MeetingOpened, MinutesApproved, ParagraphRecorded } from '#libs/meetings';
import { BoardSucceeded, MunicipalityRegistered, organisationId, organisationStream, UnitRegistered } from '#libs/organisation';
import { repliesView, reply, ReplyApproved, ReplyAwaited, ReplyGiven, replyId } from '#libs/replies';
import {
  AgreementRuleDaysChanged,
  responsibilityRules,
  responsibilityRulesId,
  responsibilityRulesView,
  ResponsibilityRuleSet,
  RulesOfAgreementSet,
} from '#libs/responsibilities';
import { StatementMade } from '#libs/statements';
import { createHash } from 'node:crypto';
import { id, recorded, type Recorded } from './recorded.given.js';
import { statusReport } from './status-report.js';
import { statusReportsView } from './status-reports.view.js';

// One report, two boards that are to become one, a reply and what came of it: a small case A.

export const AUDIT = id('5/2020');
export const R3 = id('R3');
export const LATER = id('R1 of 7/2023');
const ofBoard = (board: string) => obligationId(R3, id(board));
export const OSTERMALM = ofBoard('Östermalm');
export const NORRMALM = ofBoard('Norrmalm');
export const REPLY = replyId(AUDIT, id('Östermalm'));
export const PLANS = id('plans are reviewed');
export const PLANS_AGAIN = id('plans are reviewed by all');
export const COLLABORATION = id('a start-up meeting');
/** Between Östermalm and socialnämnden, since the plans were to be reviewed by all; its rule, and one that no agreement made. */
export const AGREEMENT = id('agreement of 2021');
export const RULE = id('operational follow-up');
export const OTHER_RULE = id('overall');
export const MEETING = id('meeting 24 September');
const POINT = id('point 1');
export const DECISION = { meeting: MEETING, point: POINT };
/** A report that two boards stored: its bytes are kept once. */
export const EVIDENCE = Buffer.from('Granskningsprotokoll, hösten 2020.\n');
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const register = `organisation-${organisationId('stockholm')}`;
const given = { reply: REPLY, audit: AUDIT, board: id('Östermalm') };

/** Everything that the reports are made of. */
const everything = {
  events: [organisationStream, audit, obligation, action, reply, meeting, document, statusReport, agreement, responsibilityRules].flatMap(
    ({ events }) => events,
  ),
  views: [
    auditsView,
    referralsView,
    recommendationsView,
    obligationsView,
    repliesView,
    actionsView,
    actionObligationsView,
    documentsView,
    statusReportsView,
    agreementsView,
    agreementPartiesView,
    agreementLinksView,
    responsibilityRulesView,
  ],
};

/** The city after all of it. */
const tellsStory = async (city: Recorded): Promise<void> => {
  const boards = ['Norrmalm', 'Östermalm', 'Socialnämnden'].map((name) => event(UnitRegistered, { unit: id(name), name, kind: 'district-board' }));
  await city.record('2020-01-07T08:00:00.000Z', register, event(MunicipalityRegistered, { name: 'Stockholms stad' }), ...boards);
  await city.record(
    '2020-05-25T08:00:00.000Z',
    `audit-${AUDIT}`,
    event(AuditReportRegistered, {
      audit: AUDIT,
      numbers: ['Nr 5 2020'],
      title: 'Korttidstillsyn',
      issuedBy: id('Stadsrevisionen'),
      handedOverOn: day('2020-05-25'),
    }),
    event(StatementMade, { statement: id('s1'), about: 'period-audited', value: '2020', source: '[000] s. 2' }),
    event(StatementMade, { statement: id('s2'), about: 'period-audited', value: '2019', source: '[002] s. 1' }),
    event(ReferralMade, { audit: AUDIT, board: id('Östermalm'), kind: 'for-reply', lastReplyOn: day('2020-10-15') }),
    event(RecommendationMade, {
      audit: AUDIT,
      recommendation: R3,
      number: 'R3',
      wording: 'Följ upp den beviljade insatsen.',
      addressees: [id('Norrmalm'), id('Östermalm')],
      addressed: 'group',
    }),
  );
  for (const board of ['Norrmalm', 'Östermalm'])
    await city.record(
      '2020-05-25T08:00:01.000Z',
      `obligation-${ofBoard(board)}`,
      event(ObligationArisen, {
        obligation: ofBoard(board),
        audit: AUDIT,
        recommendation: R3,
        board: id(board),
        number: 'R3',
        addressed: 'group',
        handedOverOn: day('2020-05-25'),
      }),
    );
  await city.record(
    '2020-05-25T08:00:02.000Z',
    `reply-${REPLY}`,
    event(ReplyAwaited, { ...given, kind: 'for-reply', dueOn: day('2020-10-15'), stands: { state: 'awaited' } }),
  );
  const about = { board: id('Östermalm'), unit: id('Östermalm'), role: 'unit-manager', reply: REPLY } as const;
  const proposed = { kind: 'promised', status: 'proposed' } as const;
  await city.record(
    '2020-09-08T08:00:00.000Z',
    `action-${PLANS}`,
    event(ActionProposed, { ...about, action: PLANS, title: 'Kollegial granskning', kind: 'promised', obligations: [OSTERMALM], stands: proposed }),
  );
  await city.record(
    '2020-09-08T08:00:01.000Z',
    `action-${COLLABORATION}`,
    event(ActionProposed, { ...about, action: COLLABORATION, title: 'Uppstartsmöte', kind: 'promised', obligations: [], stands: proposed }),
  );
  await city.record(
    '2020-09-10T08:00:00.000Z',
    `document-${documentId('stockholm', sha256(EVIDENCE))}`,
    event(DocumentStored, { sha256: sha256(EVIDENCE), size: EVIDENCE.length, mediaType: 'text/plain', name: 'protokoll.txt' }),
  );
  await city.record(
    '2020-09-24T18:00:00.000Z',
    `meeting-${MEETING}`,
    event(MeetingOpened, { meeting: MEETING, board: id('Östermalm'), on: day('2020-09-24'), kind: 'meeting' }),
    event(ParagraphRecorded, {
      meeting: MEETING,
      paragraph: id('§ 13'),
      number: '§ 13',
      title: 'Svar på revisionsrapport',
      points: [{ point: POINT, text: 'Nämnden godkänner svaret.', outcome: 'approved' }],
    }),
    event(MinutesApproved, { meeting: MEETING, approval: 1, on: day('2020-09-30') }),
  );
  await city.record(
    '2020-10-01T08:00:00.000Z',
    `reply-${REPLY}`,
    event(ReplyApproved, {
      ...given,
      decision: DECISION,
      paragraph: id('§ 13'),
      decidedBy: id('Östermalm'),
      on: day('2020-09-24'),
      countsFrom: day('2020-09-30'),
    }),
    event(ReplyGiven, {
      ...given,
      on: day('2020-10-01'),
      decision: DECISION,
      dispatchedTo: [{ body: id('Stadsrevisionen') }],
      positions: [],
      stands: { state: 'given' },
    }),
  );
  await city.record(
    '2020-10-01T08:00:01.000Z',
    `obligation-${OSTERMALM}`,
    event(ReplyNoted, { obligation: OSTERMALM, reply: REPLY, givenOn: day('2020-10-01') }),
  );
  const promised = { kind: 'promised', status: 'promised' } as const;
  await city.record(
    '2020-10-01T08:00:02.000Z',
    `action-${PLANS}`,
    event(ActionPromised, { action: PLANS, on: day('2020-10-01'), decision: DECISION, obligations: [OSTERMALM], stands: promised }),
  );
  await city.record('2020-10-01T08:00:03.000Z', `obligation-${OSTERMALM}`, event(ActionNoted, { obligation: OSTERMALM, action: PLANS, ...promised }));
  await city.record(
    '2020-12-01T08:00:00.000Z',
    `action-${PLANS_AGAIN}`,
    event(ActionProposed, {
      board: about.board,
      unit: about.unit,
      role: about.role,
      action: PLANS_AGAIN,
      title: 'Granskning i alla enheter',
      kind: 'promised',
      obligations: [OSTERMALM],
      stands: promised,
    }),
  );
  await city.record(
    '2020-12-01T08:00:01.000Z',
    `action-${PLANS}`,
    event(ActionTransferred, {
      action: PLANS,
      on: day('2020-12-01'),
      reason: 'En större granskning tar vid.',
      from: [OSTERMALM],
      toAction: PLANS_AGAIN,
      obligations: [],
      stands: { kind: 'promised', status: 'transferred' },
    }),
  );
  await city.record(
    '2021-02-01T08:00:00.000Z',
    `action-${PLANS_AGAIN}`,
    event(ActionDone, {
      action: PLANS_AGAIN,
      doneOn: day('2021-01-29'),
      documents: [sha256(EVIDENCE)],
      confirmed: true,
      obligations: [OSTERMALM],
      stands: { kind: 'promised', status: 'done' },
    }),
  );
  await city.record(
    '2021-02-18T18:00:00.000Z',
    `obligation-${OSTERMALM}`,
    event(ObligationImplemented, { obligation: OSTERMALM, on: day('2021-02-18'), decision: DECISION }),
  );
  const version = 'a'.repeat(64);
  const match = { provisionForm: 'in-house-school', service: 'short-term-supervision' } as const;
  const answer = { who: 'named', board: id('Socialnämnden') } as const;
  const settled = { kind: 'operational-follow-up', match, answer, basis: 'Överenskommelsen § 1' } as const;
  await city.record(
    '2021-03-01T08:00:00.000Z',
    `agreement-${AGREEMENT}`,
    event(AgreementRegistered, {
      agreement: AGREEMENT,
      title: 'Samverkansöverenskommelse',
      parties: [{ board: id('Östermalm') }, { board: id('Socialnämnden') }],
      proposedBy: id('Socialnämnden'),
    }),
    event(AgreementLinked, { agreement: AGREEMENT, actions: [PLANS_AGAIN] }),
    event(PartyDecisionRecorded, {
      agreement: AGREEMENT,
      ...DECISION,
      outcome: 'approved',
      effect: 'approves',
      on: day('2020-09-24'),
      place: 1300,
      version,
      number: '§ 13',
      board: id('Östermalm'),
      parties: [id('Östermalm')],
    }),
    event(AgreementEnteredIntoForce, { agreement: AGREEMENT, version, number: 1, on: day('2021-03-15'), clauses: [{ clause: '1', ...settled }] }),
  );
  await city.record(
    '2021-03-01T08:00:01.000Z',
    `responsibility-rules-${responsibilityRulesId('stockholm')}`,
    event(ResponsibilityRuleSet, { rule: OTHER_RULE, ...settled, kind: 'overall', basis: 'Reglementet', from: day('2020-01-01') }),
    event(RulesOfAgreementSet, {
      agreement: AGREEMENT,
      version,
      from: day('2021-03-15'),
      rules: [{ rule: RULE, clause: '1', ...settled }],
      disputes: [],
    }),
    event(AgreementRuleDaysChanged, { agreement: AGREEMENT, rules: [{ rule: RULE, from: day('2021-03-15'), to: day('2022-12-31') }], disputes: [] }),
  );
  await city.record(
    '2023-06-01T08:00:00.000Z',
    register,
    event(UnitRegistered, { unit: id('Norra innerstaden'), name: 'Norra innerstaden', kind: 'district-board' }),
    event(BoardSucceeded, {
      from: [id('Norrmalm'), id('Östermalm')],
      to: [id('Norra innerstaden')],
      on: day('2023-07-01'),
      decision: 'KF 2023',
      exceptions: [],
      units: [],
    }),
  );
  await city.record(
    '2023-09-01T08:00:00.000Z',
    `audit-${id('7/2023')}`,
    event(AuditReportRegistered, { audit: id('7/2023'), numbers: ['Nr 7 2023'], title: 'Uppföljande granskning', issuedBy: id('Stadsrevisionen') }),
    event(RecommendationMade, {
      audit: id('7/2023'),
      recommendation: LATER,
      number: 'R1',
      wording: 'Följ upp insatsen.',
      addressees: [id('Norra innerstaden')],
      addressed: 'named',
      repeats: R3,
      repeatsAudit: AUDIT,
    }),
  );
};

/** A database of the spec's own, in which all of it has happened. */
export const storyCity = async (): Promise<Recorded> => {
  const city = await recorded(everything);
  await tellsStory(city);
  return city;
};
