import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { audit, AuditsModule, auditId, auditsView, obligationsView, recommendationsView, referralsView } from '#libs/audits';
import { Commands, Executor, Moments, Streams } from '#libs/commands';
import { document, documentId, DocumentStored, DocumentStore } from '#libs/documents';
import { event, EventRegistry } from '#libs/kernel';
import { MunicipalityRegistered, organisationId, organisationStream, UnitRegistered } from '#libs/organisation';
import { deadlineRules } from '#libs/timers';
import { Views } from '#libs/views';
import { ImportRecommendations, importRecommendations } from './import-recommendations.query.js';
import { id, recorded, who, type Recorded } from './recorded.given.js';

/** Bytes in memory. */
class Kept extends DocumentStore {
  readonly bytes = new Map<string, Buffer>();
  override put(_tenant: string, sha256: string, bytes: Buffer): Promise<void> {
    this.bytes.set(sha256, bytes);
    return Promise.resolve();
  }
  override get(_tenant: string, sha256: string): Promise<Readable | undefined> {
    const found = this.bytes.get(sha256);
    return Promise.resolve(found && Readable.from([found]));
  }
  override check(): Promise<void> {
    return Promise.resolve();
  }
}

let city: Recorded;
let commands: Commands;
let close: () => Promise<void>;
const store = new Kept();
const AUDIT = auditId('stockholm', id('Stadsrevisionen'), 'Nr 5 2020');

beforeAll(async () => {
  const streams = [organisationStream, audit, document, deadlineRules];
  city = await recorded({ events: streams.flatMap(({ events }) => events), views: [auditsView, referralsView, recommendationsView, obligationsView] });
  const units = ['Östermalms stadsdelsnämnd', 'Norrmalms stadsdelsnämnd', 'Socialnämnden', 'Stadsrevisionen'].map((name) =>
    event(UnitRegistered, { unit: id(name), name, kind: name === 'Stadsrevisionen' ? 'body' : 'board' }),
  );
  await city.record(
    '2020-01-07T08:00:00.000Z',
    `organisation-${organisationId('stockholm')}`,
    event(MunicipalityRegistered, { name: 'Stockholms stad' }),
    ...units,
  );
  const given = new Map<unknown, unknown>([
    [Executor, city.executor],
    [Views, city.views],
    [Streams, city.streams],
    [Moments, city.moments],
    [EventRegistry, city.registry],
    [DocumentStore, store],
  ]);
  const provided = [...given].map(([provide, useValue]) => ({ provide: provide as symbol, useValue }));
  @Global()
  @Module({ imports: [CqrsModule.forRoot()], providers: [Commands, ...provided], exports: [Commands, ...(given.keys() as Iterable<symbol>)] })
  class Core {}
  const app = await Test.createTestingModule({ imports: [Core, AuditsModule] })
    .useMocker(() => ({}))
    .compile();
  await app.init();
  close = () => app.close();
  commands = app.get(Commands);
}, 60_000);
afterAll(async () => {
  await close();
  await city.close();
});

const HEADING = 'Rapport;Rapportens titel;Utfärdad av;Överlämnad;Rekommendation;Lydelse;Nämnd;Överlämnad för;Sista svarsdag;Mottagen;Handläggare';
const R3 = 'Nr 5 2020;Korttidstillsyn;Stadsrevisionen;2020-05-25;R3;Följ upp insatsen.;';
const OSTERMALM = `${R3}Östermalms stadsdelsnämnd;yttrande;2020-10-15;2020-05-28;A`;
const NORRMALM = `${R3}Norrmalms stadsdelsnämnd;yttrande;2020-10-15;;B`;

