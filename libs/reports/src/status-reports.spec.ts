import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { ObligationWithdrawn } from '#libs/audits';
import { Commands, Executor, Moments, Streams, type Reach } from '#libs/commands';
import { DocumentStore } from '#libs/documents';
import { day, event, EventRegistry, instant, randomId, type Instant } from '#libs/kernel';
import { Views } from '#libs/views';
import { DecideStatusReport } from './decide-status-report.js';
import { DraftStatusReport } from './draft-status-report.js';
import { ListStatusReports, listStatusReports } from './list-status-reports.query.js';
import { id, who, type Recorded } from './recorded.given.js';
import { ReportsModule } from './reports.module.js';
import { StatusReportAsPdf, statusReportAsPdf, StatusReportById, statusReportById, statusReportPaper } from './status-report-by-id.query.js';
import { statusReportId } from './status-report.js';
import { DECISION, OSTERMALM, storyCity } from './story.given.js';

const ASOF = day('2020-08-31');
const REPORT = statusReportId(id('Östermalm'), 'interim', ASOF);
const owner = who('process-owner', 'Norra innerstaden');

let city: Recorded;
let send: (command: object, now: string) => Promise<unknown>;
let close: () => Promise<void>;

beforeAll(async () => {
  city = await storyCity();
  const given = new Map<unknown, unknown>([
    [Executor, city.executor],
    [Views, city.views],
    [Streams, city.streams],
    [Moments, city.moments],
    [EventRegistry, city.registry],
    [DocumentStore, {}],
  ]);
  const provided = [...given].map(([provide, useValue]) => ({ provide: provide as symbol, useValue }));
  @Global()
  @Module({ imports: [CqrsModule.forRoot()], providers: [Commands, ...provided], exports: [Commands, ...(given.keys() as Iterable<symbol>)] })
  class Core {}
  const app = await Test.createTestingModule({ imports: [Core, ReportsModule] })
    .useMocker(() => ({}))
    .compile();
  await app.init();
  close = () => app.close();
  const board = ['Norra innerstaden', 'Norrmalm', 'Östermalm'].map(id);
  const holdings = { unit: board, board };
  send = (command, now) =>
    app.get(Commands).send(command, { tenant: 'stockholm', by: owner, holdings, commandId: randomId(), corr: '0'.repeat(32), now: instant(now) });
}, 60_000);
afterAll(async () => {
  await close();
  await city.close();
});

const shown = async (now: string, { asOf, reach = {} }: { asOf?: string; reach?: Reach } = {}) => {
  const query = Object.assign(new StatusReportById(), { report: REPORT, ...(asOf !== undefined && { asOf }) });
  const { views, moments, executor, streams } = city;
  return statusReportById(query, await city.asking(now, owner, reach, asOf as Instant | undefined), views, moments, executor, streams);
};

test('a draft shows how things stood on its day, by all that is recorded', async () => {
  await send(
    Object.assign(new DraftStatusReport(), { board: id('Östermalm'), kind: 'interim', asOf: ASOF, text: 'Arbetet fortsätter.' }),
    '2023-10-02T08:00:00.000Z',
  );
  const { counts, rows, ...report } = await shown('2023-10-02T09:00:00.000Z');
  expect(report).toMatchObject({
    boardName: 'Östermalm',
    municipality: 'Stockholms stad',
    kind: 'interim',
    asOf: ASOF,
    status: 'draft',
    text: 'Arbetet fortsätter.',
  });
  expect(counts).toMatchObject({ received: 1, implemented: 0, open: 1, undated: 1 }); // implemented in 2021, so open then
  expect(rows).toMatchObject([
    { auditNumber: 'Nr 5 2020', number: 'R3', wording: 'Följ upp den beviljade insatsen.', addressedTo: 'Östermalm', status: 'open' },
  ]);
});

test('once it is decided it shows what was recorded then, whatever comes after, and its hash fits', async () => {
  const before = await shown('2023-10-02T09:00:00.000Z');
  await send(Object.assign(new DecideStatusReport(), { report: REPORT, decision: DECISION }), '2023-10-03T08:00:00.000Z');
  await city.record(
    '2023-10-04T08:00:00.000Z',
    `obligation-${OSTERMALM}`,
    event(ObligationWithdrawn, { obligation: OSTERMALM, on: day('2023-10-04'), reason: 'Fel.' }),
  );
  const after = await shown('2023-10-05T08:00:00.000Z');
  expect(after).toMatchObject({ status: 'decided', counts: before.counts, rows: before.rows, sha256: before.sha256 });
  expect(after.decided).toMatchObject({ on: '2020-09-24', decidedBy: id('Östermalm'), intact: true });
});

test('as of before the decision it is the draft that it was', async () => {
  expect(await shown('2023-10-05T08:00:00.000Z', { asOf: '2023-10-02T12:00:00.000Z' })).toMatchObject({ status: 'draft' });
});

test('as PDF it is the same bytes each time', async () => {
  const { views, moments, executor, streams } = city;
  const once = async (now: string) =>
    statusReportAsPdf(Object.assign(new StatusReportAsPdf(), { report: REPORT }), await city.asking(now, owner), views, moments, executor, streams);
  const { type, name, content } = await once('2023-10-05T08:00:00.000Z');
  expect([type, name]).toEqual(['application/pdf', 'lagesrapport-2020-08-31.pdf']);
  expect(content).toEqual((await once('2023-11-05T08:00:00.000Z')).content);
});

test('on paper a draft says that it is one; a decided one says what it was made of', async () => {
  const decided = statusReportPaper(await shown('2023-10-05T08:00:00.000Z'));
  expect(decided.standing).toMatch(/^Så som det var registrerat när nämnden beslutat\. .*[0-9a-f]{64}$/);
  expect(decided.rows).toEqual([['Nr 5 2020', 'R3', 'Östermalm', 'öppen', 'ingen dag', 'ännu inte bedömd']]);
  expect(statusReportPaper(await shown('2023-10-05T08:00:00.000Z', { asOf: '2023-10-02T12:00:00.000Z' })).standing).toMatch(/^Utkast\./);
});

test('the list has it, for those whom it concerns', async () => {
  const { views, moments, executor, streams } = city;
  const list = async (said: Partial<ListStatusReports>, reach: Reach = {}) =>
    listStatusReports(
      Object.assign(new ListStatusReports(), said),
      await city.asking('2023-10-05T08:00:00.000Z', owner, reach),
      views,
      moments,
      executor,
      streams,
    );
  expect(await list({})).toMatchObject({
    total: 1,
    items: [{ report: REPORT, boardName: 'Östermalm', status: 'decided', decidedOn: '2020-09-24', obligations: 1 }],
  });
  expect(await list({ board: id('Norra innerstaden') })).toMatchObject({ total: 1 });
  for (const said of [{ board: id('Socialnämnden') }, { kind: 'annual' as const }, { status: 'draft' as const }])
    expect(await list(said)).toMatchObject({ total: 0 });
  expect(await list({}, { units: [id('Socialnämnden')] })).toMatchObject({ total: 0 });
});

test('another board’s is as unknown as one that nobody drafted', async () => {
  await expect(shown('2023-10-05T08:00:00.000Z', { reach: { units: [id('Socialnämnden')] } })).rejects.toMatchObject({ code: 'status-report.unknown' });
});
