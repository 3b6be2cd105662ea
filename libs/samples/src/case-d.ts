import { obligationId } from '#libs/audits';
import { replyId } from '#libs/replies';
import { sampleId } from './municipalities.js';
import { inOrder } from './play.js';
import { at, does, hashOf, paper, sees, stores } from './scenes.js';
import type { Step } from './step.js';

/**
 * Case D: EY’s audit of collaboration in Tyresö [004]. Its number, days and last day are unknown and shown so; its three recommendations
 * name no addressee, so that each is held, as interpreted, to concern the three boards audited. One reply is known, proposed by the
 * administration to arbetsmarknads- och socialnämnden “för beslut i kommunstyrelsen”; that it was decided is a sample.
 */
const AUDIT = sampleId('audit', 'tyresö samverkan');
const R = ['R1', 'R2', 'R3'].map((number) => sampleId('recommendation', 'tyresö samverkan', number)) as [string, string, string];
const unit = (key: string): string => sampleId('unit', key);
const BOARDS = ['bun', 'aso', 'kfn'] as const;
const ASO = unit('aso');
const KS = unit('tyreso-styrelsen');
const REPLY = replyId(AUDIT, ASO);
const auditor = 'tyreso-auditor';
const owner = 'tyreso-owner';
const secretary = 'tyreso-styrelsen-secretary';
const MEETING = sampleId('meeting', 'tyreso-styrelsen', '2023-03-07');
const PARAGRAPH = sampleId('paragraph', 'tyreso-styrelsen', '2023-03-07');
const POINT = sampleId('point', 'tyreso-styrelsen', '2023-03-07');
const obligation = (nth: 0 | 1 | 2): string => obligationId(R[nth], ASO);

const WORDINGS = [
  'Säkerställa styrningen med strukturer för samverkan med enhetliga mål och syften samt att former för samverkan återfinns i verksamheternas processer och rollbeskrivningar. Det är av vikt att samverkansuppdraget finns i organisationen och inte är personbundet.',
  'Säkerställa att ändamålsenliga uppföljningar av både det interna och externa samverkansarbetet sker för att kunna utvärdera samverkan.',
  'Säkerställa att BUS-samverkans rutiner och strukturer är aktuella och dokumenterade och att uppföljningar av arbetet inom BUS-samverkan sker.',
] as const;

const COMMENTS = [
  'Förvaltningen avser att tillsammans med övriga berörda förvaltningar utveckla enhetliga mål och formulera syften med samverkan.',
  'Ett arbete har påbörjats för att säkerställa ändamålsenliga uppföljningar och utvärdering av samverkan. Arbetet beräknas vara slutfört innan sommaren.',
  'Ett arbete pågår med att revidera den lokala BUS-överenskommelsen. Den reviderade överenskommelsen beräknas vara färdig senast i april 2023.',
] as const;

interface Promised {
  readonly key: string;
  readonly title: string;
  readonly kind: 'ongoing' | 'promised';
  readonly obligations: readonly string[];
  readonly more?: Readonly<Record<string, unknown>>;
}

const actions: readonly Promised[] = [
  { key: 'mål och syften', title: 'Enhetliga mål och syften med samverkan', kind: 'promised', obligations: [obligation(0)] },
  {
    key: 'mål följs upp',
    title: 'Mål och syfte följs upp i verksamhetsberättelsen',
    kind: 'ongoing',
    obligations: [obligation(0)],
    more: { frequency: { asWritten: 'årligen i samband med verksamhetsberättelse' } },
  },
  {
    key: 'uppföljningar',
    title: 'Ändamålsenliga uppföljningar och utvärdering av samverkan',
    kind: 'promised',
    obligations: [obligation(1)],
    more: { timeAsWritten: 'innan sommaren', promisedOn: '2023-05-31' },
  },
  {
    key: 'BUS-överenskommelsen',
    title: 'Den lokala BUS-överenskommelsen revideras',
    kind: 'promised',
    obligations: [obligation(2)],
    more: { timeAsWritten: 'senast i april 2023', promisedOn: '2023-04-30' },
  },
  {
    key: 'fokusområden',
    title: 'Fokusområden följs upp vid årets sista BUS-möte',
    kind: 'ongoing',
    obligations: [obligation(2)],
    more: { frequency: { asWritten: 'i samband med sista mötet för året' } },
  },
  { key: 'SSPF', title: 'Ett möte för att starta upp SSPF', kind: 'promised', obligations: [] },
];

