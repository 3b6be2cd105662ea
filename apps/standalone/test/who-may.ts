import { hash } from 'node:crypto';
import { auditId, obligationId } from '#libs/audits';
import { derivedId } from '#libs/kernel';
import { ROLES } from '#libs/organisation';
import { replyId } from '#libs/replies';
import { municipalities, sampleId } from '#libs/samples';

/** How far a role reaches: what its own unit handles, what its board does, or the whole municipality. */
export type Scope = 'unit' | 'board' | 'tenant';
export type Role = (typeof municipalities)[number]['people'][number]['role'];
export type Row = Partial<Record<Role, Scope>>;

const each = (scope: Scope, ...roles: readonly Role[]): Row => Object.fromEntries(roles.map((role) => [role, scope]));

const officer: Row = { 'case-officer': 'unit' };
const officerOrManager: Row = { ...officer, 'unit-manager': 'unit' };
const readers: Row = { ...officerOrManager, 'process-owner': 'tenant' };
const administrator: Row = { administrator: 'tenant' };
const everyone: Row = each('tenant', ...ROLES);

/** The elected auditors, and their office. */
const auditors: Row = each('tenant', 'auditor', 'audit-officer');
/** Kommunstyrelsen’s overseer and the auditors see every board. */
const examiners: Row = { ...auditors, overseer: 'tenant' };
/** Everybody reads what their own board stored; whoever examines all boards reads everything. */
const everyBoard: Row = { ...each('board', ...ROLES), ...examiners };
/** Everybody who works at a board sees what it has to answer for. The administrator does not: that role keeps the register. */
const atBoard: Row = each(
  'board',
  'case-officer',
  'unit-manager',
  'department-head',
  'head-of-administration',
  'process-owner',
  'registrar',
  'board-secretary',
);
const boardReaders: Row = { ...atBoard, ...examiners };
const secretary: Row = each('board', 'board-secretary');
/** Who sees to a board’s obligations. */
const ownProcess: Row = each('board', 'process-owner', 'registrar');
/** Who prepares a board’s reply. */
const preparers: Row = each('board', 'process-owner', 'registrar', 'board-secretary', 'head-of-administration', 'department-head');
/** Who answers for a board’s corrective actions. */
const actionOwners: Row = each('board', 'process-owner', 'unit-manager', 'department-head', 'head-of-administration');
/** Who carries them out: any role of the unit that is responsible. */
const carriers: Row = { ...actionOwners, ...each('unit', 'case-officer', 'registrar', 'board-secretary') };
/** Who records what the board decided about them. */
const recorders: Row = { ...actionOwners, ...each('board', 'registrar', 'board-secretary') };
/** Both: how far a day may be moved by whom is decided by the level of the role. */
const movers: Row = { ...carriers, ...recorders };
/** Who prepares a board’s status report. */
const reporters: Row = each('board', 'process-owner', 'registrar', 'board-secretary');
/** Who prepares an agreement at one of its parties. */
const proposers: Row = { ...actionOwners, ...reporters };
/** Who has what the delegates of a board decided reported, and minuted. */
const secretaries: Row = each('board', 'board-secretary', 'registrar');
const director: Row = each('board', 'head-of-administration');
/** The rules of who is responsible are the municipality’s. */
const ruleKeepers: Row = administrator;

