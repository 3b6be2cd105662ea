import { obligationId } from '#libs/audits';
import { replyId } from '#libs/replies';
import { AUDIT, board, R1, R2, R3 } from './case-a.report.js';
import { sampleId } from './municipalities.js';
import { at, does, mayNot, sees } from './scenes.js';
import type { Step } from './step.js';

/** The boards’ meetings and their replies in the autumn of 2020 (domain §3.2.3, §3.2.7). Days of meetings and decisions are samples. */
export const replyOf = (key: string): string => replyId(AUDIT, board(key));
export const obligationOf = (recommendation: string, key: string): string => obligationId(recommendation, board(key));
const meeting = (key: string, on: string): string => sampleId('meeting', key, on);
const paragraph = (key: string, on: string): string => sampleId('paragraph', key, on);
const point = (key: string, on: string): string => sampleId('point', key, on);
export const decision = (key: string, on: string) => ({ meeting: meeting(key, on), point: point(key, on) });

const daysBefore = (on: string, days: number): string => Temporal.PlainDate.from(on).subtract({ days }).toString();

/** The board’s secretary plans a meeting: stop day three weeks before, papers a week before. */
export const plans = (day: string, key: string, ...meetings: readonly string[]): readonly Step[] =>
  meetings.map((on, nth) =>
    does(
      at(day, `14:${String(nth).padStart(2, '0')}`),
      `${key} plans its meeting of ${on}.`,
      `${key}-secretary`,
      `PUT /boards/${board(key)}/calendar/${meeting(key, on)}`,
      {
        on,
        stopOn: daysBefore(on, 21),
        papersOn: daysBefore(on, 7),
      },
    ),
  );

export interface Decides {
  readonly key: string;
  readonly on: string;
  readonly number: string;
  readonly title: string;
  readonly text: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly approvedOn: string;
  readonly dispatchedOn?: string;
  readonly dispatchTo?: string;
}

/** A meeting is held: opened, its paragraph recorded, the minutes approved, announced and dispatched. */
export const decides = ({ key, on, number, title, text, object, approvedOn, dispatchedOn, dispatchTo = 'stadsrevisionen' }: Decides): readonly Step[] => {
  const secretary = `${key}-secretary`;
  const its = `/meetings/${meeting(key, on)}` as const;
  return [
    does(at(on, '16:00'), `${key} meets.`, secretary, 'POST /meetings', { meeting: meeting(key, on), board: board(key) }, 201),
    does(at(on, '16:01'), 'Its papers were sent a week before.', secretary, `POST ${its}/papers`, { on: daysBefore(on, 7) }),
    does(at(on, '18:00'), `It decides ${number}.`, secretary, `POST ${its}/paragraphs`, {
      paragraph: paragraph(key, on),
      number,
      title,
      points: [{ point: point(key, on), text, outcome: 'approved', object }],
      dispatchTo: [{ body: board(dispatchTo) }],
    }),
    does(at(approvedOn, '10:00'), 'The minutes are approved.', secretary, `POST ${its}/approvals`, { on: approvedOn }),
    does(at(approvedOn, '11:00'), 'The approval is announced.', secretary, `POST ${its}/announcements`, { on: approvedOn }),
    ...(dispatchedOn === undefined
      ? []
      : [
          does(at(dispatchedOn, '09:00'), 'The decision is dispatched.', secretary, `POST ${its}/paragraphs/${paragraph(key, on)}/dispatches`, {
            to: [{ body: board(dispatchTo) }],
            on: dispatchedOn,
          }),
        ]),
  ];
};

const SUBJECT = 'Yttrande över stadsrevisionens rapport nr 5 2020';

/** The board approves its reply, which is then given. @param by whose people see to it: the board’s own, or its successor’s */
const replies = (key: string, on: string, approvedOn: string, dispatchedOn: string, by = key): readonly Step[] => [
  ...decides({
    key: by,
    on,
    number: '§ 12',
    title: SUBJECT,
    text: 'Nämnden godkänner förvaltningens tjänsteutlåtande som svar till stadsrevisionen (exempel).',
    object: { kind: 'reply', id: replyOf(key) },
    approvedOn,
    dispatchedOn,
  }),
  does(at(approvedOn, '12:00'), 'The reply cites the board’s decision.', `${by}-owner`, `POST /replies/${replyOf(key)}/approvals`, {
    decision: decision(by, on),
  }),
  does(at(dispatchedOn, '09:30'), 'The reply is given: its decision has been dispatched.', `${by}-owner`, `POST /replies/${replyOf(key)}/dispatches`, {
    on: dispatchedOn,
  }),
];

