import { versionHash } from '#libs/agreements';
import { derivedId } from '#libs/kernel';
import { stockholmCircumstance, stockholmDispute, stockholmRules, stockholmStatements } from '#libs/responsibilities';
import { action } from './case-a.actions.js';
import { AUDIT, board, R1, R2 } from './case-a.report.js';
import { obligationOf, plans, replyOf } from './case-a.replies.js';
import { sampleId } from './municipalities.js';
import { inOrder } from './play.js';
import { at, does, hashOf, mayNot, paper, sees, stores } from './scenes.js';
import type { Step } from './step.js';

/**
 * Case B: the agreement between socialnämnden and utbildningsnämnden on the follow-up of korttidstillsyn in the city's schools [000], and who
 * was responsible before, with and after it. From the source: socialnämnden's number, its meeting of 14 June 2022, § 13 with its two points,
 * minutes approved on the 20th, the officer's report of 17 May and the consultations. The rest is a sample: the text, utbildningsnämnden's
 * decisions and delegate, the signatures, and the termination.
 */
const AGREEMENT = sampleId('agreement', '2.3.4-181/2022');
const SOCIAL = board('socialnamnden');
const EDUCATION = board('utbildningsnamnden');
const LAW = board('socialnamnden-law');

const specification = paper(
  'Uppdragsbeskrivning (exempel).txt',
  'Exempel: uppdragsbeskrivning av korttidstillsyn för skolungdom över 12 år som bedrivs i stadens skolor.',
);
const text = (frequency: string): string =>
  [
    'Samverkansöverenskommelse (exempel).',
    '§ 1 Socialnämnden följer genom enheten för juridik, upphandling och föreningsstöd upp korttidstillsyn som bedrivs i stadens skolor.',
    '§ 2 Den egna interna kontrollen ligger kvar hos utbildningsnämnden (KL 6 kap. 6 §).',
    `§ 3 Verksamheterna följs upp ${frequency}.`,
  ].join('\n');
const YEARLY = text('varje år');
const EVERY_OTHER = text('vartannat år');
const V1 = versionHash(YEARLY, [hashOf(specification)]);
const V2 = versionHash(EVERY_OTHER, [hashOf(specification)]);

const content = (words: string, followUpMonths: number) => ({
  text: words,
  attachments: [{ sha256: hashOf(specification), title: 'Uppdragsbeskrivning' }],
  clauses: [
    {
      clause: '1',
      kind: 'operational-follow-up',
      match: { provisionForm: 'in-house-school', service: 'short-term-supervision' },
      answer: { who: 'named', board: SOCIAL, performingUnit: LAW },
      basis: 'Samverkansöverenskommelsen § 1 (exempel)',
    },
  ],
  terms: { allSignatures: true, noticeMonths: 6, followUpMonths },
});

const id = (kind: string, key: string, on: string, nth = 0): string => sampleId(kind, key, on, ...(nth === 0 ? [] : [nth]));
const decision = (key: string, on: string, nth = 0) => ({ meeting: id('meeting', key, on), point: id('point', key, on, nth) });

interface Meets {
  readonly key: string;
  readonly on: string;
  readonly number: string;
  readonly registryNumber?: string;
  readonly points: readonly Readonly<Record<string, unknown>>[];
  readonly approvedOn: string;
  readonly dispatchTo: string;
}

/** A board meets, decides in several points, approves its minutes and dispatches them. */
const meets = ({ key, on, number, registryNumber, points, approvedOn, dispatchTo }: Meets): readonly Step[] => {
  const secretary = `${key}-secretary`;
  const its = `/meetings/${id('meeting', key, on)}` as const;
  const paragraph = id('paragraph', key, on);
  return [
    does(at(on, '16:00'), `${key} meets.`, secretary, 'POST /meetings', { meeting: id('meeting', key, on), board: board(key) }, 201),
    does(at(on, '18:00'), `It decides ${number}.`, secretary, `POST ${its}/paragraphs`, {
      paragraph,
      number,
      title: 'Samverkansöverenskommelse avseende uppföljning av korttidstillsyn enligt LSS i egen regi som bedrivs i stadens skolor',
      ...(registryNumber !== undefined && { registryNumber }),
      points: points.map((point, nth) => ({ point: id('point', key, on, nth), ...point })),
      dispatchTo: [{ body: board(dispatchTo) }],
    }),
    does(at(approvedOn, '10:00'), 'The minutes are approved.', secretary, `POST ${its}/approvals`, { on: approvedOn }),
    does(at(approvedOn, '10:05'), 'And announced.', secretary, `POST ${its}/announcements`, { on: approvedOn }),
    does(at(approvedOn, '10:10'), 'The decision is dispatched.', secretary, `POST ${its}/paragraphs/${paragraph}/dispatches`, {
      to: [{ body: board(dispatchTo) }],
      on: approvedOn,
    }),
  ];
};

