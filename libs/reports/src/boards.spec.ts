import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  ActionNoted,
  audit,
  AuditReportRegistered,
  auditsView,
  LastDaySet,
  obligation,
  ObligationAllotted,
  ObligationArisen,
  ObligationImplemented,
  ObligationJudged,
  obligationsView,
  ObligationWithdrawn,
  ReplyDayNoted,
  ReferralMade,
  referralsView,
  ReplyNoted,
} from '#libs/audits';
import type { Reach } from '#libs/commands';
import { day, event, type Instant } from '#libs/kernel';
import { BoardSucceeded, MunicipalityRegistered, organisationId, organisationStream, UnitRegistered } from '#libs/organisation';
import { AllCounts, allCounts } from './all-counts.query.js';
import { AuditBoards, auditBoards } from './audit-boards.query.js';
import { BoardCounts, boardCounts } from './board-counts.query.js';
import { BoardChanges, boardChanges } from './changes.query.js';
import { id, recorded, who, type Recorded } from './recorded.given.js';

const register = `organisation-${organisationId('stockholm')}`;
const boards = ['Norrmalm', 'Östermalm', 'Socialnämnden'];
const overseer = who('overseer', 'Kommunstyrelsen');

let city: Recorded;

const arises = (at: string, name: string, board: string) =>
  city.record(
    at,
    `obligation-${id(name)}`,
    event(ObligationArisen, {
      obligation: id(name),
      audit: id('5/2020'),
      recommendation: id('R3'),
      board: id(board),
      number: 'R3',
      addressed: 'named',
      handedOverOn: day('2020-05-25'),
    }),
  );
const promises = (at: string, name: string, promisedOn: string | undefined, status: 'promised' | 'done' = 'promised') =>
  city.record(
    at,
    `obligation-${id(name)}`,
    event(ActionNoted, {
      obligation: id(name),
      action: id(`of ${name}`),
      kind: 'promised',
      status,
      ...(promisedOn !== undefined && { promisedOn: day(promisedOn), firstPromisedOn: day(promisedOn) }),
    }),
  );

const ofBoard = async (board: string, now: string, { asOf, reach = {} }: { asOf?: string; reach?: Reach } = {}) => {
  const query = Object.assign(new BoardCounts(), { board: id(board), ...(asOf !== undefined && { asOf }) });
  const { views, moments, executor, streams } = city;
  const {
    board: _,
    name,
    ...counts
  } = await boardCounts(query, await city.asking(now, overseer, reach, asOf as Instant | undefined), views, moments, executor, streams);
  expect(name).toBe(board);
  expect(counts.received).toBe(counts.implemented + counts.open);
  return counts;
};
const ofAll = async (now: string, said: Partial<AllCounts> = {}) => {
  const { views, moments, executor, streams } = city;
  return allCounts(Object.assign(new AllCounts(), said), await city.asking(now, overseer, {}, said.asOf), views, moments, executor, streams);
};

beforeAll(async () => {
  city = await recorded({ events: [...organisationStream.events, ...audit.events, ...obligation.events], views: [auditsView, referralsView, obligationsView] });
  const units = boards.map((name) => event(UnitRegistered, { unit: id(name), name, kind: name === 'Socialnämnden' ? 'board' : 'district-board' }));
  await city.record('2020-01-07T08:00:00.000Z', register, event(MunicipalityRegistered, { name: 'Stockholms stad' }), ...units);
  await city.record(
    '2020-05-25T08:00:00.000Z',
    `audit-${id('5/2020')}`,
    event(AuditReportRegistered, { audit: id('5/2020'), numbers: ['Nr 5 2020'], title: 'Korttidstillsyn', issuedBy: id('Stadsrevisionen') }),
    event(ReferralMade, { audit: id('5/2020'), board: id('Östermalm'), kind: 'for-reply', lastReplyOn: day('2020-10-15') }),
    event(ReferralMade, { audit: id('5/2020'), board: id('Utbildningsnämnden'), kind: 'information' }),
  );
  await arises('2020-05-25T08:00:00.000Z', 'R3 Norrmalm', 'Norrmalm');
  await arises('2020-05-25T08:00:00.000Z', 'R3 Östermalm', 'Östermalm');
  await arises('2020-05-25T08:00:00.000Z', 'R1', 'Socialnämnden');
  await arises('2020-05-25T08:00:00.000Z', 'R2', 'Socialnämnden');
  for (const name of ['R3 Norrmalm', 'R3 Östermalm'])
    await city.record('2020-05-26T08:00:00.000Z', `obligation-${id(name)}`, event(ReplyDayNoted, { obligation: id(name), dueOn: day('2020-10-15') }));
}, 60_000);
afterAll(() => city.close());