/** Who may what, by operation, written down a second time: a route that is not here fails the test. `anyone` need not sign in. */
export const WHO_MAY: Readonly<Record<string, Row | 'anyone'>> = {
  apiInfo: 'anyone',
  samplePeople: 'anyone',
  sendServiceOrder: officer,
  receiveGenomforandeplan: officerOrManager,
  reviewGenomforandeplan: officer,
  noteContact: officerOrManager,
  returnGenomforandeplan: officer,
  approveGenomforandeplan: officer,
  correctSentDay: officerOrManager,
  correctReceivedDay: officerOrManager,
  correctAwaitedDay: officerOrManager,
  correctEndedDay: officerOrManager,
  correctProvider: officerOrManager,
  correctGoal: officerOrManager,
  cancelServiceOrder: officerOrManager,
  endServiceOrder: officerOrManager,
  orderById: officerOrManager,
  orderHistory: readers,
  awaitedPlans: readers,
  listReminders: { ...readers, ...each('board', 'department-head', 'head-of-administration', 'board-secretary'), ...examiners, ...administrator },
  searchTrail: { ...examiners, 'process-owner': 'tenant' },
  storeDocument: everyone,
  listDocuments: everyBoard,
  documentByHash: everyBoard,
  listUnits: everyone,
  listProviders: everyone,
  listRoleHolders: everyone,
  listDeadlineRules: everyone,
  setDeadlineRule: administrator,
  listDeadlines: { ...atBoard, ...officerOrManager, ...examiners, ...administrator },
  listSuccessions: everyone,
  listUnheldDuties: everyone,
  listRegistryPatterns: everyone,
  registerUnit: administrator,
  succeedBoards: administrator,
  withdrawSuccession: administrator,
  registerRegistryPattern: administrator,
  registerProvider: administrator,
  registerPerson: administrator,
  linkSignIn: administrator,
  unlinkSignIn: administrator,
  listSignIns: administrator,
  assignRole: administrator,
  endRole: administrator,

  planMeeting: secretary,
  moveMeeting: secretary,
  cancelMeeting: secretary,
  correctMeetingDay: secretary,
  setPreparationSteps: secretary,
  openMeeting: secretary,
  decideUrgently: secretary,
  reportUrgentDecision: secretary,
  sendPapers: secretary,
  recordParagraph: secretary,
  correctParagraph: secretary,
  approveMinutes: secretary,
  announceMinutes: secretary,
  endAnnouncement: secretary,
  dispatchDecision: secretary,
  serveDecision: secretary,
  annulDecision: secretary,
  correctRecordedDay: secretary,
  calendarOfBoard: boardReaders,
  preparationSteps: boardReaders,
  listMeetings: boardReaders,
  listDecisions: boardReaders,
  meetingById: boardReaders,
  meetingHistory: boardReaders,

  registerAuditReport: auditors,
  completeAuditReport: auditors,
  sendDraftForFactCheck: auditors,
  answerFactCheck: { ...auditors, ...ownProcess },
  referToBoard: auditors,
  correctReferral: auditors,
  receiveReferral: { ...auditors, registrar: 'board' },
  makeRecommendation: auditors,
  quoteWording: auditors,
  nameAddressees: auditors,
  withdrawRecommendation: auditors,
  makeAuditStatement: auditors,
  chooseAuditWorkingValue: auditors,
  importRecommendations: auditors,
  listAudits: boardReaders,
  listReferrals: boardReaders,
  listRecommendations: boardReaders,
  auditById: boardReaders,
  auditHistory: boardReaders,

  setLastDay: { ...auditors, ...ownProcess },
  allotObligation: each('tenant', 'administrator', 'overseer'),
  decideImplemented: ownProcess,
  eachDecideImplemented: ownProcess,
  withdrawImplementation: ownProcess,
  recordJudgement: auditors,
  eachRecordJudgement: auditors,
  correctJudgement: auditors,
  recordObjection: ownProcess,
  requestDocuments: auditors,
  deliverDocuments: ownProcess,
  listObligations: boardReaders,
  obligationById: boardReaders,
  obligationHistory: boardReaders,
  obligationBundle: { ...ownProcess, ...examiners },

  proposeAction: actionOwners,
  withdrawAction: actionOwners,
  promiseAction: recorders,
  setFirstDay: actionOwners,
  readTimeAnew: actionOwners,
  readFrequency: actionOwners,
  moveActionDay: movers,
  requestMove: carriers,
  approveMove: movers,
  refuseMove: movers,
  reportProgress: carriers,
  holdOccasion: carriers,
  endAction: recorders,
  markDone: carriers,
  correctDoneDay: actionOwners,
  confirmDone: carriers,
  rejectDone: carriers,
  addEvidence: carriers,
  dropAction: actionOwners,
  transferAction: actionOwners,
  changeResponsible: actionOwners,
  stateAboutAction: recorders,
  chooseActionValue: actionOwners,
  setActionRule: administrator,
  listActionRules: everyone,
  listActions: boardReaders,
  actionById: boardReaders,
  actionHistory: boardReaders,

  writeOfficerReport: preparers,
  holdConsultation: preparers,
  signOff: preparers,
  setDecisionChain: preparers,
  takePosition: preparers,
  approveReply: preparers,
  giveReply: preparers,
  correctGivenDay: preparers,
  correctPreparationDay: preparers,
  requestExtension: preparers,
  grantExtension: { ...auditors, registrar: 'board' },
  refuseExtension: { ...auditors, registrar: 'board' },
  listReplies: boardReaders,
  replyById: boardReaders,
  replyHistory: boardReaders,
  replyAsPdf: boardReaders,
  replyAsDocx: boardReaders,

  draftStatusReport: reporters,
  rewordStatusReport: reporters,
  decideStatusReport: reporters,
  listStatusReports: boardReaders,
  statusReportById: boardReaders,
  statusReportAsPdf: boardReaders,
  boardCounts: boardReaders,
  boardChanges: boardReaders,
  auditBoards: boardReaders,
  chain: boardReaders,
  allCounts: examiners,

  registerAgreement: proposers,
  setAgreementNumber: proposers,
  writeProposalReport: proposers,
  consultOnProposal: proposers,
  proposeVersion: proposers,
  linkFile: each('board', 'registrar'),
  linkAgreement: proposers,
  recordDecision: reporters,
  revokeApproval: reporters,
  withdrawDecision: reporters,
  signAgreement: atBoard,
  correctSigningDay: atBoard,
  withdrawSignature: atBoard,
  approveRevision: atBoard,
  withdrawRevisionApproval: atBoard,
  contestRevision: proposers,
  reviewAgreement: proposers,
  terminateAgreement: reporters,
  withdrawTermination: reporters,
  settleAfterwards: proposers,
  giveDelegation: reporters,
  endDelegation: reporters,
  delegateFurther: director,
  endFurtherDelegation: director,
  recordDelegatedDecision: atBoard,
  correctDelegatedDecision: atBoard,
  withdrawDelegatedDecision: atBoard,
  reportToBoard: secretaries,
  eachReportToBoard: secretaries,
  takeBackReport: secretaries,
  reportToHead: atBoard,
  minuteSeparately: secretaries,
  agreementById: boardReaders,
  agreementDifference: boardReaders,
  agreementHistory: boardReaders,
  listAgreements: boardReaders,
  listDelegations: boardReaders,
  delegatedDecisionById: boardReaders,
  listDelegatedDecisions: boardReaders,
  listDecisionsToReport: boardReaders,

  setResponsibilityRule: ruleKeepers,
  changeResponsibilityRule: ruleKeepers,
  narrowResponsibilityRule: ruleKeepers,
  endResponsibilityRule: ruleKeepers,
  withdrawResponsibilityRule: ruleKeepers,
  recordResponsibilityDisputed: ruleKeepers,
  settleResponsibilityDispute: ruleKeepers,
  noteResponsibilityCircumstance: ruleKeepers,
  stateAboutCircumstance: ruleKeepers,
  chooseCircumstanceValue: ruleKeepers,
  whoIsResponsible: everyone,
  listResponsibilityRules: everyone,
  responsibilityRuleById: everyone,
  responsibilityHistory: everyone,
  responsibilityStatementAsHtml: everyone,
  responsibilityStatementAsPdf: everyone,
};