const stored = async (rows: readonly string[], name = 'rekommendationer.csv', mediaType: 'text/csv' | 'text/plain' = 'text/csv') => {
  const bytes = Buffer.from([HEADING, ...rows].join('\n'));
  const sha256 = hash('sha256', bytes);
  if (!store.bytes.has(sha256)) {
    await store.put('stockholm', sha256, bytes);
    await city.record(
      '2026-03-01T08:00:00.000Z',
      `document-${documentId('stockholm', sha256)}`,
      event(DocumentStored, { sha256, size: bytes.length, mediaType, name }),
    );
  }
  return sha256;
};
const officer = who('audit-officer', 'Revisionskontoret');
const imports = async (sha256: string, { dryRun, by = officer }: { dryRun?: boolean; by?: typeof officer } = {}) => {
  const query = Object.assign(new ImportRecommendations(), { document: sha256, ...(dryRun !== undefined && { dryRun }) });
  const asking = await city.asking('2026-03-02T08:00:00.000Z', by);
  return importRecommendations(query, asking, city.views, city.executor, city.streams, store, commands);
};
const outcomes = async (rows: readonly string[], said: Parameters<typeof imports>[1] = {}) =>
  (await imports(await stored(rows), said)).items.map(({ row, outcome }) => `${row} ${outcome}`);
const theAudit = async () => (await city.streams.tell('stockholm', audit, AUDIT)).state;
const title = async () => {
  const known = await theAudit();
  return known.status === 'registered' ? known.report.title : undefined;
};
const entries = async () => (await city.log.readStream('stockholm', `audit-${AUDIT}`)).length;

test('a dry run tells what would come of each row, and records nothing', async () => {
  expect(await imports(await stored([OSTERMALM, NORRMALM, OSTERMALM.replace('Östermalms', 'Okända')]), { dryRun: true })).toMatchObject({
    dryRun: true,
    rows: 3,
    new: 2,
    corrected: 0,
    unchanged: 0,
    bad: 1,
    ignored: ['Handläggare'],
    items: [
      { row: 2, outcome: 'new', report: 'Nr 5 2020', recommendation: 'R3', board: 'Östermalms stadsdelsnämnd' },
      { row: 3, outcome: 'new' },
      { row: 4, outcome: 'bad', faults: [{ column: 'board', code: 'import.not-registered' }] },
    ],
  });
  expect(await entries()).toBe(0);
});

test('a run records the report, whom it was handed over to, and one recommendation to all the boards that are right', async () => {
  expect(await outcomes([OSTERMALM, NORRMALM, OSTERMALM.replace('Östermalms', 'Okända')])).toEqual(['2 new', '3 new', '4 bad']);
  expect(await theAudit()).toMatchObject({
    report: { numbers: ['Nr 5 2020'], title: 'Korttidstillsyn', handedOverOn: '2020-05-25' },
    referrals: {
      [id('Östermalms stadsdelsnämnd')]: { kind: 'for-reply', lastReplyOn: '2020-10-15', received: { on: '2020-05-28' } }, // its day has long passed: it comes in as late
      [id('Norrmalms stadsdelsnämnd')]: { kind: 'for-reply' },
    },
  });
  const known = await theAudit();
  expect(Object.values(known.status === 'registered' ? known.recommendations : {})).toMatchObject([
    { number: 'R3', addressees: [id('Östermalms stadsdelsnämnd'), id('Norrmalms stadsdelsnämnd')] },
  ]);
});

test('the same file a second time changes nothing, whatever way the number is written', async () => {
  const before = await entries();
  expect(await outcomes([OSTERMALM, NORRMALM])).toEqual(['2 unchanged', '3 unchanged']);
  expect(await outcomes([OSTERMALM.replace('Nr 5 2020', '5/2020')])).toEqual(['2 unchanged']);
  expect(await entries()).toBe(before);
});

test('sent twice at once it has one effect', async () => {
  const sha256 = await stored([OSTERMALM, NORRMALM, `${R3.replace('R3', 'R4')}Socialnämnden;kännedom;;;`]);
  const before = await entries();
  const both = await Promise.all([imports(sha256), imports(sha256)]);
  expect(both.map(({ bad }) => bad)).toEqual([0, 0]);
  expect(await entries()).toBe(before + 2); // a referral and a recommendation
});

