import { AUDIT, autumnReview, board, checklist, legalInquiry, methodMeeting, R1, R2, R3, yearlyReport } from './case-a.report.js';
import { decides, decision, obligationOf, plans, replyOf } from './case-a.replies.js';
import { derivedId } from '#libs/kernel';
import { sampleId } from './municipalities.js';
import { at, does, hashOf, mayNot, paper, sees, stores } from './scenes.js';
import type { Step } from './step.js';

/** What the boards said they had done, do and will do (domain §3.2.4), and what became of it. */
export const action = (name: string): string => sampleId('action', name);

interface Proposed {
  readonly key: string;
  readonly title: string;
  readonly kind: 'already-done' | 'ongoing' | 'promised';
  readonly description: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

const proposes = (
  day: string,
  nth: number,
  by: string,
  unit: string,
  role: string,
  obligations: readonly string[],
  source: string,
  { key, title, kind, description, more = {} }: Proposed,
): Step =>
  does(
    at(day, `10:${String(nth).padStart(2, '0')}`),
    `${title}: ${kind}.`,
    by,
    'POST /actions',
    { action: action(key), title, kind, description, obligations, unit: board(unit), role, source, ...more },
    201,
  );

/** Östermalm’s, each by its name and kind [001]. */
const ostermalms: readonly Proposed[] = [
  {
    key: 'checklista',
    title: 'Checklistan för handläggningsprocessen är reviderad',
    kind: 'already-done',
    description: 'För att säkerställa detta har enheten för stöd och service reviderat sin checklista för handlägg­ningsprocessen.'.replace('\u00ad', ''),
  },
  {
    key: 'introduktion',
    title: 'Genomgång av beställningar i introduktionen av ny personal',
    kind: 'ongoing',
    description: 'En genomgång av beställningar ingår som ett särskilt moment i introduktionen av ny personal.',
    more: { frequency: { asWritten: 'vid introduktion av ny personal' } },
  },
  {
    key: 'handledarstod',
    title: 'Handledarstöd av en erfaren kollega',
    kind: 'ongoing',
    description: 'Alla nya handläggare får under minst sex månader handledarstöd av en erfaren kollega.',
    more: { frequency: { asWritten: 'under minst sex månader' } },
  },
  {
    key: 'arendedragningar',
    title: 'Ärendedragningar om syftet med en insats',
    kind: 'ongoing',
    description: 'Alla handläggare ges i samband med ärendedragningar möjlighet att diskutera hur syftet med en insats kan formuleras.',
    more: { frequency: { asWritten: 'i samband med ärendedragningar' } },
  },
  {
    key: 'granskning',
    title: 'Kollegial granskning av ärenden',
    kind: 'ongoing',
    description: 'Två gånger per år genomförs en kollegial granskning av ärenden inom enheten.',
    more: { frequency: { asWritten: 'två gånger per år', everyMonths: 6, startsOn: '2020-07-01' } },
  },
  {
    key: 'host',
    title: 'Granskningen omfattar även genomförandeplanerna',
    kind: 'promised',
    description: 'Under hösten 2020 kommer granskningen även att omfatta hur genomförandeplanerna är formulerade.',
    more: { timeAsWritten: 'under hösten 2020', promisedOn: '2020-11-30' },
  },
  {
    key: 'stickprov',
    title: 'Stickprov av genomförandeplaner',
    kind: 'ongoing',
    description: 'Regelbundna stickprov görs för att säkerställa att alla beslutade insatser har en dokumenterad genomförandeplan.',
    more: { frequency: { asWritten: 'regelbundet' } },
  },
  {
    key: 'metodmoten',
    title: 'Metodmöten',
    kind: 'ongoing',
    description: 'Det som framkommer i granskningarna behandlas på månatliga metodmöten.',
    more: { frequency: { asWritten: 'månatliga', everyMonths: 1, startsOn: '2020-10-01' } },
  },
  {
    key: 'arshjul',
    title: 'Granskningarna står i enhetens årshjul för internkontroll',
    kind: 'already-done',
    description: 'De kollegiala granskningarna utgör, liksom stickproven, en del i enhetens kvalitetsarbete och finns dokumenterade i enhetens årshjul.',
  },
];

/** Socialförvaltningen’s, without a date [003]. */
const socials: readonly Proposed[] = [
  {
    key: 'utredning',
    title: 'Utreda juridiskt vem som ansvarar för uppföljningen',
    kind: 'promised',
    description: 'I arbetet ingår att utreda juridiskt vem som ansvarar för uppföljningen.',
  },
  {
    key: 'synpunkter',
    title: 'Synpunkter från avdelningschefsnätverket och berörda rektorer',
    kind: 'promised',
    description: 'Förslaget kommer att presenteras för stadens avdelningschefsnätverk samt för berörda rektorer för att inhämta deras synpunkter.',
  },
  {
    key: 'struktur',
    title: 'En struktur för uppföljningen',
    kind: 'promised',
    description: 'Socialförvaltningen kommer slutligen att landa i en struktur för uppföljning.',
  },
];

/** The four yearly activities of 2021 [002]. */
const yearly = { asWritten: 'på en årlig basis', everyMonths: 12, startsOn: '2021-01-01' };
const activities: readonly Proposed[] = [
  {
    key: 'anvisningar',
    title: 'Anvisningar, mallar och rutiner för uppföljning av utförare i egen regi',
    kind: 'ongoing',
    description: 'Ta fram anvisningar, mallar och rutiner för uppföljning av utförare i egen regi i staden.',
    more: { frequency: yearly },
  },
  {
    key: 'information',
    title: 'Skriftlig information om ansvaret för uppföljningarna',
    kind: 'ongoing',
    description: 'Ta fram en skriftlig information som tydliggör ansvaret för uppföljningarna mellan socialförvaltningen och stadsdelsförvaltningarna.',
    more: { frequency: yearly },
  },
  {
    key: 'arsrapport',
    title: 'Årsrapport över uppföljningar i egen och privat regi',
    kind: 'ongoing',
    description: 'I en årsrapport sammanfatta resultatet av uppföljningar både i egen och privat regi.',
    more: { frequency: yearly },
  },
  {
    key: 'kvalitetsfragor',
    title: 'Kvalitetsfrågor till brukare',
    kind: 'ongoing',
    description: 'Ta fram kvalitetsfrågor som handläggare ska ställa till brukare då insatsen följs upp.',
    more: { frequency: yearly },
  },
];

const R3_AT = (key: string) => obligationOf(R3, key);
const OWNER = 'ostermalm-owner';

export const proposals: readonly Step[] = [
  ...ostermalms.map((one, nth) =>
    proposes('2020-09-10', nth, OWNER, 'ostermalm-lss', 'unit-manager', [R3_AT('ostermalm')], '[001]', {
      ...one,
      more: { ...one.more, reply: replyOf('ostermalm') },
    }),
  ),
  ...socials.map((one, nth) =>
    proposes(
      '2020-09-15',
      nth,
      'socialnamnden-owner',
      'socialnamnden-law',
      'unit-manager',
      [obligationOf(R1, 'socialnamnden'), obligationOf(R2, 'socialnamnden')],
      '[003]',
      {
        ...one,
        more: { ...one.more, reply: replyOf('socialnamnden') },
      },
    ),
  ),
  sees(
    at('2020-10-07', '12:00'),
    'With the reply Östermalm’s actions are promised: six are carried out again and again, two are stated done already, one has a day.',
    OWNER,
    `/actions?obligation=${R3_AT('ostermalm')}&kind=ongoing&limit=200`,
    {
      total: 6,
    },
  ),
  sees(
    at('2020-10-07', '12:01'),
    'What is stated done already awaits evidence, and is shown apart.',
    OWNER,
    `/actions?obligation=${R3_AT('ostermalm')}&evidenceAwaited=true`,
    { total: 2 },
  ),
  sees(
    at('2020-10-22', '12:00'),
    'Socialnämnden’s three have no day: each asks for one.',
    'socialnamnden-owner',
    `/actions?obligation=${obligationOf(R1, 'socialnamnden')}&undated=true`,
    { total: 3 },
  ),
];

export const carriedOut: readonly Step[] = [
  stores(at('2020-10-12', '09:00'), 'The revised checklist is stored.', OWNER, checklist),
  does(at('2020-10-12', '09:05'), 'It is the evidence of what was stated done.', OWNER, `POST /actions/${action('checklista')}/evidence`, {
    documents: [hashOf(checklist)],
  }),
  stores(at('2020-10-21', '16:00'), 'Notes of the method meeting are stored.', OWNER, methodMeeting),
  does(at('2020-10-21', '16:05'), 'October’s method meeting has been held.', 'ostermalm-manager', `POST /actions/${action('metodmoten')}/occasions`, {
    heldOn: '2020-10-21',
    documents: [hashOf(methodMeeting)],
    note: 'Metodmöte om delmål (exempel).',
  }),
  mayNot(
    at('2020-11-25', '09:00'),
    'A promise is not done without evidence.',
    'ostermalm-manager',
    `POST /actions/${action('host')}/done`,
    { doneOn: '2020-11-25' },
    422,
    'action.evidence-missing',
  ),
  mayNot(
    at('2020-11-25', '09:05'),
    'Nor is its day moved without a reason.',
    'ostermalm-manager',
    `POST /actions/${action('host')}/moves`,
    { to: '2020-12-31' },
    422,
    'action.reason-missing',
  ),
  does(
    at('2020-11-25', '09:10'),
    'Within three months the responsible role moves the day itself.',
    'ostermalm-manager',
    `POST /actions/${action('host')}/moves`,
    {
      to: '2020-12-31',
      reason: 'Granskningen sköts upp en månad (exempel).',
    },
  ),
  mayNot(
    at('2020-11-25', '09:15'),
    'Beyond that somebody higher decides.',
    'ostermalm-manager',
    `POST /actions/${action('host')}/moves`,
    { to: '2021-07-31', reason: 'Mer tid (exempel).' },
    409,
    'action.level-missing',
  ),
  stores(at('2020-12-18', '09:00'), 'The record of the autumn’s review is stored.', OWNER, autumnReview),
  does(at('2020-12-18', '09:05'), 'The promise is done, with its evidence.', 'ostermalm-manager', `POST /actions/${action('host')}/done`, {
    doneOn: '2020-12-18',
    documents: [hashOf(autumnReview)],
  }),
  does(at('2020-12-18', '09:10'), 'The review also counts as this half-year’s.', 'ostermalm-manager', `POST /actions/${action('granskning')}/occasions`, {
    heldOn: '2020-12-17',
    documents: [hashOf(autumnReview)],
  }),
  sees(at('2020-12-18', '09:15'), 'The first promised day and the move stay visible.', OWNER, `/actions/${action('host')}`, {
    status: 'done',
    firstPromisedOn: '2020-11-30',
    promisedOn: '2020-12-31',
  }),
  // Socialnämnden’s undated ones get days; the first is moved over its limits.
  does(
    at('2021-01-15', '09:00'),
    'The legal inquiry gets a day: no move, since it had none.',
    'socialnamnden-owner',
    `POST /actions/${action('utredning')}/first-days`,
    { on: '2021-06-30' },
  ),
  does(at('2021-01-15', '09:01'), 'So does the structure.', 'socialnamnden-owner', `POST /actions/${action('struktur')}/first-days`, { on: '2021-12-31' }),
  does(
    at('2021-06-14', '09:00'),
    'The inquiry needs half a year more: its unit asks.',
    'socialnamnden-manager',
    `POST /actions/${action('utredning')}/move-requests`,
    {
      to: '2021-12-30',
      reason: 'Utbildningsförvaltningen behöver höras (exempel).',
    },
  ),
  sees(at('2021-06-14', '09:05'), 'Until that is approved the old day stands.', 'socialnamnden-owner', `/actions/${action('utredning')}`, {
    promisedOn: '2021-06-30',
  }),
  // [002]: the four yearly activities, with consultations on 21 and 22 April 2021; that the board decided so is a sample.
  ...plans('2021-03-01', 'socialnamnden', '2021-05-18', '2021-06-15'),
  ...activities.map((one, nth) =>
    proposes('2021-04-23', nth, 'socialnamnden-owner', 'socialnamnden-law', 'unit-manager', [obligationOf(R2, 'socialnamnden')], '[002]', one),
  ),
  ...decides({
    key: 'socialnamnden',
    on: '2021-05-18',
    number: '§ 9',
    title: 'Förstärkt uppföljning av utförarverksamheter i egen regi (exempel)',
    text: 'Nämnden uppdrar till förvaltningen att ta fram anvisningar, mallar och rutiner samt i övrigt genomföra de aktiviteter som tjänsteutlåtandet innehåller.',
    object: { kind: 'audit', id: AUDIT },
    approvedOn: '2021-05-25',
    dispatchedOn: '2021-05-27',
    dispatchTo: 'norrmalm',
  }),
  ...activities.map(({ key, title }, nth) =>
    does(
      at('2021-05-25', `13:${String(nth).padStart(2, '0')}`),
      `${title}: promised by the board.`,
      'socialnamnden-owner',
      `POST /actions/${action(key)}/promises`,
      {
        on: '2021-05-18',
        decision: decision('socialnamnden', '2021-05-18'),
      },
    ),
  ),
  stores(at('2022-02-15', '09:00'), 'The yearly report of 2021 is stored.', 'socialnamnden-owner', yearlyReport),
  does(at('2022-02-15', '09:05'), 'It is this year’s occasion, recorded late.', 'socialnamnden-manager', `POST /actions/${action('arsrapport')}/occasions`, {
    heldOn: '2021-12-14',
    documents: [hashOf(yearlyReport)],
  }),
  stores(at('2022-05-17', '09:00'), 'The legal inquiry is stored.', 'socialnamnden-owner', legalInquiry),
  does(
    at('2022-05-17', '09:05'),
    'The legal inquiry is done, a year after its first day; both days are shown.',
    'socialnamnden-manager',
    `POST /actions/${action('utredning')}/done`,
    {
      doneOn: '2022-05-17',
      documents: [hashOf(legalInquiry)],
    },
  ),
];

/** The board decides that it is implemented, and the elected auditors judge. Both are samples. */
export const closed: readonly Step[] = [
  ...plans('2021-01-11', 'ostermalm', '2021-03-25'),
  mayNot(
    at('2021-01-12', '09:00'),
    'The board does not judge itself.',
    OWNER,
    `POST /obligations/${R3_AT('ostermalm')}/judgements`,
    { outcome: 'met', decidedOn: '2021-01-12', source: { kind: 'annual-report', reference: 'exempel' }, grounds: 'Exempel.' },
    403,
    'role.not-allowed',
  ),
  ...decides({
    key: 'ostermalm',
    on: '2021-03-25',
    number: '§ 8',
    title: 'Uppföljning av åtgärder med anledning av revisionsrapport nr 5 2020 (exempel)',
    text: 'Nämnden bedömer att rekommendationen är genomförd (exempel).',
    object: { kind: 'obligation', id: R3_AT('ostermalm') },
    approvedOn: '2021-04-06',
    dispatchedOn: '2021-04-08',
  }),
  does(
    at('2021-04-06', '12:00'),
    'Östermalm decides that R3 is implemented; what is carried out again and again runs on.',
    OWNER,
    `POST /obligations/${R3_AT('ostermalm')}/implementations`,
    {
      decision: decision('ostermalm', '2021-03-25'),
      grounds: 'Checklistan är reviderad och granskningen genomförd (exempel).',
    },
  ),
  sees(at('2021-04-06', '12:05'), 'It is implemented, and not yet judged: that is normal.', 'stockholm-auditor', `/obligations/${R3_AT('ostermalm')}`, {
    status: 'implemented',
    judgements: [],
  }),
  mayNot(
    at('2022-04-20', '09:00'),
    'The auditors’ office records a judgement only by the elected auditors’ decision.',
    'stockholm-audit-officer',
    `POST /obligations/${R3_AT('ostermalm')}/judgements`,
    { outcome: 'met', decidedOn: '2022-04-19', source: { kind: 'annual-report', reference: 'Årsrapport 2021 (exempel)' }, grounds: 'Exempel.' },
    422,
    'judgement.decision-not-cited',
  ),
  does(at('2022-04-20', '09:05'), 'Citing it, it does.', 'stockholm-audit-officer', `POST /obligations/${R3_AT('ostermalm')}/judgements`, {
    outcome: 'met',
    decidedOn: '2022-04-19',
    decisionReference: 'Stadsrevisionen 2022-04-19 § 4 (exempel)',
    source: { kind: 'annual-report', reference: 'Årsrapport 2021 (exempel)' },
    grounds: 'Beställningar och genomförandeplaner beskriver insatsen (exempel).',
  }),
];

const MANAGER = 'ostermalm-manager';
const SOCIAL = 'socialnamnden-manager';
const EXAMPLE = paper('Underlag (exempel).txt', 'Exempel: underlag som visar att åtgärden är genomförd.');

const ends = (day: string, time: string, by: string, key: string, reason: string): Step =>
  does(at(day, time), `${key}: carried out no more.`, by, `POST /actions/${action(key)}/endings`, { on: day, reason });
const holds = (day: string, time: string, by: string, key: string): Step =>
  does(at(day, time), `${key}: carried out once more.`, by, `POST /actions/${action(key)}/occasions`, { heldOn: day, documents: [hashOf(EXAMPLE)] });
const done = (day: string, time: string, by: string, key: string): Step =>
  does(at(day, time), `${key}: done, with evidence.`, by, `POST /actions/${action(key)}/done`, { doneOn: day, documents: [hashOf(EXAMPLE)] });
const reads = (day: string, time: string, by: string, key: string, everyMonths: number, startsOn: string, asWritten: string): Step =>
  does(at(day, time), `${key}: how often is read.`, by, `POST /actions/${action(key)}/frequencies`, {
    frequency: { asWritten, everyMonths, startsOn },
    reason: 'Årlig avstämning (exempel).',
  });

const ROUTINES = [
  ['introduktion', 'vid introduktion av ny personal'],
  ['handledarstod', 'under minst sex månader'],
  ['arendedragningar', 'i samband med ärendedragningar'],
  ['stickprov', 'regelbundet'],
] as const;

/** How it went on: all of it samples, so that what the cases leave is not overdue for years. */
export const wentOn: readonly Step[] = [
  stores(at('2020-10-26', '09:00'), 'A sample of evidence is stored.', OWNER, EXAMPLE),
  ...ROUTINES.map(([key, asWritten], nth) => reads('2020-10-26', `10:0${nth}`, MANAGER, key, 12, '2020-10-01', asWritten)),
  ...ROUTINES.map(([key], nth) => ends('2021-09-30', `10:0${nth}`, MANAGER, key, 'Ingår i enhetens ordinarie rutiner (exempel).')),
  holds('2020-11-18', '15:00', MANAGER, 'metodmoten'),
  ends('2021-02-01', '09:00', MANAGER, 'metodmoten', 'Uppgår i avdelningens gemensamma metodmöten (exempel).'),
  holds('2021-05-20', '15:00', MANAGER, 'granskning'),
  holds('2021-11-18', '15:00', MANAGER, 'granskning'),
  ends('2021-12-31', '10:00', MANAGER, 'granskning', 'Ersätts av stadens gemensamma granskning (exempel).'),
  stores(at('2021-01-15', '08:55'), 'The same evidence is one document to both boards.', 'socialnamnden-owner', EXAMPLE),
  does(
    at('2021-01-15', '09:02'),
    'And the views of the network and the head teachers.',
    'socialnamnden-owner',
    `POST /actions/${action('synpunkter')}/first-days`,
    { on: '2021-03-31' },
  ),
  done('2021-03-24', '09:00', SOCIAL, 'synpunkter'),
  does(
    at('2021-06-16', '09:00'),
    'The head of the department lets the inquiry take half a year more.',
    'socialnamnden-head',
    `POST /actions/${action('utredning')}/move-requests/${derivedId(action('utredning'), 'move', 0)}/approvals`,
    {},
  ),
  does(
    at('2021-12-10', '09:00'),
    'And the head of the administration another: a year from the first promise.',
    'socialnamnden-director',
    `POST /actions/${action('utredning')}/moves`,
    {
      to: '2022-06-30',
      reason: 'Överenskommelsen bereds parallellt (exempel).',
    },
  ),
  does(at('2021-12-10', '09:05'), 'The structure is moved by half a year.', 'socialnamnden-head', `POST /actions/${action('struktur')}/moves`, {
    to: '2022-06-30',
    reason: 'Överenskommelsen bereds parallellt (exempel).',
  }),
  done('2022-06-20', '09:00', SOCIAL, 'struktur'),
  ...['anvisningar', 'information', 'kvalitetsfragor'].map((key, nth) => holds('2021-12-14', `10:0${nth}`, SOCIAL, key)),
  ...activities.map(({ key }, nth) => holds('2022-12-13', `10:0${nth}`, SOCIAL, key)),
  ...activities.map(({ key }, nth) => ends('2023-06-30', `10:0${nth}`, SOCIAL, key, 'Uppgår i den ordinarie årliga uppföljningen (exempel).')),
];