const director = 'tyreso-director';
const its = (key: string): string => sampleId('action', 'tyreso', key);
const EXAMPLE = paper('Underlag (exempel).txt', 'Exempel: underlag som visar att åtgärden är genomförd.');
const done = (day: string, key: string): Step =>
  does(at(day, '11:00'), `${key}: done, with evidence.`, director, `POST /actions/${its(key)}/done`, { doneOn: day, documents: [hashOf(EXAMPLE)] });

const steps: readonly Step[] = [
  does(
    at('2023-01-16', '09:00'),
    'EY’s audit of collaboration is registered: neither its number nor its days are known.',
    auditor,
    'POST /audits',
    {
      audit: AUDIT,
      title: 'Samverkan mellan socialtjänst, skola och fritidsverksamhet i hanteringen av barn och unga i behov av särskilt stöd',
      issuedBy: unit('tyreso-revision'),
      expert: unit('ey'),
    },
    201,
  ),
  ...BOARDS.map((key, nth) =>
    does(at('2023-01-16', `09:1${nth}`), `It concerns ${key}; no last day is known.`, auditor, `POST /audits/${AUDIT}/referrals`, {
      board: unit(key),
      kind: 'for-reply',
    }),
  ),
  ...WORDINGS.map((wording, nth) =>
    does(
      at('2023-01-16', `09:2${nth}`),
      `Recommendation R${nth + 1} names nobody: it is held to concern the three boards.`,
      auditor,
      `POST /audits/${AUDIT}/recommendations`,
      {
        recommendation: R[nth],
        number: `R${nth + 1}`,
        wording,
        addressees: BOARDS.map(unit),
        addressed: 'as-interpreted',
      },
    ),
  ),
  sees(at('2023-01-16', '09:30'), 'What is unknown is shown as unknown.', auditor, `/audits/${AUDIT}`, {
    report: { unknown: ['numbers', 'registryNumber', 'periodAudited', 'reportOn', 'handedOverOn'] },
  }),
  sees(at('2023-01-16', '09:31'), 'Three recommendations to three boards are nine obligations, as interpreted.', auditor, '/obligations?limit=200', {
    total: 9,
  }),
  does(at('2023-02-06', '09:00'), 'Kommunstyrelsen plans a meeting (sample).', secretary, `PUT /boards/${KS}/calendar/${MEETING}`, {
    on: '2023-03-07',
    stopOn: '2023-02-14',
    papersOn: '2023-02-28',
  }),
  does(
    at('2023-02-06', '10:00'),
    'Arbetsmarknads- och socialnämnden prepares the reply, kommunstyrelsen decides.',
    owner,
    `PUT /replies/${REPLY}/decision-chain`,
    {
      preparingBoard: ASO,
      decidingBoard: KS,
    },
  ),
  ...COMMENTS.map((comment, nth) =>
    does(at('2023-02-06', `10:1${nth}`), `A comment on R${nth + 1}; no position is taken.`, owner, `PUT /replies/${REPLY}/recommendations/${R[nth]}`, {
      comment,
    }),
  ),
  ...actions.map(({ key, title, kind, obligations, more = {} }, nth) =>
    does(
      at('2023-02-06', `10:2${nth}`),
      `${title}: ${kind}.`,
      owner,
      'POST /actions',
      {
        action: sampleId('action', 'tyreso', key),
        title,
        kind,
        obligations,
        unit: unit('aso-administration'),
        role: 'head-of-administration',
        reply: REPLY,
        source: '[004]',
        ...more,
      },
      201,
    ),
  ),
  does(at('2023-03-07', '17:00'), 'Kommunstyrelsen meets (sample).', secretary, 'POST /meetings', { meeting: MEETING, board: KS }, 201),
  does(at('2023-03-07', '18:00'), 'It adopts the reply (sample).', secretary, `POST /meetings/${MEETING}/paragraphs`, {
    paragraph: PARAGRAPH,
    number: '§ 31',
    title: 'Svar på revisionskrivelse gällande samverkan (exempel)',
    points: [{ point: POINT, text: 'Skrivelsen antas som svar på revisionsrapporten (exempel).', outcome: 'approved', object: { kind: 'reply', id: REPLY } }],
    dispatchTo: [{ body: unit('tyreso-revision') }],
  }),
  does(at('2023-03-14', '09:00'), 'The minutes are approved (sample).', secretary, `POST /meetings/${MEETING}/approvals`, { on: '2023-03-14' }),
  does(at('2023-03-15', '09:00'), 'And announced.', secretary, `POST /meetings/${MEETING}/announcements`, { on: '2023-03-15' }),
  does(at('2023-03-16', '09:00'), 'The decision is dispatched (sample).', secretary, `POST /meetings/${MEETING}/paragraphs/${PARAGRAPH}/dispatches`, {
    to: [{ body: unit('tyreso-revision') }],
    on: '2023-03-16',
  }),
  does(at('2023-03-16', '10:00'), 'The reply cites the decision of a board that is no addressee.', secretary, `POST /replies/${REPLY}/approvals`, {
    decision: { meeting: MEETING, point: POINT },
  }),
  does(at('2023-03-16', '10:05'), 'It is given.', secretary, `POST /replies/${REPLY}/dispatches`, { on: '2023-03-16' }),
  does(
    at('2023-03-20', '09:00'),
    '“Innan sommaren” is read anew: a correction, no move.',
    owner,
    `POST /actions/${sampleId('action', 'tyreso', 'uppföljningar')}/readings`,
    {
      to: '2023-06-22',
      reason: 'Med sommaren avses midsommar (exempel).',
    },
  ),
  sees(at('2023-04-03', '09:00'), 'Three obligations are answered.', auditor, `/obligations?board=${ASO}&limit=200`, {
    total: 3,
    items: [{ reply: 'given' }, { reply: 'given' }, { reply: 'given' }],
  }),
  sees(at('2023-04-03', '09:01'), 'Of six no reply is known.', auditor, '/obligations?reply=none-known&limit=200', { total: 6 }),
  sees(at('2023-04-03', '09:02'), 'Nothing is late: no last day is known, and no promised day has passed.', auditor, '/obligations?late=late&limit=200', {
    total: 0,
  }),
  sees(
    at('2023-04-03', '09:03'),
    'The meeting to start SSPF answers no recommendation, and is kept all the same.',
    auditor,
    `/actions/${sampleId('action', 'tyreso', 'SSPF')}`,
    { obligations: [] },
  ),
  // How it went on: all of it samples, so that what the case leaves is not overdue for years.
  stores(at('2023-04-11', '09:00'), 'A sample of evidence is stored.', owner, EXAMPLE),
  does(at('2023-04-12', '09:00'), 'Goals and purposes get a day.', owner, `POST /actions/${its('mål och syften')}/first-days`, { on: '2023-12-31' }),
  ...(['mål följs upp', 'fokusområden'] as const).map((key, nth) =>
    does(at('2023-04-12', `09:1${nth}`), `${key}: once a year.`, director, `POST /actions/${its(key)}/frequencies`, {
      frequency: { asWritten: 'årligen', everyMonths: 12, startsOn: '2023-01-01' },
      reason: 'Årlig uppföljning (exempel).',
    }),
  ),
  done('2023-04-27', 'BUS-överenskommelsen'),
  done('2023-06-20', 'uppföljningar'),
  does(at('2023-05-02', '09:00'), 'The meeting to start SSPF gets a day.', owner, `POST /actions/${its('SSPF')}/first-days`, { on: '2023-06-15' }),
  done('2023-06-14', 'SSPF'),
  done('2023-12-12', 'mål och syften'),
  ...(['mål följs upp', 'fokusområden'] as const).flatMap((key, nth) => [
    does(at('2023-12-05', `10:1${nth}`), `${key}: carried out.`, director, `POST /actions/${its(key)}/occasions`, {
      heldOn: '2023-12-05',
      documents: [hashOf(EXAMPLE)],
    }),
    does(at('2023-12-31', `10:1${nth}`), `${key}: carried out no more.`, director, `POST /actions/${its(key)}/endings`, {
      on: '2023-12-31',
      reason: 'Tas upp i nämndens ordinarie uppföljning (exempel).',
    }),
  ]),
];

export const caseD: readonly Step[] = inOrder(steps);