test('what has come in is open and undated until an action has a day; the reply’s last day is theirs', async () => {
  expect(await ofBoard('Östermalm', '2020-06-01T08:00:00.000Z')).toEqual({
    received: 1,
    implemented: 0,
    open: 1,
    pastPromisedDay: 0,
    pastLastDay: 0,
    undated: 1,
    settled: 0,
    withdrawn: 0,
    on: '2020-06-01',
  });
  expect(await ofBoard('Östermalm', '2020-10-15T08:00:00.000Z')).toMatchObject({ pastLastDay: 0 });
  expect(await ofBoard('Östermalm', '2020-10-16T08:00:00.000Z')).toMatchObject({ pastLastDay: 1 });
});

test('the day changes in Stockholm, not in Greenwich', async () => {
  expect(await ofBoard('Östermalm', '2020-10-15T22:30:00.000Z')).toMatchObject({ on: '2020-10-16', pastLastDay: 1 });
});

test('given, the reply has no last day any more; the promised day is what may pass', async () => {
  const stream = `obligation-${id('R3 Östermalm')}`;
  await city.record('2020-10-01T08:00:00.000Z', stream, event(ReplyNoted, { obligation: id('R3 Östermalm'), reply: id('reply'), givenOn: day('2020-10-01') }));
  await promises('2020-10-01T08:00:01.000Z', 'R3 Östermalm', '2020-12-31');
  expect(await ofBoard('Östermalm', '2020-12-31T12:00:00.000Z')).toMatchObject({ pastLastDay: 0, pastPromisedDay: 0, undated: 0 });
  expect(await ofBoard('Östermalm', '2021-01-01T12:00:00.000Z')).toMatchObject({ pastLastDay: 0, pastPromisedDay: 1, undated: 0 });
});

test('a last day that the board set counts where no reply is awaited', async () => {
  await city.record('2021-02-01T08:00:00.000Z', `obligation-${id('R1')}`, event(LastDaySet, { obligation: id('R1'), on: day('2021-06-30'), by: 'board' }));
  expect(await ofBoard('Socialnämnden', '2021-07-01T08:00:00.000Z')).toMatchObject({ received: 2, pastLastDay: 1, undated: 2 });
});

test('a judgement moves nothing: one judged no longer relevant stays open until the board decides, and is told beside', async () => {
  const judged = {
    outcome: 'no-longer-relevant' as const,
    decidedOn: day('2021-09-01'),
    source: { kind: 'annual-report' as const, reference: 'Årsrapport 2021' },
  };
  await city.record(
    '2021-09-02T08:00:00.000Z',
    `obligation-${id('R1')}`,
    event(ObligationJudged, { obligation: id('R1'), judgement: id('j'), grounds: 'Uppdraget har upphört.', ...judged }),
  );
  expect(await ofBoard('Socialnämnden', '2021-10-01T08:00:00.000Z')).toMatchObject({ received: 2, open: 2, pastLastDay: 0, settled: 1 });
});

test('implemented by the board’s decision, it is open no more, and still received', async () => {
  const decision = { meeting: id('meeting'), point: id('point') };
  await city.record(
    '2022-01-20T08:00:00.000Z',
    `obligation-${id('R1')}`,
    event(ObligationImplemented, { obligation: id('R1'), on: day('2022-01-20'), decision }),
  );
  expect(await ofBoard('Socialnämnden', '2022-02-01T08:00:00.000Z')).toMatchObject({ received: 2, implemented: 1, open: 1, settled: 0 });
});

test('what the auditors withdraw is received no more', async () => {
  await city.record(
    '2022-03-01T08:00:00.000Z',
    `obligation-${id('R2')}`,
    event(ObligationWithdrawn, { obligation: id('R2'), on: day('2022-03-01'), reason: 'Fel mottagare.' }),
  );
  expect(await ofBoard('Socialnämnden', '2022-03-02T08:00:00.000Z')).toMatchObject({ received: 1, implemented: 1, open: 0, undated: 0, withdrawn: 1 });
});

test('a merger moves everything, recorded late too; as of before it was recorded, nobody knew', async () => {
  const merger = { from: [id('Norrmalm'), id('Östermalm')], to: [id('Norra innerstaden')], decision: 'KF 2023', exceptions: [], units: [] };
  await city.record(
    '2023-08-15T08:00:00.000Z',
    register,
    event(UnitRegistered, { unit: id('Norra innerstaden'), name: 'Norra innerstaden', kind: 'district-board' }),
    event(BoardSucceeded, { on: day('2023-07-01'), ...merger }),
  );
  expect(await ofBoard('Norra innerstaden', '2023-08-15T09:00:00.000Z')).toMatchObject({ received: 2, open: 2 });
  expect(await ofBoard('Östermalm', '2023-08-15T09:00:00.000Z')).toMatchObject({ received: 0 });
  expect(await ofBoard('Östermalm', '2023-08-15T09:00:00.000Z', { asOf: '2023-08-01T08:00:00.000Z' })).toMatchObject({
    received: 1,
    pastPromisedDay: 1,
    on: '2023-08-01',
  });
  expect(await ofBoard('Östermalm', '2023-08-15T09:00:00.000Z', { asOf: '2020-06-01T08:00:00.000Z' })).toMatchObject({
    received: 1,
    undated: 1,
    pastLastDay: 0,
  });
});

