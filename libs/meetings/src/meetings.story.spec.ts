import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { day, derivedId, Refusal, type By, type Instant } from '#libs/kernel';
import { AnnounceMinutes } from './announce-minutes.js';
import { AnnulDecision } from './annul-decision.js';
import { ApproveMinutes } from './approve-minutes.js';
import { CalendarOfBoard, PreparationSteps } from './calendar-of-board.query.js';
import { CancelMeeting } from './cancel-meeting.js';
import { smallCity, who, type SmallCity } from './city.given.js';
import { CorrectMeetingDay } from './correct-meeting-day.js';
import { CorrectParagraph } from './correct-paragraph.js';
import { CorrectRecordedDay } from './correct-recorded-day.js';
import { DecideUrgently } from './decide-urgently.js';
import { DispatchDecision } from './dispatch-decision.js';
import { ListDecisions } from './list-decisions.query.js';
import { ListMeetings } from './list-meetings.query.js';
import { MeetingById } from './meeting-by-id.query.js';
import { MeetingHistory } from './meeting-history.query.js';
import { asSaid, content, ids, paragraph, points } from './meetings.given.js';
import { MoveMeeting } from './move-meeting.js';
import { OpenMeeting } from './open-meeting.js';
import { PlanMeeting } from './plan-meeting.js';
import { RecordParagraph } from './record-paragraph.js';
import { ReportUrgentDecision } from './report-urgent-decision.js';
import { SendPapers } from './send-papers.js';
import { ServeDecision } from './serve-decision.js';
import { SetPreparationSteps } from './set-preparation-steps.js';

type Row = Readonly<Record<string, unknown>>;
interface List {
  readonly total: number;
  readonly items: readonly Row[];
}
interface Page extends Row {
  readonly awaited: readonly { readonly type: string; readonly dueOn: string; readonly status: string; readonly why: { readonly sv: string } }[];
}

const secretary = who('board-secretary', ids.social);
const educations = who('board-secretary', ids.education);
const overseer = who('overseer', ids.education);
const alvsjos = who('board-secretary', ids.alvsjo);
const hagerstenAlvsjos = who('board-secretary', ids.hagerstenAlvsjo);
const old = derivedId('Älvsjös sammanträde');
const autumn = derivedId('Hägersten-Älvsjös sammanträde');
const oldUrgent = derivedId('Älvsjös brådskande beslut');

/** For the whole story on a busy machine. */
const PATIENCE_MS = 60_000;
let city: SmallCity;
/** What was told after each step, to be asked again when everything has happened. */
const told: { readonly at: Instant; readonly everything: unknown }[] = [];

