import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { action, ProposeAction } from '#libs/actions';
import { audit, MakeRecommendation, obligation, obligationId, ReferToBoard, RegisterAuditReport } from '#libs/audits';
import { day, derivedId, event, type Instant } from '#libs/kernel';
import { calendarId, MeetingCancelled, MeetingOpened, MeetingPlanned, MinutesApproved, DecisionDispatched, ParagraphRecorded } from '#libs/meetings';
import { BoardSucceeded, MunicipalityRegistered, organisationId, UnitRegistered } from '#libs/organisation';
import { DeadlineRuleSet, deadlineRulesId, defaultRules } from '#libs/timers';
import { ApproveReply } from './approve-reply.js';
import { smallCity, TENANT, who, type SmallCity } from './city.given.js';
import { GiveReply } from './give-reply.js';
import { ListReplies } from './replies.query.js';
import { ReplyAsDocx, ReplyAsPdf } from './reply-as-file.query.js';
import { ReplyById } from './reply-by-id.query.js';
import { ReplyHistory } from './reply-history.query.js';
import { replyId } from './reply.js';
import { TakePosition } from './take-position.js';
import { WriteOfficerReport } from './write-officer-report.js';

// Älvsjö's reply from the referral to its dispatch by the board that came after it, with everything that follows elsewhere.

const id = (name: string): string => derivedId('story', name);
const [alvsjo, neighbour, successor, norrmalm] = ['Älvsjö', 'Hägersten-Liljeholmen', 'Hägersten-Älvsjö', 'Norrmalm'].map(id) as [
  string,
  string,
  string,
  string,
];
const [AUDIT, R3] = [id('Nr 5 2020'), id('R3')];
const REPLY = replyId(AUDIT, alvsjo);
const OBLIGATION = obligationId(R3, alvsjo);
const ACTION = id('checklista');
const auditor = who('audit-officer', id('revisionskontoret'));
const owner = who('process-owner', alvsjo);
const ownerAfter = who('process-owner', successor);
const [before, after] = [id('before'), id('after')];
const decision = { meeting: after, point: id('point') };

/** For the whole story on a busy machine. */
const PATIENCE_MS = 120_000;

interface Row {
  readonly reply: string;
  readonly meetingOn?: string;
}
interface Page {
  readonly plan?: { readonly meetingOn: string };
  readonly problem?: { readonly reason: string };
  readonly planHistory: readonly { readonly because: string }[];
}
let city: SmallCity;
const told: { readonly at: Instant; readonly list: unknown; readonly page: unknown }[] = [];

const list = (said: object = {}, by = auditor) => city.ask<{ readonly total: number; readonly items: readonly Row[] }>(new ListReplies(), said, by);
const page = (said: object = {}, by = auditor) => city.ask<Page>(new ReplyById(), { reply: REPLY, ...said }, by);
const its = async () => {
  const { plan, problem, planHistory } = await page();
  return [plan?.meetingOn ?? problem?.reason, planHistory[0]?.because];
};
const obligationNow = async () => (await city.fold.fold(obligation, OBLIGATION)).state;
const referralNow = async () => {
  const { state } = await city.fold.fold(audit, AUDIT);
  return state.status === 'none' ? undefined : state.referrals[alvsjo]?.reply;
};
/** What is told at a moment, to be asked again when everything has happened. */
const keep = async (moment: string): Promise<void> => {
  const at = city.at(moment);
  told.push({ at, list: await list(), page: await page() });
};

const unit = (unitId: string, name: string) => event(UnitRegistered, { unit: unitId, name, kind: 'district-board' });
const planned = (meeting: string, board: string, on: string, stopOn: string) =>
  event(MeetingPlanned, { meeting, board, on: day(on), stopOn: day(stopOn), papersOn: day(stopOn) });

beforeAll(async () => {
  city = await smallCity();
  await city.record(
    `organisation-${organisationId(TENANT)}`,
    event(MunicipalityRegistered, { name: 'Stockholms stad' }),
    unit(alvsjo, 'Älvsjö stadsdelsnämnd'),
    unit(neighbour, 'Hägersten-Liljeholmens stadsdelsnämnd'),
    unit(norrmalm, 'Norrmalms stadsdelsnämnd'),
    event(UnitRegistered, { unit: id('revisionskontoret'), name: 'Stadsrevisionen', kind: 'body' }),
  );
  await city.record(`deadline-rules-${deadlineRulesId(TENANT)}`, ...defaultRules.map((rule) => event(DeadlineRuleSet, { ...rule, ladder: [], version: 1 })));
  await city.record(`calendar-${calendarId(TENANT, alvsjo)}`, planned(before, alvsjo, '2020-09-22', '2020-09-08'));
}, PATIENCE_MS);
afterAll(() => city.close());