test('what stands otherwise is a correction that is listed, and never a second obligation', async () => {
  const changed = OSTERMALM.replace('Korttidstillsyn', 'Uppföljning av korttidstillsyn')
    .replace('2020-10-15', '2020-10-31')
    .replace('Följ upp insatsen.', 'Följ upp den beviljade insatsen.');
  const { items } = await imports(await stored([changed], 'rättad.csv'));
  expect(items).toMatchObject([
    {
      row: 2,
      outcome: 'corrected',
      corrections: [
        { column: 'title', from: 'Korttidstillsyn', to: 'Uppföljning av korttidstillsyn' },
        { column: 'lastReplyOn', from: '2020-10-15', to: '2020-10-31' },
        { column: 'wording', from: 'Följ upp insatsen.', to: 'Följ upp den beviljade insatsen.' },
      ],
    },
  ]);
  const known = await theAudit();
  expect(Object.values(known.status === 'registered' ? known.recommendations : {}).filter(({ number }) => number === 'R3')).toMatchObject([
    { wording: 'Följ upp insatsen.', quotations: [{ wording: 'Följ upp den beviljade insatsen.', source: 'Import av rättad.csv' }] },
  ]);
  expect(await outcomes([changed])).toEqual(['2 unchanged']);
});

test('corrected, and corrected back, it is as it was', async () => {
  expect(await outcomes([OSTERMALM])).toEqual(['2 corrected']);
  expect(await title()).toBe('Korttidstillsyn');
});

test('another board for a recommendation that is there is for the auditors to say', async () => {
  const { items } = await imports(await stored([`${R3}Socialnämnden;kännedom;;;`]));
  expect(items).toMatchObject([{ outcome: 'bad', faults: [{ column: 'board', code: 'import.board-added' }] }]);
});

test.each<[string, readonly string[], number, string]>([
  ['the same twice', [OSTERMALM, OSTERMALM], 3, 'import.row-twice'],
  ['two titles of one report', [OSTERMALM, NORRMALM.replace('Korttidstillsyn', 'Annat')], 3, 'import.rows-differ'],
  ['two wordings of one recommendation', [OSTERMALM, NORRMALM.replace('Följ upp insatsen.', 'Annat.')], 3, 'import.rows-differ'],
  ['a reception of what was never handed over', ['6/2021;Annat;Stadsrevisionen;;R1;Gör.;Socialnämnden;;;2021-02-01;'], 2, 'import.received-without-referral'],
])('%s is told', async (_what, rows, row, code) => {
  const { items } = await imports(await stored(rows), { dryRun: true });
  expect(items.find((item) => item.row === row)).toMatchObject({ outcome: 'bad', faults: [{ code }] });
});

test('what the decision itself refuses is told by the dry run too, row by row', async () => {
  const row = '7/2021;Annat;Stadsrevisionen;2021-02-01;R1;Gör.;Socialnämnden;yttrande;2021-01-15;;';
  const { items } = await imports(await stored([row]), { dryRun: true });
  expect(items).toMatchObject([{ outcome: 'bad', faults: [{ code: 'referral.last-day-too-early' }] }]);
});

test('whoever may not record what it says is told so for each row', async () => {
  const { items } = await imports(await stored(['8/2021;Annat;Stadsrevisionen;;R1;Gör.;Socialnämnden;;;;']), {
    dryRun: true,
    by: who('registrar', 'Socialnämnden'),
  });
  expect(items).toMatchObject([{ outcome: 'bad', faults: [{ code: 'role.not-allowed' }] }]);
});

test('a file that is not stored, and one that is no table, are refused', async () => {
  await expect(imports('0'.repeat(64))).rejects.toMatchObject({ code: 'document.unknown' });
  await expect(imports(await stored(['bara text'], 'brev.txt', 'text/plain'))).rejects.toMatchObject({ code: 'import.not-a-table' });
});