test('all boards: each that is there on the day, by what it holds, and all together', async () => {
  const { total, items, sum: together } = await ofAll('2023-09-01T08:00:00.000Z');
  expect(items.map(({ name, received }) => [name, received])).toEqual([
    ['Norra innerstaden', 2],
    ['Socialnämnden', 1],
  ]);
  expect({ total, ...together }).toMatchObject({ total: 2, received: 3, implemented: 1, open: 2 });
});

test('as of before the merger there are three, the largest first where that is asked for', async () => {
  const asOf = '2021-01-01T08:00:00.000Z' as Instant;
  const names = async (said: Partial<AllCounts>) => (await ofAll('2023-09-01T08:00:00.000Z', { asOf, ...said })).items.map(({ name }) => name);
  expect(await names({})).toEqual(['Norrmalm', 'Socialnämnden', 'Östermalm']);
  expect(await names({ sort: 'received' })).toEqual(['Socialnämnden', 'Norrmalm', 'Östermalm']);
  expect(await names({ sort: 'past-promised-day' })).toEqual(['Östermalm', 'Norrmalm', 'Socialnämnden']);
  expect(await names({ limit: 1, offset: 1 })).toEqual(['Socialnämnden']);
});

test('one that is allotted to another board alone is counted there', async () => {
  const allotted = { to: id('Socialnämnden'), on: day('2024-01-01'), decision: 'KF 2023-12-11 § 9' };
  await city.record('2024-01-02T08:00:00.000Z', `obligation-${id('R3 Norrmalm')}`, event(ObligationAllotted, { obligation: id('R3 Norrmalm'), ...allotted }));
  expect(await ofBoard('Norra innerstaden', '2024-02-01T08:00:00.000Z')).toMatchObject({ received: 1 });
  expect(await ofBoard('Socialnämnden', '2024-02-01T08:00:00.000Z')).toMatchObject({ received: 2, open: 1 });
});

test('a board out of reach, a body and a name of nothing are all as unknown', async () => {
  const own = { units: [id('Socialnämnden')] };
  await expect(ofBoard('Östermalm', '2024-02-01T08:00:00.000Z', { reach: own })).rejects.toMatchObject({ code: 'board.unknown' });
  await expect(ofBoard('nothing', '2024-02-01T08:00:00.000Z')).rejects.toMatchObject({ code: 'board.unknown' });
  expect(await ofBoard('Socialnämnden', '2024-02-01T08:00:00.000Z', { reach: own })).toMatchObject({ received: 2 });
});

const changed = async (board: string, since: string, now: string, { asOf, ...said }: Partial<BoardChanges> = {}, reach: Reach = {}) => {
  const query = Object.assign(new BoardChanges(), { board: id(board), since: day(since), ...said, ...(asOf !== undefined && { asOf }) });
  const { views, moments, executor, streams } = city;
  const { items, ...rest } = await boardChanges(query, await city.asking(now, overseer, reach, asOf), views, moments, executor, streams);
  return { ...rest, items: items.map(({ boardName, auditNumber, number, text }) => [boardName, auditNumber, number, text]) };
};

test('since a day: what became of each obligation, the latest first', async () => {
  expect(await changed('Östermalm', '2020-05-25', '2020-11-01T08:00:00.000Z', { asOf: '2020-11-01T08:00:00.000Z' as Instant })).toEqual({
    total: 1,
    tookOver: [],
    items: [['Östermalm', 'Nr 5 2020', 'R3', 'ny rekommendation']],
  });
  expect(await changed('Östermalm', '2020-06-01', '2020-11-01T08:00:00.000Z', { asOf: '2020-11-01T08:00:00.000Z' as Instant })).toMatchObject({
    items: [['Östermalm', 'Nr 5 2020', 'R3', 'svar lämnat: 2020-10-01; åtgärd tillagd: 2020-12-31']],
  });
  expect((await changed('Socialnämnden', '2021-09-02', '2024-02-01T08:00:00.000Z')).items.map(([, , , text]) => text)).toEqual([
    'tilldelad en annan nämnd: Norrmalm → Socialnämnden',
    'återtagen av revisorerna',
    'genomförd enligt nämndens beslut: 2022-01-20; bedömd av revisorerna: no-longer-relevant',
  ]);
});