const approves = (words: string, version: string) => ({ text: words, outcome: 'approved', object: { kind: 'agreement', id: AGREEMENT, version } });
const delegates = (words: string) => ({ text: words, outcome: 'approved' });

const owner = 'socialnamnden-owner';
/** Who is responsible concerns the whole city: no board writes that by itself. */
const administrator = 'stockholm-administrator';
const SCHOOL = 'provisionForm=in-house-school&service=short-term-supervision';
const CIRCUMSTANCE = sampleId('circumstance', 'modellen');

/** Who answers, kind by kind, in the order in which the API tells them. */
const answered = (time: string, on: string, says: string, followUp: Readonly<Record<string, unknown>>): Step =>
  sees(time, says, 'stockholm-auditor', `/responsibilities?${SCHOOL}&kind=operational-follow-up&on=${on}`, {
    on,
    answers: [{ kind: 'operational-follow-up', ...followUp }],
  });
const NOBODY = { outcome: 'none-designated' };
const SOCIALS = { outcome: 'designated', board: { id: SOCIAL }, performingUnit: { id: LAW } };

/** The rules as they were, recorded in 2021; what is disputed, and what two sources say of one decision. */
const rules: readonly Step[] = [
  ...stockholmRules({ social: SOCIAL, education: EDUCATION, law: LAW }).map((rule, nth) =>
    does(at('2021-02-01', `09:${String(nth).padStart(2, '0')}`), `A rule: ${rule.kind}.`, administrator, 'POST /responsibilities/rules', rule),
  ),
  does(
    at('2021-02-01', '10:00'),
    'What the sources contradict each other about is recorded as disputed, with both claims.',
    administrator,
    'POST /responsibilities/disputes',
    stockholmDispute,
  ),
  does(
    at('2021-02-01', '10:05'),
    'The decision on the model bears on it.',
    administrator,
    'POST /responsibilities/circumstances',
    { ...stockholmCircumstance, circumstance: CIRCUMSTANCE },
    201,
  ),
  ...stockholmStatements.map((statement, nth) =>
    does(
      at('2021-02-01', `10:1${nth}`),
      `A source says of it: ${statement.value}.`,
      administrator,
      `POST /responsibilities/circumstances/${CIRCUMSTANCE}/statements`,
      { ...statement },
    ),
  ),
  sees(
    at('2021-03-01', '09:00'),
    'On 1 March 2021 socialnämnden is responsible overall, utbildningsnämnden for its own control, and nobody is designated for the follow-up.',
    'stockholm-auditor',
    `/responsibilities?${SCHOOL}&on=2021-03-01`,
    {
      answers: [
        { kind: 'overall', outcome: 'designated', board: { id: SOCIAL } },
        { kind: 'own-internal-control', outcome: 'designated', board: { id: EDUCATION } },
        { kind: 'operational-follow-up', outcome: 'none-designated' },
        { kind: 'contract-follow-up', outcome: 'disputed' },
        { kind: 'per-individual' },
      ],
    },
  ),
];