/** Something that belongs to a municipality. */
export interface Thing {
  readonly tenant: string;
  /** What the first parameter of an address names it by; empty where it stands in the body. */
  readonly id: string;
  /** Whose it was first: keys of units or boards, any of which is enough to reach it. Left out: the whole municipality’s. */
  readonly of?: readonly string[];
  /** What the other parameters of an address name within it. */
  readonly and?: Readonly<Record<string, string>>;
  /** What of the body names it. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Its municipality tells everybody that it is there, as boards are. */
  readonly isPublic?: true;
}
export interface Person {
  readonly tenant: string;
  readonly key: string;
  readonly role: Role;
  /** The key of the unit in which the role is held. */
  readonly unit: string;
  readonly id: string;
}

/** Boards that have ended by now, and who took over: their units are called alike. */
const SUCCESSORS: Readonly<Record<string, string>> = {
  alvsjo: 'hagersten-alvsjo',
  'hagersten-liljeholmen': 'hagersten-alvsjo',
  norrmalm: 'norra-innerstaden',
  ostermalm: 'norra-innerstaden',
  'spanga-tensta': 'jarva',
  'rinkeby-kista': 'jarva',
};

/** Which unit handles what was a unit’s. */
const holderOf = (unit: string): string => {
  const [from, to] = Object.entries(SUCCESSORS).find(([ended]) => unit === ended || unit.startsWith(`${ended}-`)) ?? ['', ''];
  return to + unit.slice(from.length);
};