const meetings = (said: Partial<ListMeetings> = {}, by: By = secretary) => city.ask<List>(new ListMeetings(), said, by);
const decisions = (said: Partial<ListDecisions> = {}, by: By = secretary) => city.ask<List>(new ListDecisions(), said, by);
const calendarOf = (said: Partial<CalendarOfBoard> = {}, by: By = secretary) => city.ask<List>(new CalendarOfBoard(), { board: ids.social, ...said }, by);
const steps = (said: Partial<PreparationSteps> = {}, by: By = secretary) => city.ask<Row>(new PreparationSteps(), { board: ids.social, ...said }, by);
const page = (meeting: string, said: Partial<MeetingById> = {}, by: By = secretary) => city.ask<Page>(new MeetingById(), { meeting, ...said }, by);
const history = (said: Partial<MeetingHistory> = {}, by: By = secretary) => city.ask<List>(new MeetingHistory(), { meeting: ids.meeting, ...said }, by);
const refusal = async (doing: Promise<unknown>): Promise<string> => {
  try {
    await doing;
    return 'done';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};
const planning = (meeting: string, board: string, heldOn: string, papersOn: string) => ({
  meeting,
  board,
  on: day(heldOn),
  stopOn: day(papersOn),
  papersOn: day(papersOn),
});
const awaits = async (meeting: string, type: string, by: By = secretary) => (await page(meeting, {}, by)).awaited.find((one) => one.type === type);

/** Everything that can be asked, now or as of then. */
const everything = async (asOf?: Instant) => {
  const then = asOf === undefined ? {} : { asOf };
  return {
    meetings: await meetings(then, overseer),
    decisions: await decisions(then, overseer),
    calendar: await calendarOf({ year: 2022, ...then }),
    steps: await steps(then),
    page: await page(ids.meeting, then).catch((error: unknown) => (error as Refusal).code),
  };
};

/** [000], with what came before and after it as sample. */
const story: readonly (readonly [moment: string, step: () => Promise<unknown>])[] = [
  ['2022-01-10T08:00:00.000Z', () => city.send(new PlanMeeting(), planning(ids.meeting, ids.social, '2022-06-13', '2022-06-07'), secretary)],
  ['2022-01-10T08:01:00.000Z', () => city.send(new PlanMeeting(), planning(ids.nextMeeting, ids.social, '2022-08-23', '2022-08-16'), secretary)],
  [
    '2022-01-10T08:02:00.000Z',
    () => city.send(new SetPreparationSteps(), { board: ids.social, steps: [{ name: 'Förvaltningsgrupp', calendar: [day('2022-06-08')] }] }, secretary),
  ],
  ['2022-05-30T08:00:00.000Z', () => city.send(new OpenMeeting(), { meeting: ids.meeting, board: ids.social }, secretary)],
  [
    '2022-05-31T08:00:00.000Z',
    () => city.send(new MoveMeeting(), { ...planning(ids.meeting, ids.social, '2022-06-15', '2022-06-07'), reason: 'Lokalen.' }, secretary),
  ],
  ['2022-06-07T08:00:00.000Z', () => city.send(new SendPapers(), { meeting: ids.meeting, on: day('2022-06-07') }, secretary)],
  [
    '2022-06-16T08:00:00.000Z',
    () => city.send(new RecordParagraph(), { ...asSaid({ dispatchTo: [{ body: ids.education }] }), registryNumber: '181/2022' }, secretary),
  ],
  ['2022-06-20T08:00:00.000Z', () => city.send(new ApproveMinutes(), { meeting: ids.meeting, on: day('2022-06-20') }, secretary)],
  [
    '2022-06-20T08:01:00.000Z',
    () => city.send(new CorrectMeetingDay(), { board: ids.social, meeting: ids.meeting, on: day('2022-06-14'), reason: 'Fel dag.' }, secretary),
  ],
  ['2022-06-21T08:00:00.000Z', () => city.send(new AnnounceMinutes(), { meeting: ids.meeting, on: day('2022-06-21') }, secretary)],
  [
    '2022-06-22T08:00:00.000Z',
    () => city.send(new DispatchDecision(), { meeting: ids.meeting, paragraph, to: [{ body: ids.education }], on: day('2022-06-22') }, secretary),
  ],
  ['2022-06-23T08:00:00.000Z', () => city.send(new ServeDecision(), { meeting: ids.meeting, paragraph, to: ids.education, on: day('2022-06-23') }, secretary)],
  [
    '2022-06-23T09:00:00.000Z',
    () => {
      const { patternKnown: _, ...said } = content({ dispatchTo: [{ body: ids.education }] });
      return city.send(new CorrectParagraph(), { ...said, reason: 'Fel diarienummer.' }, secretary);
    },
  ],
  [
    '2022-07-05T08:00:00.000Z',
    () =>
      city.send(
        new DecideUrgently(),
        {
          ...asSaid({ of: ids.urgent, number: '1/2022' }),
          board: ids.social,
          on: day('2022-07-05'),
          mandate: { decider: 'chair', reference: '§ 13', decision: { meeting: ids.meeting, point: points[1] } },
        },
        secretary,
      ),
  ],
  [
    '2022-08-01T08:00:00.000Z',
    () => city.send(new MoveMeeting(), { ...planning(ids.nextMeeting, ids.social, '2022-08-25', '2022-08-16'), reason: 'Lokalen.' }, secretary),
  ],
  ['2022-08-20T08:00:00.000Z', () => city.send(new OpenMeeting(), { meeting: ids.nextMeeting, board: ids.social }, secretary)],
  ['2022-08-26T08:00:00.000Z', () => city.send(new ReportUrgentDecision(), { meeting: ids.urgent, atMeeting: ids.nextMeeting }, secretary)],
  [
    '2022-08-26T09:00:00.000Z',
    () =>
      city.send(
        new CorrectRecordedDay(),
        { meeting: ids.meeting, fact: 'decision-dispatched', paragraph, from: day('2022-06-22'), to: day('2022-06-21'), reason: 'Fel dag.' },
        secretary,
      ),
  ],
  [
    '2022-11-15T08:00:00.000Z',
    () => city.send(new AnnulDecision(), { meeting: ids.meeting, point: points[1], court: 'Förvaltningsrätten', on: day('2022-11-15') }, secretary),
  ],
];

beforeAll(async () => {
  city = await smallCity();
  city.at('2020-05-04T08:00:00.000Z');
  await city.send(new PlanMeeting(), planning(old, ids.alvsjo, '2020-06-25', '2020-06-18'), alvsjos);
  await city.send(new OpenMeeting(), { meeting: old, board: ids.alvsjo }, alvsjos);
  city.at('2020-06-29T08:00:00.000Z');
  const urgent = { ...asSaid({ of: oldUrgent, number: '1/2020' }), board: ids.alvsjo, on: day('2020-06-29') };
  await city.send(new DecideUrgently(), { ...urgent, mandate: { decider: 'named-member', reference: 'Delegationsordningen' } }, alvsjos);
  for (const [moment, step] of story) {
    const at = city.at(moment);
    await step();
    told.push({ at, everything: await everything() });
  }
}, PATIENCE_MS);
afterAll(() => city.close());

test(
  'as of each moment the lists, the calendar and the page are what they were then',
  async () => {
    expect(told).toHaveLength(story.length);
    for (const { at, everything: then } of told) expect({ at, ...(await everything(at)) }).toEqual({ at, ...(then as object) });
  },
  PATIENCE_MS,
);

test('no reaction was refused', async () => {
  expect(await city.refusedReactions()).toEqual([]);
});

test('a meeting is found with how its minutes stand and what is next awaited', async () => {
  const [found] = (await meetings({ board: ids.social, from: day('2022-06-01'), to: day('2022-06-30') })).items;
  expect(found).toEqual({
    meeting: ids.meeting,
    board: ids.social,
    boardName: 'Socialnämnden',
    on: '2022-06-14',
    kind: 'meeting',
    status: 'announced',
    stopOn: '2022-06-07',
    papersOn: '2022-06-07',
    papersSentOn: '2022-06-07',
    paragraphs: 1,
    approvedOn: '2022-06-20',
    announcedOn: '2022-06-21',
    dispatchedOn: '2022-06-21',
    undispatched: 0,
    late: false,
  });
  const [next] = (await meetings({ status: 'opened', board: ids.social })).items;
  expect(next).toMatchObject({ meeting: ids.nextMeeting, nextDueOn: '2022-09-08', late: true });
  expect(next).not.toHaveProperty('approvedOn');
});

test('meetings are listed by kind and status, a page at a time, the latest first', async () => {
  expect((await meetings({ kind: 'urgent' })).items).toMatchObject([{ status: 'reported', reportedOn: '2022-08-25' }]);
  expect((await meetings({}, overseer)).items.map(({ on }) => on)).toEqual(['2022-08-25', '2022-07-05', '2022-06-14', '2020-06-29', '2020-06-25']);
  expect(await meetings({ limit: 1, offset: 1 }, overseer)).toMatchObject({ total: 5, items: [{ on: '2022-07-05' }] });
});

test('the minutes of a moved meeting are awaited from the day it has; why that day is said', async () => {
  expect(await awaits(ids.meeting, 'minutes')).toMatchObject({ dueOn: '2022-06-28', status: 'met', why: { sv: 'dag 14 är tisdag 28 juni 2022' } });
});

test('a decision is found by its registry number, by what it is about and by its outcome', async () => {
  const found = await decisions({ registryNumber: '181/2022', board: ids.social, meeting: ids.meeting });
  expect(found).toMatchObject({
    total: 2,
    items: [
      {
        point: points[0],
        number: '§ 13',
        place: 1,
        registryNumber: '2.3.4-181/2022',
        patternKnown: true,
        counts: true,
        countsFrom: '2022-06-20',
        dispatchedOn: '2022-06-21',
        undispatched: 0,
        object: ids.agreement,
        objectKind: 'agreement',
      },
      { point: points[1], place: 2, counts: false, countsFrom: '2022-06-20', annulledOn: '2022-11-15', court: 'Förvaltningsrätten' },
    ],
  });
  expect(
    (await decisions({ object: ids.agreement, objectKind: 'agreement', outcome: 'approved', patternKnown: true })).items.map(({ number }) => number),
  ).toEqual(['1/2022', '§ 13']);
  expect((await decisions({ from: day('2022-07-01'), to: day('2022-07-31'), limit: 1 })).total).toBe(2);
  expect((await decisions({ outcome: 'rejected' })).total).toBe(0);
});

test('a registry number of unknown form was shown as such until it was corrected', async () => {
  const then = told.find(({ at }) => at === '2022-06-16T08:00:00.000Z')?.everything as { readonly decisions: List };
  expect(then.decisions.items.find(({ point }) => point === points[0])).toMatchObject({
    registryNumber: '181/2022',
    patternKnown: false,
    counts: false,
    undispatched: 1,
  });
});

test('an urgent decision counts at once; its report followed the next meeting when that was moved', async () => {
  expect((await decisions({ meeting: (await meetings({ kind: 'urgent' })).items[0]!.meeting as string })).items[0]).toMatchObject({
    kind: 'urgent',
    counts: true,
    countsFrom: '2022-07-05',
  });
  const [urgent] = (await meetings({ kind: 'urgent' })).items;
  const report = await awaits(urgent!.meeting as string, 'urgent-report');
  expect(report).toMatchObject({ dueOn: '2022-08-25', status: 'met', why: { sv: 'dagen är nämndens nästa sammanträde' } });
});

test('the page shows everything, with names; its history every event', async () => {
  expect(await page(ids.meeting)).toMatchObject({
    board: { id: ids.social, name: 'Socialnämnden' },
    papersSentOn: ['2022-06-07'],
    paragraphs: [
      {
        dispatchTo: [{ body: ids.education, name: 'Utbildningsnämnden' }],
        undispatched: [],
        dispatches: [{ to: [{ name: 'Utbildningsnämnden' }], on: '2022-06-21' }],
        served: [{ to: { id: ids.education, name: 'Utbildningsnämnden' }, on: '2022-06-23' }],
        points: [{ counts: true }, { counts: false, annulled: { on: '2022-11-15' } }],
      },
    ],
    approvals: [{ approval: 1, covers: 'all', announcedOn: '2022-06-21', lastDayOfAppeal: '2022-07-12' }],
  });
  const [urgent] = (await meetings({ kind: 'urgent' })).items;
  expect(await page(urgent!.meeting as string)).toMatchObject({ mandate: { decider: 'chair' }, reported: { atMeeting: ids.nextMeeting, on: '2022-08-25' } });
  expect((await history({ limit: 200 })).items.map(({ type }) => type)).toEqual(expect.arrayContaining(['OpenedMeetingMoved', 'RecordedDayCorrected']));
  expect(await refusal(history({ meeting: derivedId('none') }))).toBe('meeting.unknown');
  expect((await history({ limit: 1, asOf: told[4]!.at })).items).toHaveLength(1);
});

test('a board’s calendar is listed by year, in its order', async () => {
  expect((await calendarOf({ year: 2022 })).items.map(({ on }) => on)).toEqual(['2022-06-14', '2022-08-25']);
  expect((await calendarOf({ year: 2021 })).total).toBe(0);
  expect((await calendarOf()).total).toBe(2);
  expect(await steps()).toMatchObject({ steps: [{ name: 'Förvaltningsgrupp', calendar: ['2022-06-08'] }] });
  expect(await steps({ board: ids.education }, educations)).toMatchObject({ steps: [], etag: -1 });
});

test('another board neither sees nor changes it; whoever oversees all sees it', async () => {
  expect(await meetings({}, educations)).toEqual({ total: 0, items: [] });
  expect((await decisions({}, educations)).total).toBe(0);
  expect(await refusal(page(ids.meeting, {}, educations))).toBe('meeting.unknown');
  expect(await refusal(calendarOf({}, educations))).toBe('calendar.unknown');
  expect(await refusal(steps({}, educations))).toBe('calendar.unknown');
  expect(await refusal(history({}, educations))).toBe('meeting.unknown');
  expect(await refusal(city.send(new SendPapers(), { meeting: ids.meeting, on: day('2022-06-07') }, educations))).toBe('meeting.unknown');
  expect(await refusal(city.send(new CancelMeeting(), { board: ids.social, meeting: ids.meeting, reason: 'Skäl.' }, educations))).toBe('meeting.not-planned');
  expect(await page(ids.meeting, {}, overseer)).toMatchObject({ meeting: ids.meeting });
});

test('the successor keeps the old board’s minutes, and reports its urgent decision at its own meeting', async () => {
  city.at('2023-01-10T08:00:00.000Z'); // long after
  expect((await meetings({}, hagerstenAlvsjos)).items.map(({ meeting }) => meeting)).toContain(old);
  await city.send(new RecordParagraph(), asSaid({ of: old }), hagerstenAlvsjos);
  await city.send(new ApproveMinutes(), { meeting: old, on: day('2020-07-02') }, hagerstenAlvsjos);
  const [urgent] = (await meetings({ kind: 'urgent' }, hagerstenAlvsjos)).items;
  expect(await awaits(urgent!.meeting as string, 'urgent-report', hagerstenAlvsjos)).toMatchObject({ dueOn: '2020-08-28' });
  await city.send(new PlanMeeting(), planning(autumn, ids.hagerstenAlvsjo, '2020-08-27', '2020-08-20'), hagerstenAlvsjos);
  expect(await awaits(urgent!.meeting as string, 'urgent-report', hagerstenAlvsjos)).toMatchObject({ dueOn: '2020-08-27' });
  expect(await refusal(city.send(new OpenMeeting(), { meeting: autumn, board: ids.alvsjo }, hagerstenAlvsjos))).toBe('meeting.not-planned');
});

test('a cancelled meeting that was opened is cancelled too, and awaits nothing', async () => {
  city.at('2023-01-11T08:00:00.000Z');
  await city.send(new OpenMeeting(), { meeting: autumn, board: ids.hagerstenAlvsjo }, hagerstenAlvsjos);
  await city.send(new CancelMeeting(), { board: ids.hagerstenAlvsjo, meeting: autumn, reason: 'Inga ärenden.' }, hagerstenAlvsjos);
  expect(await page(autumn, {}, hagerstenAlvsjos)).toMatchObject({ status: 'cancelled', awaited: [{ type: 'minutes', status: 'closed', late: false }] });
  expect((await meetings({ status: 'cancelled' }, hagerstenAlvsjos)).items).toMatchObject([{ meeting: autumn, late: false }]);
});