const proposed: readonly Step[] = [
  stores(at('2022-05-17', '08:55'), 'The specification of the schools is stored.', owner, specification),
  does(
    at('2022-05-17', '09:30'),
    'Socialförvaltningen proposes an agreement.',
    owner,
    'POST /agreements',
    {
      agreement: AGREEMENT,
      title: 'Samverkansöverenskommelse avseende uppföljning av korttidstillsyn enligt LSS i egen regi som bedrivs i stadens skolor',
      parties: [{ board: SOCIAL, registryNumber: '2.3.4-181/2022' }, { board: EDUCATION }],
      proposedBy: SOCIAL,
    },
    201,
  ),
  does(at('2022-05-17', '09:35'), 'Its text is version 1, known by its hash.', owner, `POST /agreements/${AGREEMENT}/versions`, {
    ...content(YEARLY, 12),
    board: SOCIAL,
    on: '2022-05-17',
  }),
  does(at('2022-05-17', '09:40'), 'The officer’s report.', owner, `POST /agreements/${AGREEMENT}/reports`, { board: SOCIAL, on: '2022-05-17', version: V1 }),
  does(at('2022-06-08', '15:00'), 'Förvaltningsgruppen is consulted.', owner, `POST /agreements/${AGREEMENT}/consultations`, {
    board: SOCIAL,
    body: 'Förvaltningsgruppen',
    on: '2022-06-08',
  }),
  does(at('2022-06-09', '15:00'), 'And the council for disability questions.', owner, `POST /agreements/${AGREEMENT}/consultations`, {
    board: SOCIAL,
    body: 'Rådet för funktionshinderfrågor',
    on: '2022-06-09',
  }),
  ...plans('2022-05-02', 'socialnamnden', '2022-06-14'),
  ...meets({
    key: 'socialnamnden',
    on: '2022-06-14',
    number: '§ 13',
    registryNumber: '2.3.4-181/2022',
    points: [
      approves(
        'Socialnämnden godkänner överenskommelse mellan socialnämnden och utbildningsnämnden angående uppföljning av korttidstillsyn som bedrivs i stadens skolor, som ska gälla under förutsättning att utbildningsnämnden fattar likalydande beslut.',
        V1,
      ),
      delegates('Socialnämnden delegerar till socialdirektören att teckna avtalet och revidera överenskommelsen vid behov.'),
    ],
    approvedOn: '2022-06-20',
    dispatchTo: 'utbildningsnamnden',
  }),
  does(at('2022-06-20', '11:00'), 'Socialnämnden’s approval is recorded.', owner, `POST /agreements/${AGREEMENT}/decisions`, {
    decision: decision('socialnamnden', '2022-06-14'),
    version: V1,
  }),
  mayNot(
    at('2022-06-20', '11:05'),
    'Nobody signs without a delegation.',
    'socialnamnden-director',
    `POST /agreements/${AGREEMENT}/signatures`,
    { party: SOCIAL, version: V1, on: '2022-06-20' },
    409,
    'delegation.none',
  ),
  does(at('2022-06-20', '11:10'), 'Point 2 delegates to the director.', owner, `POST /delegation-orders/${SOCIAL}/delegations`, {
    origin: 'special-decision',
    what: 'Socialnämnden delegerar till socialdirektören att teckna avtalet och revidera överenskommelsen vid behov.',
    covers: ['sign-agreements', 'revise-agreements'],
    agreement: AGREEMENT,
    role: 'head-of-administration',
    unit: board('socialnamnden-administration'),
    decision: decision('socialnamnden', '2022-06-14', 1),
  }),
  sees(at('2022-06-20', '11:15'), 'It is approved conditionally, and says what is missing.', owner, `/agreements/${AGREEMENT}`, { inForce: false }),
];

/** A sentence that says what is missing. */
const said = (code: string, sv: string) => ({ code, text: { sv } });