const everybody: readonly Person[] = municipalities.flatMap(({ tenant, people: staff }) =>
  staff.map(({ key, role, unit }) => ({ tenant, key, role, unit, id: sampleId('person', key) })),
);

/** Every role at two boards that are there today, a third board’s, those who see all of Stockholm, and all of Tyresö. */
const AT = ['norra-innerstaden', 'hasselby-vallingby', 'socialnamnden', 'kommunstyrelsen', 'stadsrevisionen', 'revisionskontoret', 'stadsledningskontoret'];
export const people: readonly Person[] = everybody.filter(
  ({ tenant, unit }) => tenant === 'tyreso' || AT.some((board) => unit === board || unit.startsWith(`${board}-`)),
);

/** Those whose board has ended. */
export const formerPeople: readonly Person[] = everybody.filter(({ unit }) => holderOf(unit) !== unit);

const stockholm = (id: string, of?: string | readonly string[], more: Partial<Thing> = {}): Thing => thing('stockholm', id, of, more);
const tyresö = (id: string, of?: string | readonly string[], more: Partial<Thing> = {}): Thing => thing('tyreso', id, of, more);
const thing = (tenant: string, id: string, of: string | readonly string[] | undefined, more: Partial<Thing>): Thing => ({
  tenant,
  id,
  ...(of !== undefined && { of: [of].flat() }),
  ...more,
});

const unit = (key: string): string => sampleId('unit', key);

/** No sample: the spec has it made, since a third unit is needed that handles something. */
export const ofHässelby = stockholm(sampleId('order', 'i Hässelby'), 'hasselby-vallingby-lss');
const orders = [stockholm(sampleId('order', 'aldrig'), 'ostermalm-lss'), ofHässelby, tyresö(sampleId('order', 'tyresö'), 'aso-lss')];

/** No samples: the spec has them stored, each by somebody of its unit. */
export const documents = (
  [
    ['norra-innerstaden-officer', 'stockholm', 'norra-innerstaden-lss'],
    ['hasselby-vallingby-officer', 'stockholm', 'hasselby-vallingby-lss'],
    ['tyreso-officer', 'tyreso', 'aso-lss'],
  ] as const
).map(([by, tenant, of]) => {
  const text = `Protokoll, ${of}`;
  return { by, text, ...thing(tenant, hash('sha256', text, 'hex'), of, {}) };
});

// Cases A and D: report Nr 5 2020 of Stockholm with R3 to five district boards, and EY’s audit of Tyresö with R1 to three boards.
const AUDIT = auditId('stockholm', unit('stadsrevisionen'), 'Nr 5 2020');
const EY = sampleId('audit', 'tyresö samverkan');
const [R1, R3] = ['R1', 'R3'].map((number) => sampleId('recommendation', 'nr 5 2020', number)) as [string, string];
const EY1 = sampleId('recommendation', 'tyresö samverkan', 'R1');
const FIVE = ['norrmalm', 'spanga-tensta', 'alvsjo', 'ostermalm', 'hasselby-vallingby'];
const THREE = ['bun', 'aso', 'kfn'];
const ALL_SIXTEEN = [
  ...FIVE,
  'socialnamnden',
  'utbildningsnamnden',
  'bromma',
  'enskede-arsta-vantor',
  'farsta',
  'hagersten-liljeholmen',
  'kungsholmen',
  'rinkeby-kista',
  'skarpnack',
  'skarholmen',
  'sodermalm',
];

/** An obligation of each of three boards. The spec has each judged once more or for the first time, and documents asked for. */
export const obligations = [
  stockholm(obligationId(R3, unit('ostermalm')), 'ostermalm'),
  stockholm(obligationId(R3, unit('hasselby-vallingby')), 'hasselby-vallingby'),
  tyresö(obligationId(EY1, unit('aso')), 'aso'),
].map(({ id, ...its }) => ({ ...its, id, and: { judgement: derivedId(id, 'judgement', 0), request: derivedId(id, 'request', 0) } }));

