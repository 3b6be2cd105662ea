import { auditId } from '#libs/audits';
import { sampleId } from './municipalities.js';
import { at, does, mayNot, paper, sees } from './scenes.js';
import type { Step } from './step.js';

/** Report Nr 5 2020: the audit, its recommendations and those it was handed over to (domain §3.2, case A). */
/** Our numbering: the report has none. */
export const [R1, R2, R3] = ['R1', 'R2', 'R3'].map((number) => sampleId('recommendation', 'nr 5 2020', number)) as [string, string, string];

export const board = (key: string): string => sampleId('unit', key);

/** The report’s id follows from issuer and number: whoever registers it again finds it. */
export const AUDIT = auditId('stockholm', board('stadsrevisionen'), 'Nr 5 2020');

/** The five district boards whose reply was asked for. */
export const FIVE = ['norrmalm', 'spanga-tensta', 'alvsjo', 'ostermalm', 'hasselby-vallingby'] as const;
/** The other nine, informed only. */
const NINE = [
  'bromma',
  'enskede-arsta-vantor',
  'farsta',
  'hagersten-liljeholmen',
  'kungsholmen',
  'rinkeby-kista',
  'skarpnack',
  'skarholmen',
  'sodermalm',
] as const;

/** Sample: the missive that set it is not among the sources. */
const LAST_REPLY_DAY = '2020-10-30';

const office = 'stockholm-audit-officer';
const DAY = '2020-05-25';

const refer = (key: string, time: string, more: Readonly<Record<string, unknown>>): Step =>
  does(at(DAY, time), `The report is handed over to ${key}: ${String(more.kind)}.`, office, `POST /audits/${AUDIT}/referrals`, { board: board(key), ...more });

const receive = (key: string, day: string, registryNumber?: string): Step =>
  does(at(day, '13:00'), `The registry of ${key} receives it.`, `${key}-registrar`, `POST /audits/${AUDIT}/referrals/${board(key)}/receptions`, {
    on: day,
    ...(registryNumber !== undefined && { registryNumber }),
  });

const recommend = (time: string, number: string, recommendation: string, wording: string, addressees: readonly string[], addressed: string): Step =>
  does(at(DAY, time), `Recommendation ${number} is recorded in the auditors’ wording.`, office, `POST /audits/${AUDIT}/recommendations`, {
    recommendation,
    number,
    wording,
    addressees: addressees.map(board),
    addressed,
  });

const quote = (recommendation: string, time: string, wording: string, source: string): Step =>
  does(
    at('2022-05-18', time),
    'Another document words the recommendation in its own way; both are kept.',
    office,
    `POST /audits/${AUDIT}/recommendations/${recommendation}/wordings`,
    {
      wording,
      source,
    },
  );

const state = (day: string, time: string, about: string, value: string, from: string, to: string, source: string, quotation: string): Step =>
  does(at(day, time), `A source states ${about}: ${value}.`, office, `POST /audits/${AUDIT}/statements`, { about, value, on: { from, to }, source, quotation });

export const report: readonly Step[] = [
  does(
    at(DAY, '09:00'),
    'The auditors decide to hand over report Nr 5 2020; its office registers it. The report’s own day is unknown.',
    office,
    'POST /audits',
    {
      numbers: ['Nr 5 2020'],
      registryNumber: '3.1.3-104/2020',
      title: 'Uppföljning av utförare av korttidstillsyn enligt LSS',
      handedOverOn: DAY,
      issuedBy: board('stadsrevisionen'),
    },
    201,
  ),
  mayNot(
    at(DAY, '09:01'),
    'The same number of the same auditors is one report, however it is written.',
    office,
    'POST /audits',
    { numbers: ['2020:5'], title: 'Samma rapport igen', issuedBy: board('stadsrevisionen') },
    409,
    'audit.exists',
  ),
  mayNot(
    at(DAY, '09:02'),
    'A board that does not exist yet cannot be handed a report; the board of that day is named.',
    office,
    `POST /audits/${AUDIT}/referrals`,
    { board: board('finns-inte'), kind: 'information' },
    422,
    'board.unknown',
  ),
  ...['socialnamnden', ...FIVE].map((key, nth) => refer(key, `09:1${nth}`, { kind: 'for-reply', lastReplyOn: LAST_REPLY_DAY, replyBasis: 'Missiv (exempel)' })),
  refer('utbildningsnamnden', '09:20', { kind: 'possible-reply' }),
  ...NINE.map((key, nth) => refer(key, `09:3${nth}`, { kind: 'information' })),
  recommend('10:00', 'R1', R1, 'Tydliggöra ansvarsfördelningen för uppföljning av utförare av korttidstillsyn.', ['socialnamnden'], 'named'),
  recommend('10:01', 'R2', R2, 'Säkerställa att samtliga utförare av korttidstillsyn, oavsett regiform, följs upp.', ['socialnamnden'], 'named'),
  recommend(
    '10:02',
    'R3',
    R3,
    'Säkerställa att det tydligt framgår av beställning och genomförandeplan vad insatsen ska omfatta för att möjliggöra att insatsen och dess kvalitet kan följas upp.',
    FIVE,
    'group',
  ),
  sees(
    at(DAY, '10:05'),
    'Six referrals are for reply, one for possible reply, nine for information; the number is found in any writing.',
    'stockholm-overseer',
    '/audits?search=5%2F2020',
    {
      total: 1,
      items: [{ audit: AUDIT, title: 'Uppföljning av utförare av korttidstillsyn enligt LSS' }],
    },
  ),
  ...(['for-reply', 'possible-reply', 'information'] as const).map((kind, nth) =>
    sees(at(DAY, `10:0${6 + nth}`), `Referrals ${kind}.`, 'stockholm-overseer', `/referrals?audit=${AUDIT}&kind=${kind}&limit=200`, { total: [6, 1, 9][nth] }),
  ),
  sees(at(DAY, '10:10'), 'Seven obligations: two of socialnämnden, one of each of the five districts.', 'stockholm-overseer', '/obligations?limit=200', {
    total: 7,
  }),
  receive('socialnamnden', '2020-05-27', '2.3.4-251/2020'),
  receive('ostermalm', '2020-05-28', '1.6-314/2020'),
  ...['norrmalm', 'spanga-tensta', 'alvsjo', 'hasselby-vallingby', 'utbildningsnamnden'].map((key) => receive(key, '2020-05-28')),
];