const concurring: readonly Step[] = [
  ...plans('2022-08-01', 'utbildningsnamnden', '2022-08-23', '2022-09-20'),
  does(
    at('2022-08-15', '09:00'),
    'Utbildningsförvaltningen proposes another text: every other year.',
    'utbildningsnamnden-owner',
    `POST /agreements/${AGREEMENT}/versions`,
    {
      ...content(EVERY_OTHER, 24),
      board: EDUCATION,
      on: '2022-08-15',
    },
  ),
  ...meets({
    key: 'utbildningsnamnden',
    on: '2022-08-23',
    number: '§ 7',
    points: [approves('Utbildningsnämnden godkänner överenskommelsen i den lydelse som förvaltningen föreslår (exempel).', V2)],
    approvedOn: '2022-08-30',
    dispatchTo: 'socialnamnden',
  }),
  does(at('2022-08-30', '11:00'), 'Its board approves that version.', 'utbildningsnamnden-owner', `POST /agreements/${AGREEMENT}/decisions`, {
    decision: decision('utbildningsnamnden', '2022-08-23'),
    version: V2,
  }),
  sees(at('2022-08-30', '11:05'), 'Two boards have approved, but not the same text: it is not in force.', owner, `/agreements/${AGREEMENT}`, {
    inForce: false,
    signatures: [],
    versions: [
      {
        number: 1,
        missing: [
          said('approval', 'Utbildningsnämnden har senast godkänt en annan version, version 2, och inte version 1.'),
          said('signature', 'Socialnämnden har inte undertecknat version 1.'),
          said('signature', 'Utbildningsnämnden har inte undertecknat version 1.'),
        ],
      },
      {
        number: 2,
        missing: [
          said('approval', 'Socialnämnden har senast godkänt en annan version, version 1, och inte version 2.'),
          said('signature', 'Socialnämnden har inte undertecknat version 2.'),
          said('signature', 'Utbildningsnämnden har inte undertecknat version 2.'),
        ],
      },
    ],
  }),
  ...plans('2022-08-01', 'ostermalm', '2022-08-25'),
  ...meets({
    key: 'ostermalm',
    on: '2022-08-25',
    number: '§ 9',
    points: [approves('Östermalms stadsdelsnämnd ställer sig bakom överenskommelsen (exempel).', V1)],
    approvedOn: '2022-09-01',
    dispatchTo: 'socialnamnden',
  }),
  mayNot(
    at('2022-09-01', '11:00'),
    'A decision by a board that is no party says nothing of it.',
    owner,
    `POST /agreements/${AGREEMENT}/decisions`,
    { decision: decision('ostermalm', '2022-08-25'), version: V1 },
    422,
    'decision.no-party',
  ),
  mayNot(
    at('2022-09-01', '11:05'),
    'A party signs only what its own board has approved.',
    'socialnamnden-director',
    `POST /agreements/${AGREEMENT}/signatures`,
    { party: SOCIAL, version: V2, on: '2022-09-01' },
    409,
    'signing.before-approval',
  ),
  ...meets({
    key: 'utbildningsnamnden',
    on: '2022-09-20',
    number: '§ 5',
    points: [
      approves('Utbildningsnämnden godkänner överenskommelsen i samma lydelse som socialnämnden (exempel).', V1),
      delegates('Utbildningsnämnden delegerar till utbildningsdirektören att teckna avtalet (exempel).'),
    ],
    approvedOn: '2022-09-27',
    dispatchTo: 'socialnamnden',
  }),
  does(at('2022-09-27', '11:00'), 'Now the decisions concur.', 'utbildningsnamnden-owner', `POST /agreements/${AGREEMENT}/decisions`, {
    decision: decision('utbildningsnamnden', '2022-09-20'),
    version: V1,
  }),
  does(at('2022-09-27', '11:05'), 'Utbildningsnämnden delegates the signing.', 'utbildningsnamnden-owner', `POST /delegation-orders/${EDUCATION}/delegations`, {
    origin: 'special-decision',
    what: 'Utbildningsnämnden delegerar till utbildningsdirektören att teckna avtalet (exempel).',
    covers: ['sign-agreements'],
    agreement: AGREEMENT,
    role: 'head-of-administration',
    unit: board('utbildningsnamnden-administration'),
    decision: decision('utbildningsnamnden', '2022-09-20', 1),
  }),
  sees(at('2022-09-27', '11:10'), 'Signatures are still missing.', owner, `/agreements/${AGREEMENT}`, { inForce: false }),
  does(at('2022-09-29', '09:00'), 'The director of socialförvaltningen signs.', 'socialnamnden-director', `POST /agreements/${AGREEMENT}/signatures`, {
    party: SOCIAL,
    version: V1,
    on: '2022-09-29',
  }),
  does(
    at('2022-10-05', '09:00'),
    'That of utbildningsförvaltningen did so on Monday the 3rd; it is entered on the 5th.',
    'utbildningsnamnden-director',
    `POST /agreements/${AGREEMENT}/signatures`,
    {
      party: EDUCATION,
      version: V1,
      on: '2022-10-03',
    },
  ),
  sees(at('2022-10-05', '09:05'), 'It is in force from the day of the last signature, not from that of its recording.', owner, `/agreements/${AGREEMENT}`, {
    inForce: true,
    inForceOn: '2022-10-03',
  }),
  answered(at('2022-10-05', '09:10'), '2022-10-02', 'The day before nobody was designated.', NOBODY),
  answered(at('2022-10-05', '09:11'), '2022-10-03', 'From that day socialnämnden is.', SOCIALS),
  answered(at('2022-10-05', '09:12'), '2022-10-04', 'The day after as well.', SOCIALS),
  sees(
    at('2022-10-05', '09:15'),
    'As it was recorded the day before, nobody was.',
    'stockholm-auditor',
    `/responsibilities?${SCHOOL}&kind=operational-follow-up&on=2022-10-03&asOf=${encodeURIComponent(at('2022-10-04', '12:00'))}`,
    { answers: [NOBODY] },
  ),
];