/** Meetings that cases A and D hold, with what was decided in them. */
const meeting = (make: typeof stockholm, board: string, on: string): Thing =>
  make(sampleId('meeting', board, on), board, { and: { paragraph: sampleId('paragraph', board, on), point: sampleId('point', board, on) } });
const meetings = [
  meeting(stockholm, 'ostermalm', '2020-09-24'),
  meeting(stockholm, 'hasselby-vallingby', '2020-10-22'),
  meeting(tyresö, 'tyreso-styrelsen', '2023-03-07'),
];

const board = (make: typeof stockholm, key: string, meetingId = sampleId('nowhere')): Thing =>
  make(unit(key), key, { isPublic: true, and: { meeting: meetingId } });
const boards = [
  board(stockholm, 'norra-innerstaden', sampleId('access meeting', 'norra-innerstaden')),
  board(stockholm, 'ostermalm', sampleId('meeting', 'ostermalm', '2020-09-24')),
  board(stockholm, 'hasselby-vallingby', sampleId('meeting', 'hasselby-vallingby', '2020-10-22')),
  board(tyresö, 'tyreso-styrelsen', sampleId('meeting', 'tyreso-styrelsen', '2023-03-07')),
  board(tyresö, 'aso', sampleId('access meeting', 'aso')),
];

const recommendation = (make: typeof stockholm, id: string, of: readonly string[]): Thing => make(id, of);
const recommendations = [recommendation(stockholm, R3, FIVE), recommendation(stockholm, R1, ['socialnamnden']), recommendation(tyresö, EY1, THREE)];

const replies = [
  stockholm(replyId(AUDIT, unit('ostermalm')), 'ostermalm', { and: { recommendation: R3 } }),
  stockholm(replyId(AUDIT, unit('hasselby-vallingby')), 'hasselby-vallingby', { and: { recommendation: R3 } }),
  tyresö(replyId(EY, unit('aso')), 'aso', { and: { recommendation: EY1 } }),
];

const utredning = stockholm(sampleId('action', 'utredning'), 'socialnamnden-law', {
  and: { move: derivedId(sampleId('action', 'utredning'), 'move', 0) },
});
const actions = [
  stockholm(sampleId('action', 'host'), 'ostermalm-lss'),
  utredning,
  tyresö(sampleId('action', 'tyreso', 'uppföljningar'), 'aso-administration'),
];

/** Who begins which status report: the spec has them made. */
export const drafts = (
  [
    ['norra-innerstaden-owner', 'stockholm', 'norra-innerstaden'],
    ['hasselby-vallingby-owner', 'stockholm', 'hasselby-vallingby'],
    ['tyreso-owner', 'tyreso', 'aso'],
  ] as const
).map(([by, tenant, of]) => ({ by, tenant, of, body: { board: unit(of), kind: 'annual', asOf: '2024-12-31' } }));
const reports = drafts.map(({ tenant, of, body }) => thing(tenant, derivedId(body.board, 'status-report', body.kind, body.asOf), of, {}));

/** Agreements of three boards with others: the spec has them registered. */
export const agreements = (
  [
    ['norra-innerstaden-owner', 'stockholm', 'norra-innerstaden', 'kungsholmen'],
    ['hasselby-vallingby-owner', 'stockholm', 'hasselby-vallingby', 'utbildningsnamnden'],
    ['tyreso-owner', 'tyreso', 'aso', 'bun'],
  ] as const
).map(([by, tenant, own, other]) => {
  const agreement = sampleId('access agreement', own);
  const parties = [{ board: unit(own) }, { board: unit(other) }];
  return {
    by,
    sent: { agreement, title: 'Samverkan (exempel)', parties, proposedBy: unit(own) },
    its: thing(tenant, agreement, [own, other], { and: { board: unit(own) }, body: { board: unit(own), party: unit(own), proposedBy: unit(own) } }),
  };
});
const agreed = agreements.map(({ its }) => its);

