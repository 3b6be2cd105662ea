import { Type } from 'typebox';
import { within, type Asking, type Executor, type Reach, type Streams } from '#libs/commands';
import { Id, Query } from '#libs/fields';
import { CodeType, DayType, IdType, stockholmDay } from '#libs/kernel';
import { organisationId, organisationStream, registerOf } from '#libs/organisation';
import { MEETING_KINDS } from './meeting.codes.js';
import { meetingPage } from './meeting-page.js';
import { meeting } from './meeting.js';
import { noSuchMeeting } from './meetings.refusals.js';

/** One meeting or urgent decision, now or as it was recorded. */
export class MeetingById extends Query {
  @Id('The meeting.') meeting!: string;
}

/**
 * The meeting's page. It folds the meeting's own stream, so that it is never behind.
 * @throws Refusal `meeting.unknown` where nobody has opened it, or it is another board's
 */
export const meetingById = async (
  { meeting: id, asOf }: MeetingById,
  { tenant, today, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
  executor: Executor,
) => {
  const { state, etag } = await streams.tell(tenant, meeting, id, asOf);
  if (state.status === 'none' || !within(reach, state.board)) throw noSuchMeeting();
  const { state: register } = await executor.reads(tenant).fold(organisationStream, organisationId(tenant));
  return { ...meetingPage(state, registerOf(register), asOf === undefined ? today : stockholmDay(asOf)), etag };
};

const anything = Type.Object({}, { additionalProperties: true });
/** What the page of a meeting holds. */
export const MeetingOnPage = Type.Object({
  meeting: IdType('The meeting.'),
  status: Type.String({ description: 'open or cancelled.' }),
  kind: CodeType(MEETING_KINDS, 'A meeting of the calendar, or an urgent decision.'),
  board: Type.Object({ id: IdType('The board.'), name: Type.String() }),
  on: DayType('The day it met, or decided.'),
  mandate: Type.Optional(Type.Object({}, { additionalProperties: true, description: 'Of an urgent decision: who decided, and by which mandate.' })),
  papersSentOn: Type.Array(DayType('A day on which papers were sent.')),
  paragraphs: Type.Array(anything, { description: 'Each with its points, from when they count, reservations, and whom it went to.' }),
  approvals: Type.Array(anything, { description: 'Each with what it covers, its announcement, and the last day of appeal.' }),
  reported: Type.Optional(Type.Object({ atMeeting: IdType('The meeting.'), on: DayType('Its day.') })),
  awaited: Type.Array(anything, { description: 'What is or was awaited, by which day, and why that day.' }),
  etag: Type.Integer({ description: 'What If-Match takes.' }),
});

/** A meeting as the API description shows it: socialnämnden's of 14 June 2022 [000]. */
export const meetingExample = (id: string) => ({
  meeting: id,
  status: 'open',
  kind: 'meeting',
  board: { id: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38', name: 'Socialnämnden' },
  on: '2022-06-14',
  papersSentOn: ['2022-06-07'],
  paragraphs: [
    {
      paragraph: '9e8d7c6b-5a4f-4e3d-8c2b-1a0f9e8d7c6b',
      number: '§ 13',
      title: 'Samverkansöverenskommelse avseende uppföljning av korttidstillsyn',
      registryNumber: '2.3.4-181/2022',
      patternKnown: true,
      points: [
        {
          point: '5d2c7b1a-3e4f-4a6d-8c9b-0a1b2c3d4e5f',
          text: 'Socialnämnden godkänner överenskommelsen.',
          outcome: 'approved',
          counts: true,
          countsFrom: '2022-06-20',
        },
      ],
      reservations: [],
      dispatchTo: [{ name: 'Utbildningsnämnden' }],
      undispatched: [{ name: 'Utbildningsnämnden' }],
      dispatches: [],
      served: [],
    },
  ],
  approvals: [{ approval: 1, on: '2022-06-20', covers: 'all', ids: [], atOnce: false }],
  awaited: [
    {
      deadline: '2c4b6a80-1d3e-4f5a-8b7c-9d0e1f2a3b4c',
      type: 'announcement',
      name: { sv: 'Tillkännagivande av justerat protokoll', en: 'Announcement of approved minutes' },
      startOn: '2022-06-20',
      dueOn: '2022-06-22',
      why: { sv: 'dag 2 är onsdag 22 juni 2022', en: 'day 2 is Wednesday 22 June 2022' },
      status: 'open',
      late: false,
      daysLate: 0,
    },
  ],
  etag: 6,
});