const takes = (key: string, day: string, time: string, recommendation: string, comment: string, position?: string, by = key): Step =>
  does(at(day, time), `${key} says what it thinks of the recommendation.`, `${by}-owner`, `PUT /replies/${replyOf(key)}/recommendations/${recommendation}`, {
    comment,
    ...(position !== undefined && { position }),
  });

const signs = (key: string, day: string, role: string, unit: string, acting = false): Step =>
  does(at(day, '15:00'), `${acting ? 'The acting' : 'The'} ${role} signs off.`, `${key}-owner`, `POST /replies/${replyOf(key)}/sign-offs`, {
    role,
    unit: board(unit),
    on: day,
    ...(acting && { acting: true }),
  });

/** Before the mergers: calendars, and what is counted back from the last day. */
export const calendars: readonly Step[] = [
  ...plans('2020-06-01', 'ostermalm', '2020-08-27', '2020-09-24', '2020-10-22'),
  ...plans('2020-06-01', 'norrmalm', '2020-08-27', '2020-09-24', '2020-10-22'),
  ...plans('2020-06-01', 'hasselby-vallingby', '2020-08-27', '2020-09-24'),
  ...plans('2020-06-01', 'spanga-tensta', '2020-08-27', '2020-11-19'),
  ...plans('2020-06-01', 'alvsjo', '2020-06-11', '2020-08-27', '2020-10-01'),
  ...plans('2020-06-01', 'socialnamnden', '2020-09-22', '2020-10-13', '2020-11-17'),
  sees(
    at('2020-06-01', '15:00'),
    'Älvsjö’s reply is counted back from its last day by Älvsjö’s own calendar.',
    'alvsjo-owner',
    `/replies?board=${board('alvsjo')}`,
    { total: 1, items: [{ reply: replyOf('alvsjo'), status: 'awaited', meetingOn: '2020-10-01' }] },
  ),
];

/** Älvsjö and Hägersten-Liljeholmen become Hägersten-Älvsjö five weeks after the report was handed over. */
export const afterFirstMerger: readonly Step[] = [
  ...plans('2020-07-02', 'hagersten-alvsjo', '2020-08-27', '2020-09-24', '2020-10-08'),
  sees(
    at('2020-07-02', '15:00'),
    'Älvsjö’s reply is now counted back by the calendar of the board that holds it.',
    'hagersten-alvsjo-owner',
    `/replies?board=${board('hagersten-alvsjo')}`,
    { total: 1, items: [{ reply: replyOf('alvsjo'), status: 'awaited', meetingOn: '2020-10-08' }] },
  ),
  mayNot(
    at('2020-07-02', '15:01'),
    'Älvsjö’s people reach nothing of it any more.',
    'alvsjo-owner',
    `PUT /replies/${replyOf('alvsjo')}/recommendations/${R3}`,
    { comment: 'För sent (exempel).' },
    403,
    'unit.succeeded',
  ),
  mayNot(
    at('2020-07-02', '15:02'),
    'A board that has ended plans no meeting; its successor is named.',
    'hagersten-alvsjo-secretary',
    `PUT /boards/${board('alvsjo')}/calendar/${meeting('alvsjo', '2020-09-10')}`,
    { on: '2020-09-10', stopOn: '2020-08-20', papersOn: '2020-09-03' },
    422,
    'board.ended',
  ),
];