/** What delegates of two boards decided in case B, by the board: the spec finds them in the log. */
export const delegated = new Map<string, string>();
const delegatedDecisions = (): readonly Thing[] =>
  ['socialnamnden', 'utbildningsnamnden'].flatMap((key) => {
    const id = delegated.get(unit(key));
    return id === undefined ? [] : [stockholm(id, key)];
  });

/** What the whole municipality has: the spec makes one in each, and says here what it is called. */
export const made = {
  succession: new Map<string, string>(),
  rule: new Map<string, string>(),
  dispute: new Map<string, string>(),
  circumstance: new Map<string, string>(),
};
const ofEachMunicipality = (ids: ReadonlyMap<string, string>): readonly Thing[] => [...ids].map(([tenant, id]) => ({ tenant, id }));

/** What the parameters of addresses name: something of every municipality, and of every unit that handles such things. */
const things = (): Readonly<Record<string, readonly Thing[]>> => ({
  order: orders,
  orderId: orders,
  sha256: documents,
  unit: [
    stockholm(unit('norra-innerstaden-lss'), 'norra-innerstaden-lss'),
    stockholm(unit('hasselby-vallingby-lss'), 'hasselby-vallingby-lss'),
    tyresö(unit('aso-lss'), 'aso-lss'),
  ],
  provider: [stockholm(sampleId('provider', 'fritids')), tyresö(sampleId('provider', 'ang'))],
  person: [
    stockholm(sampleId('person', 'norra-innerstaden-officer'), undefined, { and: { signIn: '0'.repeat(64) } }),
    tyresö(sampleId('person', 'tyreso-officer'), undefined, { and: { signIn: '0'.repeat(64) } }),
  ],
  owner: [stockholm(orders[0]?.id ?? '', 'ostermalm-lss'), stockholm(ofHässelby.id, 'hasselby-vallingby-lss'), tyresö(orders[2]?.id ?? '', 'aso-lss')],
  board: boards,
  meeting: meetings,
  audit: [
    stockholm(AUDIT, ALL_SIXTEEN, { and: { recommendation: R3, board: unit('ostermalm') } }),
    tyresö(EY, THREE, { and: { recommendation: EY1, board: unit('aso') } }),
  ],
  issuedBy: [stockholm(unit('stadsrevisionen')), tyresö(unit('tyreso-revision'))],
  recommendation: recommendations,
  obligation: obligations,
  reply: replies,
  object: [...repliesToRead(), ...obligations],
  action: actions,
  report: reports,
  kind: [
    { kind: 'audit', some: [stockholm(AUDIT, ALL_SIXTEEN), tyresö(EY, THREE)] },
    { kind: 'recommendation', some: recommendations },
    { kind: 'obligation', some: obligations },
    { kind: 'reply', some: replies },
    { kind: 'action', some: actions },
  ].flatMap(({ kind, some }) => some.map((one): Thing => ({ ...one, id: kind, and: { id: one.id } }))),
  succession: ofEachMunicipality(made.succession),
  rule: ofEachMunicipality(made.rule),
  dispute: ofEachMunicipality(made.dispute),
  circumstance: ofEachMunicipality(made.circumstance),
  operatingBoard: boards.map(({ tenant, id }) => ({ tenant, id })),
  contractingBoard: boards.map(({ tenant, id }) => ({ tenant, id })),
  grantingBoard: boards.map(({ tenant, id }) => ({ tenant, id })),
  operatingUnit: [stockholm(unit('norra-innerstaden-lss')), tyresö(unit('aso-lss'))],
  agreement: agreed,
  decision: delegatedDecisions(),
});