test(
  'from the referral to the dispatch: the plan follows every change, and everybody concerned is told',
  async () => {
    city.at('2020-05-26T08:00:00.000Z');
    const report = {
      audit: AUDIT,
      title: 'Uppföljning av korttidstillsyn',
      numbers: ['Nr 5 2020'],
      issuedBy: id('revisionskontoret'),
      handedOverOn: day('2020-05-25'),
    };
    await city.send(new RegisterAuditReport(), report, auditor);
    await city.send(new ReferToBoard(), { audit: AUDIT, board: alvsjo, kind: 'for-reply', lastReplyOn: day('2020-10-15') }, auditor);
    await city.send(new ReferToBoard(), { audit: AUDIT, board: norrmalm, kind: 'possible-reply' }, auditor);
    await city.send(new ReferToBoard(), { audit: AUDIT, board: neighbour, kind: 'information' }, auditor);
    expect(await its()).toEqual(['2020-09-22', 'reply-awaited']);
    expect((await list()).total).toBe(2);

    const wording = 'Säkerställa att det tydligt framgår vad insatsen ska omfatta.';
    await city.send(new MakeRecommendation(), { audit: AUDIT, recommendation: R3, number: '3', wording, addressees: [alvsjo], addressed: 'named' }, auditor);
    expect(await obligationNow()).toMatchObject({ replyDueOn: '2020-10-15' });
    expect(await referralNow()).toMatchObject({ state: 'awaited', dueOn: '2020-10-15' });
    await keep('2020-05-27T08:00:00.000Z');

    city.at('2020-06-20T08:00:00.000Z');
    await city.record(
      `organisation-${organisationId(TENANT)}`,
      unit(successor, 'Hägersten-Älvsjö stadsdelsnämnd'),
      event(BoardSucceeded, { from: [alvsjo, neighbour], to: [successor], on: day('2020-07-01'), decision: 'KF', exceptions: [], units: [] }),
    );
    expect(await its()).toEqual(['no-meetings-known', 'board-succeeded']);
    await keep('2020-06-21T08:00:00.000Z');

    city.at('2020-07-02T08:00:00.000Z');
    const others = `calendar-${calendarId(TENANT, successor)}`;
    await city.record(others, planned(id('late'), successor, '2020-09-29', '2020-09-15'), planned(after, successor, '2020-09-24', '2020-09-10'));
    expect(await its()).toEqual(['2020-09-29', 'calendar-changed']);
    await city.record(others, event(MeetingCancelled, { meeting: id('late'), board: successor, reason: 'För få ärenden.' }));
    expect(await its()).toEqual(['2020-09-24', 'calendar-changed']);
    await keep('2020-07-03T08:00:00.000Z');

    city.at('2020-09-08T08:00:00.000Z');
    await city.send(new WriteOfficerReport(), { reply: REPLY, on: day('2020-09-08') }, ownerAfter);
    await city.send(new TakePosition(), { reply: REPLY, recommendation: R3, position: 'agrees', comment: 'Checklistan är reviderad.' }, ownerAfter);
    expect(await obligationNow()).toMatchObject({ reply: { reply: REPLY, position: 'agrees', proposed: true } });
    expect(await referralNow()).toMatchObject({ state: 'proposed' });
    await city.send(
      new ProposeAction(),
      { action: ACTION, title: 'Revidera checklistan', kind: 'already-done', obligations: [OBLIGATION], unit: successor, role: 'unit-manager', reply: REPLY },
      ownerAfter,
    );
    await keep('2020-09-09T08:00:00.000Z');

    city.at('2020-10-06T08:00:00.000Z');
    const meeting = `meeting-${after}`;
    await city.record(
      meeting,
      event(MeetingOpened, { meeting: after, board: successor, on: day('2020-09-24'), kind: 'meeting' }),
      event(ParagraphRecorded, {
        meeting: after,
        paragraph: id('paragraph'),
        number: '§ 13',
        title: 'Yttrande till stadsrevisionen',
        points: [{ point: decision.point, text: 'Godkänns som svar.', outcome: 'approved', object: { kind: 'reply', id: REPLY } }],
      }),
    );
    await expect(city.send(new ApproveReply(), { reply: REPLY, decision }, ownerAfter)).rejects.toMatchObject({ code: 'decision.not-counting' });
    await city.record(meeting, event(MinutesApproved, { meeting: after, approval: 1, on: day('2020-10-05') }));
    await city.send(new ApproveReply(), { reply: REPLY, decision }, ownerAfter);
    await keep('2020-10-07T08:00:00.000Z');

    city.at('2020-10-12T08:00:00.000Z');
    await city.record(
      meeting,
      event(DecisionDispatched, { meeting: after, paragraph: id('paragraph'), to: [{ body: id('revisionskontoret') }], on: day('2020-10-09') }),
    );
    await city.send(new GiveReply(), { reply: REPLY }, ownerAfter);
    expect(await obligationNow()).toMatchObject({ reply: { reply: REPLY, givenOn: '2020-10-09', position: 'agrees' } });
    expect(await referralNow()).toEqual({ reply: REPLY, state: 'given', dueOn: '2020-10-15', givenOn: '2020-10-09' });
    expect((await city.fold.fold(action, ACTION)).state).toMatchObject({ status: 'promised' });
    expect((await page()) as object).toMatchObject({
      status: 'given',
      givenOn: '2020-10-09',
      dispatchedTo: [{ name: 'Stadsrevisionen' }],
      lastDay: { late: false },
    });
    expect(await city.refusedReactions()).toEqual([]);
    await keep('2020-10-13T08:00:00.000Z');
  },
  PATIENCE_MS,
);