export const autumn: readonly Step[] = [
  does(
    at('2020-08-03', '08:00'),
    'Spånga-Tensta cancels its meeting in August.',
    'spanga-tensta-secretary',
    `POST /boards/${board('spanga-tensta')}/calendar/${meeting('spanga-tensta', '2020-08-27')}/cancellations`,
    { reason: 'För få ärenden (exempel).' },
  ),
  sees(
    at('2020-08-03', '09:00'),
    'It has no meeting in time any more: that is told at once.',
    'spanga-tensta-owner',
    `/replies?board=${board('spanga-tensta')}`,
    { total: 1, items: [{ problem: 'no-meeting-before-last-day' }] },
  ),
  // Östermalm’s reply [001]: the days of sign-off and of the board’s paper are the source’s.
  does(at('2020-09-08', '09:00'), 'Östermalm’s officer writes the report.', 'ostermalm-owner', `POST /replies/${replyOf('ostermalm')}/officer-report`, {
    on: '2020-09-08',
  }),
  takes(
    'ostermalm',
    '2020-09-08',
    '09:30',
    R3,
    'Förvaltningen välkomnar revisorernas granskning och den rekommendation som ges stadsdelsnämnden. Arbetet med att kvalitetssäkra beställningar och genomförandeplaner beskrivs.',
    'agrees',
  ),
  signs('ostermalm', '2020-09-08', 'department-head', 'ostermalm-social'),
  signs('ostermalm', '2020-09-10', 'head-of-administration', 'ostermalm-administration', true),
  mayNot(
    at('2020-09-11', '09:00'),
    'No reply is given without the deciding board’s decision.',
    'ostermalm-owner',
    `POST /replies/${replyOf('ostermalm')}/dispatches`,
    { on: '2020-09-11' },
    409,
    'reply.not-decided',
  ),
  ...replies('ostermalm', '2020-09-24', '2020-10-05', '2020-10-07'),
  // Socialnämnden’s reply [003]: consultations on 16 and 17 September; the board’s decision is a sample.
  does(
    at('2020-09-15', '09:00'),
    'Socialförvaltningen’s officer writes the report.',
    'socialnamnden-owner',
    `POST /replies/${replyOf('socialnamnden')}/officer-report`,
    { on: '2020-09-15' },
  ),
  takes(
    'socialnamnden',
    '2020-09-15',
    '09:30',
    R1,
    'Socialförvaltningen kommer i samverkan med utbildningsförvaltningen att ta fram en struktur för uppföljningen. I arbetet ingår att utreda juridiskt vem som ansvarar.',
  ),
  takes('socialnamnden', '2020-09-15', '09:31', R2, 'Socialförvaltningen kommer slutligen att landa i en struktur för uppföljning.'),
  does(at('2020-09-16', '15:00'), 'Förvaltningsgruppen is consulted.', 'socialnamnden-owner', `POST /replies/${replyOf('socialnamnden')}/consultations`, {
    body: 'Förvaltningsgruppen',
    on: '2020-09-16',
  }),
  does(
    at('2020-09-17', '15:00'),
    'So is the council for disability questions.',
    'socialnamnden-owner',
    `POST /replies/${replyOf('socialnamnden')}/consultations`,
    {
      body: 'Rådet för funktionshinderfrågor',
      on: '2020-09-17',
    },
  ),
  ...replies('socialnamnden', '2020-10-13', '2020-10-20', '2020-10-22'),
  // Samples: the other four.
  takes('norrmalm', '2020-09-03', '09:00', R3, 'Nämnden delar revisorernas bedömning (exempel).', 'agrees'),
  ...replies('norrmalm', '2020-09-24', '2020-10-01', '2020-10-06'),
  does(
    at('2020-09-01', '09:00'),
    'Hässelby-Vällingby asks for an extension.',
    'hasselby-vallingby-owner',
    `POST /replies/${replyOf('hasselby-vallingby')}/extension-requests`,
    {
      until: '2020-11-30',
      on: '2020-09-01',
      reason: 'Ärendet behöver beredas gemensamt (exempel).',
    },
  ),
  does(at('2020-09-07', '09:00'), 'The auditors grant it.', 'stockholm-audit-officer', `POST /replies/${replyOf('hasselby-vallingby')}/extensions`, {
    until: '2020-11-30',
    on: '2020-09-07',
  }),
  ...plans('2020-09-08', 'hasselby-vallingby', '2020-10-22'),
  sees(
    at('2020-09-08', '15:00'),
    'The plan is counted again from the new last day.',
    'hasselby-vallingby-owner',
    `/replies?board=${board('hasselby-vallingby')}`,
    { total: 1, items: [{ meetingOn: '2020-10-22' }] },
  ),
  takes('hasselby-vallingby', '2020-10-01', '09:00', R3, 'Nämnden instämmer delvis (exempel).', 'in-part'),
  ...replies('hasselby-vallingby', '2020-10-22', '2020-10-29', '2020-11-03'),
  takes('alvsjo', '2020-09-15', '09:00', R3, 'Nämnden instämmer (exempel).', 'agrees', 'hagersten-alvsjo'),
  ...replies('alvsjo', '2020-10-08', '2020-10-15', '2020-10-19', 'hagersten-alvsjo'),
  mayNot(
    at('2020-10-20', '09:00'),
    'What has been given needs no extension.',
    'hagersten-alvsjo-owner',
    `POST /replies/${replyOf('alvsjo')}/extension-requests`,
    { until: '2020-12-01', on: '2020-10-20', reason: 'För sent (exempel).' },
    409,
    'extension.after-reply',
  ),
  // Spånga-Tensta’s chair decides, since no meeting comes in time.
  takes('spanga-tensta', '2020-10-12', '09:00', R3, 'Nämnden instämmer (exempel).', 'agrees'),
  does(
    at('2020-10-20', '10:00'),
    'Spånga-Tensta’s chair decides for the board under a standing mandate.',
    'spanga-tensta-secretary',
    'POST /urgent-decisions',
    {
      meeting: meeting('spanga-tensta', 'brådskande'),
      board: board('spanga-tensta'),
      on: '2020-10-20',
      number: '1/2020',
      title: SUBJECT,
      points: [
        {
          point: point('spanga-tensta', 'brådskande'),
          text: 'Yttrandet godkänns och överlämnas till stadsrevisionen (exempel).',
          outcome: 'approved',
          object: { kind: 'reply', id: replyOf('spanga-tensta') },
        },
      ],
      mandate: { decider: 'chair', reference: 'Nämndens delegationsordning, punkt 1.1 (exempel)' },
    },
    201,
  ),
  does(at('2020-10-20', '10:30'), 'The reply cites it.', 'spanga-tensta-owner', `POST /replies/${replyOf('spanga-tensta')}/approvals`, {
    decision: decision('spanga-tensta', 'brådskande'),
  }),
  does(at('2020-10-21', '09:00'), 'And is given.', 'spanga-tensta-owner', `POST /replies/${replyOf('spanga-tensta')}/dispatches`, { on: '2020-10-21' }),
  does(
    at('2020-11-19', '16:00'),
    'The board meets.',
    'spanga-tensta-secretary',
    'POST /meetings',
    { meeting: meeting('spanga-tensta', '2020-11-19'), board: board('spanga-tensta') },
    201,
  ),
  does(
    at('2020-11-19', '17:00'),
    'The urgent decision is reported at its next meeting (KL 6:40).',
    'spanga-tensta-secretary',
    `POST /meetings/${meeting('spanga-tensta', 'brådskande')}/reports`,
    {
      atMeeting: meeting('spanga-tensta', '2020-11-19'),
    },
  ),
  does(
    at('2020-11-26', '10:00'),
    'The minutes are approved.',
    'spanga-tensta-secretary',
    `POST /meetings/${meeting('spanga-tensta', '2020-11-19')}/approvals`,
    {
      on: '2020-11-26',
    },
  ),
  does(at('2020-11-26', '11:00'), 'And announced.', 'spanga-tensta-secretary', `POST /meetings/${meeting('spanga-tensta', '2020-11-19')}/announcements`, {
    on: '2020-11-26',
  }),
  sees(at('2020-11-20', '09:00'), 'All six replies have been given.', 'stockholm-overseer', `/referrals?audit=${AUDIT}&reply=given&limit=200`, { total: 6 }),
  sees(
    at('2020-11-20', '09:01'),
    'Utbildningsnämnden was free to reply, and nothing is late there.',
    'stockholm-overseer',
    `/referrals?audit=${AUDIT}&kind=possible-reply`,
    {
      total: 1,
      items: [{ late: false }],
    },
  ),
];