const ended: readonly Step[] = [
  ...plans('2023-12-01', 'socialnamnden', '2024-01-23'),
  does(at('2023-09-19', '09:00'), 'The yearly review.', owner, `POST /agreements/${AGREEMENT}/reviews`, {
    on: '2023-09-19',
    outcome: 'keep',
    note: 'Parterna är överens om att den fungerar (exempel).',
  }),
  ...meets({
    key: 'socialnamnden',
    on: '2024-01-23',
    number: '§ 4',
    points: [approves('Socialnämnden säger upp överenskommelsen till den 31 december 2024 (exempel).', V1)],
    approvedOn: '2024-01-30',
    dispatchTo: 'utbildningsnamnden',
  }),
  does(at('2024-01-30', '11:00'), 'Socialnämnden terminates it with notice.', owner, `POST /agreements/${AGREEMENT}/terminations`, {
    decision: decision('socialnamnden', '2024-01-23'),
    on: '2024-01-30',
    lastDay: '2024-12-31',
  }),
  does(at('2024-08-20', '09:00'), 'A last yearly review.', owner, `POST /agreements/${AGREEMENT}/reviews`, {
    on: '2024-08-20',
    outcome: 'keep',
    note: 'Tiden efter uppsägningen bereds (exempel).',
  }),
  answered(at('2025-01-02', '09:00'), '2024-12-31', 'Through its last day socialnämnden is responsible.', SOCIALS),
  answered(at('2025-01-02', '09:05'), '2025-01-01', 'From then on nobody is designated again.', NOBODY),
];

export const caseB: readonly Step[] = inOrder(rules, proposed, concurring, ended);

const RULE = derivedId(AGREEMENT, 'rule', V1, 0, '1');
const [STRUCTURE, VIEWS, INQUIRY] = ['struktur', 'synpunkter', 'utredning'].map(action);
const node = (kind: string, its: string | undefined) => ({ kind, id: its });
const inForce = { ...node('agreement', AGREEMENT), status: 'in-force', on: '2022-10-03' };
const follows = { ...node('rule', RULE), name: 'Verksamhetsuppföljning', boardName: 'Socialnämnden', status: 'in-force', on: '2022-10-03' };
/** Up to the report, from what led to the agreement. */
const answered2020 = [
  node('audit', AUDIT),
  node('recommendation', R1),
  node('recommendation', R2),
  node('obligation', obligationOf(R1, 'socialnamnden')),
  node('obligation', obligationOf(R2, 'socialnamnden')),
  node('reply', replyOf('socialnamnden')),
];

/** Where case A and case B are both played: what socialnämnden promised in its reply led to the agreement, and the chain goes through to its rule. */
export const caseAToAgreement: readonly Step[] = [
  mayNot(
    at('2022-10-06', '08:55'),
    'The other party links only what is its own.',
    'utbildningsnamnden-owner',
    `POST /agreements/${AGREEMENT}/links`,
    { actions: [STRUCTURE] },
    422,
    'agreement.action-unknown',
  ),
  does(at('2022-10-06', '09:00'), 'The inquiry and the structure that the reply promised led to the agreement.', owner, `POST /agreements/${AGREEMENT}/links`, {
    actions: [STRUCTURE, INQUIRY],
  }),
  sees(at('2022-10-06', '09:05'), 'From R1 the chain leads to the rule of who follows up.', 'stockholm-auditor', `/chain/recommendation/${R1}`, {
    nodes: [
      node('audit', AUDIT),
      node('recommendation', R1),
      node('obligation', obligationOf(R1, 'socialnamnden')),
      node('reply', replyOf('socialnamnden')),
      ...[STRUCTURE, VIEWS, INQUIRY].map((its) => node('action', its)),
      inForce,
      follows,
    ],
  }),
  sees(at('2022-10-06', '09:06'), 'And from the rule back to both recommendations and their report.', 'stockholm-auditor', `/chain/rule/${RULE}`, {
    nodes: [...answered2020, ...[STRUCTURE, INQUIRY].map((its) => node('action', its)), inForce, follows],
  }),
  sees(at('2022-10-06', '09:07'), 'From the agreement as well, by one of its parties.', owner, `/chain/agreement/${AGREEMENT}`, {
    nodes: [...answered2020, ...[STRUCTURE, INQUIRY].map((its) => node('action', its)), inForce, follows],
  }),
  sees(
    at('2022-10-06', '09:08'),
    'As it was recorded the day before, the structure led to nothing yet.',
    owner,
    `/chain/agreement/${AGREEMENT}?asOf=${encodeURIComponent(at('2022-10-05', '12:00'))}`,
    { nodes: [inForce, follows] },
  ),
];