test('asked as of each of those moments, list and page are as they were told then', async () => {
  for (const { at, list: then, page: shown } of told) {
    expect(await list({ asOf: at })).toEqual(then);
    expect(await page({ asOf: at })).toEqual(shown);
  }
});

const shown = async (said: object) => (await list(said)).items.map(({ reply }) => reply);

test('the list is narrowed by audit, board, kind, status and problem', async () => {
  const free = replyId(AUDIT, norrmalm);
  expect(await shown({})).toEqual([free, REPLY]);
  expect(await shown({ board: successor })).toEqual([REPLY]);
  expect(await shown({ board: neighbour })).toEqual([]);
  expect(await shown({ kind: 'possible-reply' })).toEqual([free]);
  expect(await shown({ status: 'given' })).toEqual([REPLY]);
  expect(await shown({ audit: id('another') })).toEqual([]);
  expect(await shown({ late: true })).toEqual([]);
  expect(await shown({ late: false })).toHaveLength(2);
  expect(await shown({ noMeeting: true })).toEqual([]);
  expect(await shown({ noMeeting: false })).toHaveLength(2);
  expect(await shown({ asOf: told[1]?.at, problem: 'no-meetings-known' })).toEqual([REPLY]);
  expect(await shown({ asOf: told[1]?.at, noMeeting: true })).toEqual([REPLY]);
  expect(await shown({ problem: 'meeting-passed' })).toEqual([]);
});

test('the board that holds it sees it, another does not', async () => {
  expect((await list({}, ownerAfter)).items.map(({ reply }) => reply)).toEqual([REPLY]);
  expect((await list({}, who('process-owner', norrmalm))).items.map(({ reply }) => reply)).toEqual([replyId(AUDIT, norrmalm)]);
  await expect(page({}, who('process-owner', norrmalm))).rejects.toMatchObject({ code: 'reply.unknown' });
  await expect(page({ reply: id('none') })).rejects.toMatchObject({ code: 'reply.unknown' });
  await expect(city.send(new GiveReply(), { reply: REPLY }, owner)).rejects.toMatchObject({ kind: 'not-allowed' });
});

const file = async (query: ReplyAsPdf | ReplyAsDocx, by = auditor) =>
  city.ask<{ readonly type: string; readonly content: Buffer }>(query, { reply: REPLY }, by);

test('everything recorded of it, for whoever may see it', async () => {
  const { items } = await city.ask<{ readonly items: readonly { readonly type: string }[] }>(new ReplyHistory(), { reply: REPLY, limit: 200 }, ownerAfter);
  expect(items.map(({ type }) => type)).toEqual([
    'DeadlineMet',
    'ReplyGiven',
    'ReplyApproved',
    'PositionTaken',
    'OfficerReportWritten',
    ...Array.from({ length: 4 }, () => 'ReplyPlanned'),
    'ObligationTakenUp',
    'ReplyPlanned',
    'DeadlineSet',
    'ReplyAwaited',
  ]);
  await expect(city.ask(new ReplyHistory(), { reply: REPLY }, who('process-owner', norrmalm))).rejects.toMatchObject({ code: 'reply.unknown' });
});

test('the reply as PDF and as DOCX; of what another board has there is none', async () => {
  const made = await file(new ReplyAsPdf());
  expect([made.type, made.content.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
  expect((await file(new ReplyAsPdf())).content.equals(made.content)).toBe(true);
  expect((await file(new ReplyAsDocx())).content.subarray(0, 2).toString()).toBe('PK');
  await expect(file(new ReplyAsPdf(), who('process-owner', norrmalm))).rejects.toMatchObject({ code: 'reply.unknown' });
});