test('what was recorded the day before is not among it, that day is', async () => {
  expect(await changed('Socialnämnden', '2022-03-02', '2022-03-02T08:00:00.000Z', { asOf: '2022-03-02T08:00:00.000Z' as Instant })).toMatchObject({ total: 0 });
  expect(await changed('Socialnämnden', '2022-03-01', '2022-03-02T08:00:00.000Z', { asOf: '2022-03-02T08:00:00.000Z' as Instant })).toMatchObject({ total: 1 });
});

test('only those of which that changed, a page at a time', async () => {
  expect(await changed('Socialnämnden', '2021-09-02', '2024-02-01T08:00:00.000Z', { what: 'withdrawn' })).toMatchObject({ total: 1 });
  expect((await changed('Socialnämnden', '2021-09-02', '2024-02-01T08:00:00.000Z', { limit: 1, offset: 1 })).items.map(([, , , text]) => text)).toEqual([
    'återtagen av revisorerna',
  ]);
});

test('what a board took over by a merger is as it was; the boards are named. What was allotted away is told by the one that had it', async () => {
  expect(await changed('Norra innerstaden', '2023-06-01', '2023-09-01T08:00:00.000Z', { asOf: '2023-09-01T08:00:00.000Z' as Instant })).toMatchObject({
    total: 0,
    tookOver: [{ name: 'Norrmalm' }, { name: 'Östermalm' }],
  });
  expect(await changed('Norra innerstaden', '2024-01-01', '2024-02-01T08:00:00.000Z')).toMatchObject({
    total: 1,
    tookOver: [],
    items: [['Norrmalm', 'Nr 5 2020', 'R3', 'tilldelad en annan nämnd: Norrmalm → Socialnämnden']],
  });
});

test('a day that has not been, and a board out of reach, are refused', async () => {
  await expect(changed('Socialnämnden', '2024-02-02', '2024-02-01T08:00:00.000Z')).rejects.toMatchObject({ code: 'since.future' });
  await expect(changed('Östermalm', '2024-01-01', '2024-02-01T08:00:00.000Z', {}, { units: [id('Socialnämnden')] })).rejects.toMatchObject({
    code: 'board.unknown',
  });
});

const ofAudit = async (name: string, asOf: string, reach: Reach = {}) => {
  const { views, moments, executor, streams } = city;
  const asking = await city.asking('2024-02-01T08:00:00.000Z', overseer, reach, asOf as Instant);
  return auditBoards(Object.assign(new AuditBoards(), { audit: id(name), asOf }), asking, views, moments, executor, streams);
};

test('one report over all boards: whom it was handed over to, whom it recommends something, and how each stands', async () => {
  const { total, sum: together, items } = await ofAudit('5/2020', '2020-12-01T08:00:00.000Z');
  expect(items.map(({ referral, replyLate, received, notYetJudged }) => ({ referral, replyLate, received, notYetJudged }))).toEqual([
    { referral: 'information', replyLate: false, received: 0, notYetJudged: 0 },
    { referral: 'none', replyLate: false, received: 1, notYetJudged: 1 },
    { referral: 'none', replyLate: false, received: 2, notYetJudged: 2 },
    { referral: 'for-reply', replyLate: true, received: 1, notYetJudged: 1 },
  ]);
  expect({ total, ...together }).toMatchObject({ total: 4, received: 4, open: 4, implemented: 0, undated: 3 });
});

test('its rows keep the boards’ names of then, and tell who holds them', async () => {
  const { items, sum: together } = await ofAudit('5/2020', '2023-09-01T08:00:00.000Z');
  expect(items.find(({ boardName }) => boardName === 'Östermalm')).toMatchObject({ holderName: 'Norra innerstaden', open: 1, pastPromisedDay: 1 });
  expect(together).toMatchObject({ received: 3, implemented: 1, withdrawn: 1, judgedNoLongerRelevant: 1, notYetJudged: 2 });
});

test('a board sees its own rows of it alone; one that it does not concern sees no report', async () => {
  const own = await ofAudit('5/2020', '2020-12-01T08:00:00.000Z', { units: [id('Norrmalm')] });
  expect(own).toMatchObject({ total: 1, sum: { received: 1 }, items: [{ boardName: 'Norrmalm' }] });
  await expect(ofAudit('5/2020', '2020-12-01T08:00:00.000Z', { units: [id('Kulturnämnden')] })).rejects.toMatchObject({ code: 'audit.unknown' });
  await expect(ofAudit('6/2020', '2020-12-01T08:00:00.000Z')).rejects.toMatchObject({ code: 'audit.unknown' });
});