/** What the later documents say of it (recorded when the agreement was prepared). */
export const otherWordings: readonly Step[] = [
  quote(
    R1,
    '09:00',
    'Ansvarsfördelningen för uppföljning av utförare av korttidstillsyn behöver tydliggöras.',
    '[000] Socialnämndens tjänsteutlåtande 2022-05-17',
  ),
  quote(R1, '09:01', 'Tydliggöra ansvaret för uppföljning av utförare av korttidstillsyn.', '[001] Östermalms tjänsteutlåtande till nämnden 2020-09-24'),
  quote(
    R2,
    '09:02',
    'Det behöver säkerställas att samtliga utförare av korttidstillsyn, oavsett regiform, följs upp.',
    '[000] Socialnämndens tjänsteutlåtande 2022-05-17',
  ),
  state(
    '2021-05-19',
    '09:00',
    'period-audited',
    '2019',
    '2019-01-01',
    '2019-12-31',
    '[002] Förstärkt uppföljning',
    'Under 2019 genomförde revisionskontoret en granskning',
  ),
  state(
    '2021-05-19',
    '09:01',
    'decision-on-the-model',
    'under 2021',
    '2021-01-01',
    '2021-12-31',
    '[002] Förstärkt uppföljning',
    'Förvaltningen föreslår att verksamhetsuppföljningen … ska hanteras på motsvarande sätt',
  ),
  state(
    '2022-05-18',
    '09:10',
    'period-audited',
    '2020',
    '2020-01-01',
    '2020-12-31',
    '[000] Tjänsteutlåtande 2022-05-17',
    'Av stadsrevisionens granskning år 2020',
  ),
  state(
    '2022-05-18',
    '09:11',
    'decision-on-the-model',
    'april 2020',
    '2020-04-01',
    '2020-04-30',
    '[000] Tjänsteutlåtande 2022-05-17',
    'Socialnämnden beslutade i april 2020',
  ),
  sees(at('2022-05-18', '09:20'), 'Where sources disagree, the audit says so; nobody has chosen one.', 'stockholm-auditor', `/audits/${AUDIT}`, {
    statements: [
      { about: 'decision-on-the-model', differ: true },
      { about: 'period-audited', differ: true },
    ],
  }),
];

/** Evidence that is cited; the words are samples. */
export const checklist = paper('Checklista för handläggning (exempel).txt', 'Exempel: den reviderade checklistan för handläggningsprocessen.');
export const autumnReview = paper('Kollegial granskning hösten 2020 (exempel).txt', 'Exempel: protokoll från den kollegiala granskningen hösten 2020.');
export const methodMeeting = paper('Metodmöte oktober 2020 (exempel).txt', 'Exempel: minnesanteckningar från metodmötet i oktober 2020.');
export const legalInquiry = paper('Rättsutredning (exempel).txt', 'Exempel: utredning av vem som ansvarar för uppföljningen.');
export const yearlyReport = paper('Årsrapport 2021 (exempel).txt', 'Exempel: årsrapport över uppföljningar i egen och privat regi 2021.');