/** Operations about something else than what the first parameter of their address names. */
const OF_OPERATION: Readonly<Record<string, () => readonly Thing[]>> = {
  // A report goes to many boards: whose reception it is follows from the second parameter.
  receiveReferral: () => [
    stockholm(AUDIT, 'ostermalm', { and: { board: unit('ostermalm') } }),
    stockholm(AUDIT, 'hasselby-vallingby', { and: { board: unit('hasselby-vallingby') } }),
    tyresö(EY, 'aso', { and: { board: unit('aso') } }),
  ],
  // And whose answer to a draft, from the body.
  answerFactCheck: () => [
    stockholm(AUDIT, 'ostermalm', { body: { board: unit('ostermalm') } }),
    stockholm(AUDIT, 'hasselby-vallingby', { body: { board: unit('hasselby-vallingby') } }),
    tyresö(EY, 'aso', { body: { board: unit('aso') } }),
  ],
  // The only day that a case asks to have moved.
  approveMove: () => [utredning],
  refuseMove: () => [utredning],
  // What is opened for a board that the body names, or proposed for a unit.
  openMeeting: () => boards.map(({ and, ...one }): Thing => ({ ...inBody(one, 'board'), body: { board: one.id, meeting: and?.['meeting'] } })),
  decideUrgently: () => boards.map((one) => inBody(one, 'board')),
  draftStatusReport: () => boards.map((one) => inBody(one, 'board')),
  proposeAction: () => thingsCalled('unit').map((one) => ({ ...inBody(one, 'unit'), isPublic: true })),
  // What a reply's deciding board does: of Tyresö's that is kommunstyrelsen, not who prepared it.
  approveReply: repliesToDecide,
  giveReply: repliesToDecide,
  correctGivenDay: repliesToDecide,
  // Who decides on a reply may read it.
  replyById: repliesToRead,
  replyHistory: repliesToRead,
  replyAsPdf: repliesToRead,
  replyAsDocx: repliesToRead,
  // Many at once: the things are in the body.
  eachDecideImplemented: () => obligations.map(inItems),
  eachRecordJudgement: () => obligations.map(inItems),
  eachReportToBoard: () => delegatedDecisions().map(({ id, ...its }): Thing => ({ ...its, id: '', body: { decision: id } })),
  registerAgreement: () =>
    agreements.map(({ its, sent }): Thing => ({ ...its, id: '', isPublic: true, body: { proposedBy: sent.proposedBy, parties: sent.parties } })),
  recordDelegatedDecision: () => boards.map((one) => inBody(one, 'board')),
};

function repliesToDecide(): readonly Thing[] {
  return replies.map((one) => (one.tenant === 'tyreso' ? { ...one, of: ['tyreso-styrelsen'] } : one));
}
function repliesToRead(): readonly Thing[] {
  return replies.map((one) => (one.tenant === 'tyreso' ? { ...one, of: ['aso', 'tyreso-styrelsen'] } : one));
}

const inBody = (one: Thing, name: string): Thing => ({ ...one, id: '', body: { [name]: one.id } });
const inItems = ({ id, ...its }: Thing): Thing => ({ ...its, id: '', body: { obligation: id } });

/** What an operation is asked about: by what it does, or by what the first parameter of its address names. */
export const thingsOf = (operationId: string, parameter: string | undefined): readonly Thing[] | undefined =>
  OF_OPERATION[operationId]?.() ?? (parameter === undefined ? undefined : thingsCalled(parameter));

export function thingsCalled(name: string): readonly Thing[] {
  const known = things()[name];
  if (!known) throw new RangeError(`The test has nothing called ${name}: say in who-may.ts what it names.`);
  return known;
}

/** Everything that belongs to some unit or board. */
export const ownedThings = (): readonly Thing[] =>
  [...orders, ...obligations, ...meetings, ...repliesToRead(), ...actions, ...reports, ...documents, ...agreed, ...delegatedDecisions()].filter(
    ({ of }) => of !== undefined,
  );

/** The unit at the top of the tree in which a unit stands: its board, where it lies in one. */
const topOf = new Map(
  municipalities.flatMap(({ units }) => {
    const above = new Map(units.map(({ key, partOf }) => [key, partOf]));
    const top = (key: string): string => {
      const next = above.get(key);
      return next === undefined ? key : top(next);
    };
    return units.map(({ key }) => [key, top(key)] as const);
  }),
);

/** Whether somebody's role reaches a thing today; undefined where the role is not among those that may. */
export const reaches = (row: Row, { role, tenant, unit: own }: Person, { tenant: itsTenant, of = [own] }: Thing): boolean | undefined => {
  const scope = row[role];
  if (scope === undefined) return undefined;
  const holders = of.map(holderOf);
  const inReach = { tenant: true, board: holders.some((holder) => topOf.get(holder) === topOf.get(own)), unit: holders.includes(own) };
  return itsTenant === tenant && inReach[scope];
};
