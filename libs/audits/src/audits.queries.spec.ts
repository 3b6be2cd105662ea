import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { SYSTEM_ROLE } from '#libs/commands';
import { DocumentStored, documentId } from '#libs/documents';
import { day, derivedId, event, type Instant } from '#libs/kernel';
import { MeetingOpened, MinutesApproved, ParagraphRecorded } from '#libs/meetings';
import { BoardSucceeded, MunicipalityRegistered, organisationId, UnitRegistered } from '#libs/organisation';
import { DeadlineRuleSet, deadlineRulesId } from '#libs/timers';
import { AllotObligation } from './allot-obligation.js';
import { AuditById } from './audit-by-id.query.js';
import { ruleOf } from './audits.given.js';
import { ChooseAuditWorkingValue } from './choose-audit-working-value.js';
import { smallCity, TENANT, who, type SmallCity } from './city.given.js';
import { CompleteAuditReport } from './complete-audit-report.js';
import { CorrectJudgement } from './correct-judgement.js';
import { DecideImplemented } from './decide-implemented.js';
import { DeliverDocuments } from './deliver-documents.js';
import { AuditHistory, ObligationHistory } from './history.query.js';
import { ListAudits } from './list-audits.query.js';
import { ListObligations } from './list-obligations.query.js';
import { ListRecommendations } from './list-recommendations.query.js';
import { ListReferrals } from './list-referrals.query.js';
import { MakeAuditStatement } from './make-audit-statement.js';
import { MakeRecommendation } from './make-recommendation.js';
import { NameAddressees } from './name-addressees.js';
import { NoteAction } from './note-action.js';
import { NoteReferralReply } from './note-referral-reply.js';
import { NoteReplyDay } from './note-reply-day.js';
import { NoteReply } from './note-reply.js';
import { ObligationById } from './obligation-by-id.query.js';
import { obligationId } from './obligation.js';
import { QuoteWording } from './quote-wording.js';
import { ReceiveReferral } from './receive-referral.js';
import { RecordJudgement } from './record-judgement.js';
import { RecordObjection } from './record-objection.js';
import { ReferToBoard } from './refer-to-board.js';
import { RegisterAuditReport } from './register-audit-report.js';
import { RequestDocuments } from './request-documents.js';

// Case A in small: report Nr 5 2020 to socialnämnden and two districts, which merge in 2023; and one report of which nothing but its title is known.

jest.setTimeout(60_000);

const id = (name: string) => derivedId('audits queries', name);
const SOCIAL = id('Socialnämnden');
const NORRMALM = id('Norrmalm');
const OSTERMALM = id('Östermalm');
const NORRA = id('Norra innerstaden');
const AUDITORS = id('Stadsrevisionen');
const REGISTRY = id('Östermalms registratur');
const auditor = who('auditor', AUDITORS);
const officer = who('audit-officer', AUDITORS);
const owner = who('process-owner', OSTERMALM);
const system = who(SYSTEM_ROLE, OSTERMALM);

let city: SmallCity;
let report: string;
let unknownReport: string;
let R3: string;
let atOstermalm: string;
let before: Instant;

interface Listed {
  readonly total: number;
  readonly totals: Readonly<Record<string, number>>;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}
type Page = Readonly<Record<string, unknown>>;
const list = (query: ListAudits | ListObligations | ListRecommendations | ListReferrals, said: object = {}, by = auditor) => city.ask<Listed>(query, said, by);
const page = (obligation: string, said: object = {}, by = auditor) => city.ask<Page>(new ObligationById(), { obligation, ...said }, by);

const boards = async (said: object) => (await list(new ListReferrals(), said)).items.map(({ boardName }) => boardName);
const numbers = async (said: object) => (await list(new ListRecommendations(), said)).items.map(({ number }) => number);
const unit = (one: string, name: string, kind: 'board' | 'district-board' | 'body' | 'unit', partOf?: string) =>
  event(UnitRegistered, { unit: one, name, kind, ...(partOf !== undefined && { partOf }) });

const decision = { meeting: id('meeting'), point: id('point') };

beforeAll(async () => {
  city = await smallCity();
  city.at('2020-01-01T08:00:00.000Z');
  await city.record(
    `organisation-${organisationId(TENANT)}`,
    event(MunicipalityRegistered, { name: 'Stockholms stad' }),
    unit(SOCIAL, 'Socialnämnden', 'board'),
    unit(NORRMALM, 'Norrmalm', 'district-board'),
    unit(OSTERMALM, 'Östermalm', 'district-board'),
    unit(NORRA, 'Norra innerstaden', 'district-board'),
    unit(AUDITORS, 'Stadsrevisionen', 'body'),
    unit(REGISTRY, 'Registraturen', 'unit', OSTERMALM),
  );
  const rules = ['last-day', 'document-request'].map((type) => {
    const { id: _, ...terms } = ruleOf(type);
    return event(DeadlineRuleSet, terms);
  });
  await city.record(`deadline-rules-${deadlineRulesId(TENANT)}`, ...rules);
  await city.record(
    `document-${documentId(TENANT, 'a7'.repeat(32))}`,
    event(DocumentStored, { sha256: 'a7'.repeat(32), size: 3, mediaType: 'text/plain', name: 'a.txt' }),
  );

  city.at('2020-05-26T08:00:00.000Z');
  ({ id: report } = await city.send(
    new RegisterAuditReport(),
    { numbers: ['Nr 5 2020'], title: 'Uppföljning av 100 % korttidstillsyn', issuedBy: AUDITORS },
    auditor,
  ));
  ({ id: unknownReport } = await city.send(new RegisterAuditReport(), { title: 'Samverkan kring barn och unga', issuedBy: AUDITORS }, auditor));
  const audit = report;
  const make = (number: string, addressees: string[], addressed: 'named' | 'group' | 'as-interpreted') =>
    city.send(new MakeRecommendation(), { audit, number, wording: `Rekommendation ${number}.`, addressees, addressed }, auditor);
  await city.send(new ReferToBoard(), { audit, board: OSTERMALM, kind: 'for-reply', lastReplyOn: day('2020-10-15') }, auditor);
  await city.send(new ReferToBoard(), { audit, board: SOCIAL, kind: 'for-reply' }, auditor);
  await city.send(new ReferToBoard(), { audit, board: NORRMALM, kind: 'information' }, auditor);
  await make('R1', [SOCIAL], 'named');
  await make('R3', [NORRMALM, OSTERMALM], 'group');
  R3 = derivedId(report, 'recommendation', 'R3');
  atOstermalm = obligationId(R3, OSTERMALM);
  before = city.at('2020-05-28T08:00:00.000Z');
  city.at('2020-05-29T08:00:00.000Z');
  await city.send(new ReceiveReferral(), { audit, board: OSTERMALM, on: day('2020-05-28'), registryNumber: 'SDNÖ 2020/312' }, who('registrar', REGISTRY));
  await city.send(new CompleteAuditReport(), { audit, handedOverOn: day('2020-05-25'), reason: 'Protokollet.' }, auditor);
  await city.send(new QuoteWording(), { audit, recommendation: R3, wording: 'följa upp insatsen', source: '[001]' }, auditor);
  const about = 'period-audited';
  const says = (value: string, source: string) => city.send(new MakeAuditStatement(), { audit, about, value, source }, auditor);
  await says('2020', '[000]');
  await says('2019', '[002]');
});
afterAll(() => city.close());

test('each board that a recommendation is addressed to has one obligation; what was known later reached it', async () => {
  const { total, totals, items } = await list(new ListObligations());
  expect([total, totals.received, totals.open]).toEqual([3, 3, 3]);
  expect(items.find(({ obligation }) => obligation === atOstermalm)).toMatchObject({
    number: 'R3',
    auditNumber: 'Nr 5 2020',
    boardName: 'Östermalm',
    holderName: 'Östermalm',
    receivedOn: '2020-05-28',
    reply: 'none-known',
    undated: true,
  });
  expect(await city.refusedReactions()).toEqual([]);
});

test('an audit is found by its number however that is written, and by a part of its title, whatever signs are in it', async () => {
  for (const search of ['Nr 5 2020', '5/2020', '2020:5', 'korttids', '100 %'])
    expect((await list(new ListAudits(), { search })).items.map(({ audit }) => audit)).toEqual([report]);
  for (const search of ['15/2020', '100 _', '%%']) expect((await list(new ListAudits(), { search })).total).toBe(0);
  expect((await list(new ListAudits())).items.map(({ audit }) => audit)).toEqual([report, unknownReport]);
});

test('what is unknown is left out of the lists and named on the page', async () => {
  const { items } = await list(new ListAudits(), { search: 'samverkan' });
  expect(items[0]).toEqual({
    audit: unknownReport,
    numbers: [],
    title: 'Samverkan kring barn och unga',
    issuedBy: AUDITORS,
    issuedByName: 'Stadsrevisionen',
    referrals: 0,
    recommendations: 0,
    differing: [],
  });
  expect(await city.ask<Page>(new AuditById(), { audit: unknownReport }, auditor)).toMatchObject({
    report: { unknown: ['numbers', 'registryNumber', 'periodAudited', 'reportOn', 'handedOverOn'] },
  });
});

test('the page of an audit tells of its referrals, of each addressee’s obligation, and of what its sources disagree about', async () => {
  const audit = await city.ask<Page>(new AuditById(), { audit: report }, auditor);
  expect(audit).toMatchObject({
    report: { numbers: ['Nr 5 2020'], handedOverOn: '2020-05-25', issuedBy: { name: 'Stadsrevisionen' } },
    referrals: [
      {
        board: { name: 'Östermalm' },
        kind: 'for-reply',
        lastReplyOn: '2020-10-15',
        lastReplyDayUnknown: false,
        received: { registryNumber: 'SDNÖ 2020/312', patternKnown: false },
      },
      { board: { name: 'Socialnämnden' }, lastReplyDayUnknown: true, reply: { state: 'none-known' } },
      { board: { name: 'Norrmalm' }, kind: 'information', lastReplyDayUnknown: false },
    ],
    recommendations: [
      { number: 'R1', addressees: [{ board: { name: 'Socialnämnden' }, status: 'open' }] },
      { number: 'R3', quotations: [{ source: '[001]' }], addressees: [{ board: { name: 'Norrmalm' } }, { obligation: atOstermalm, reply: 'none-known' }] },
    ],
    statements: [{ about: 'period-audited', differ: true }],
  });
  expect((await list(new ListAudits(), { search: '5/2020' })).items[0]).toMatchObject({ differing: ['period-audited'] });
});

test('as of a moment before, nothing of what was recorded later is there', async () => {
  const audit = await city.ask<Page>(new AuditById(), { audit: report, asOf: before }, auditor);
  expect(audit).toMatchObject({ report: { unknown: ['registryNumber', 'periodAudited', 'reportOn', 'handedOverOn'] }, statements: [] });
  expect((await list(new ListReferrals(), { asOf: before, received: true })).total).toBe(0);
  expect((await list(new ListObligations(), { asOf: before })).items.some(({ receivedOn }) => receivedOn !== undefined)).toBe(false);
  expect(await page(atOstermalm, { asOf: before })).not.toHaveProperty('receivedOn');
});

test('referrals by audit, board, kind, reception and reply', async () => {
  const [first, ...others] = await boards({}); // by the last day for the reply; where there is none, in any order that stays the same
  expect([first, new Set(others)]).toEqual(['Östermalm', new Set(['Norrmalm', 'Socialnämnden'])]);
  expect(await boards({ kind: 'information' })).toEqual(['Norrmalm']);
  expect(await boards({ received: true })).toEqual(['Östermalm']);
  expect(await boards({ board: SOCIAL })).toEqual(['Socialnämnden']);
  expect(await boards({ audit: unknownReport })).toEqual([]);
  const due = day('2020-10-15');
  await city.send(new NoteReferralReply(), { audit: report, board: OSTERMALM, reply: id('reply'), state: 'awaited', dueOn: due }, system);
  expect(await boards({ reply: 'awaited' })).toEqual(['Östermalm']);
  expect(new Set(await boards({ reply: 'none-known' }))).toEqual(new Set(['Norrmalm', 'Socialnämnden']));
});

test('recommendations by audit, board and words', async () => {
  expect(await numbers({})).toEqual(['R1', 'R3']);
  expect(await numbers({ board: NORRMALM })).toEqual(['R3']);
  expect(await numbers({ search: 'rekommendation r1' })).toEqual(['R1']);
  expect(await numbers({ audit: unknownReport })).toEqual([]);
});

test('a board’s people see what concerns their board, and nothing else', async () => {
  const norrmalm = who('process-owner', NORRMALM);
  const social = who('unit-manager', SOCIAL);
  expect((await list(new ListObligations(), {}, norrmalm)).items.map(({ boardName }) => boardName)).toEqual(['Norrmalm']);
  expect((await list(new ListReferrals(), {}, social)).items.map(({ boardName }) => boardName)).toEqual(['Socialnämnden']);
  expect((await list(new ListRecommendations(), {}, social)).items.map(({ number }) => number)).toEqual(['R1']);
  expect((await list(new ListAudits(), {}, social)).items.map(({ audit }) => audit)).toEqual([report]);
  expect((await list(new ListObligations(), { board: OSTERMALM }, norrmalm)).total).toBe(0);
  await expect(page(atOstermalm, {}, norrmalm)).rejects.toMatchObject({ code: 'obligation.unknown' });
  await expect(city.ask(new ObligationHistory(), { obligation: atOstermalm }, norrmalm)).rejects.toMatchObject({ code: 'obligation.unknown' });
  await expect(city.ask(new AuditById(), { audit: unknownReport }, norrmalm)).rejects.toMatchObject({ code: 'audit.unknown' });
  await expect(city.ask(new AuditHistory(), { audit: unknownReport }, norrmalm)).rejects.toMatchObject({ code: 'audit.unknown' });
  await expect(page(id('none'))).rejects.toMatchObject({ code: 'obligation.unknown' });
  await expect(list(new ListObligations(), {}, who('expert', AUDITORS))).rejects.toMatchObject({ code: 'role.not-allowed' });
});

test('an audit officer, a board and a firm cannot judge', async () => {
  const said = {
    obligation: atOstermalm,
    outcome: 'met' as const,
    decidedOn: day('2020-05-28'),
    source: { kind: 'annual-report' as const, reference: 'A' },
    grounds: 'B',
  };
  await expect(city.send(new RecordJudgement(), said, owner)).rejects.toMatchObject({ code: 'role.not-allowed' });
  await expect(city.send(new RecordJudgement(), said, officer)).rejects.toMatchObject({ code: 'judgement.decision-not-cited' });
});

test('what is awaited next, and why; late when its day has passed', async () => {
  const obligation = atOstermalm;
  await city.send(new NoteReplyDay(), { obligation, dueOn: day('2020-10-15') }, system);
  city.at('2020-10-16T08:00:00.000Z');
  expect(await page(obligation)).toMatchObject({
    next: { what: 'reply', dueOn: '2020-10-15', late: true, why: { sv: expect.stringContaining('15 oktober 2020') } },
  });
  expect((await list(new ListObligations(), { late: 'past-last-day' })).items.map((row) => row.obligation)).toEqual([obligation]);
  await city.send(new NoteReply(), { obligation, reply: id('reply'), givenOn: day('2020-10-14'), position: 'agrees' }, system);
  const action = { obligation, action: id('action'), kind: 'promised' as const, status: 'promised' as const };
  await city.send(new NoteAction(), { ...action, promisedOn: day('2021-03-31'), firstPromisedOn: day('2020-12-31') }, system);
  expect(await page(obligation)).toMatchObject({
    reply: { state: 'given', position: 'agrees' },
    next: { what: 'promised-day', dueOn: '2021-03-31', late: false, action: id('action'), why: { en: expect.stringContaining('first promised was') } },
  });
  expect((await list(new ListObligations(), { reply: 'given' })).items[0]).toMatchObject({
    driftDays: 90,
    promisedOn: '2021-03-31',
    firstPromisedOn: '2020-12-31',
  });
  await city.send(new NoteAction(), { ...action, status: 'done', promisedOn: day('2021-03-31'), firstPromisedOn: day('2020-12-31') }, system);
});

test('held implemented by the board’s decision, judged not met, corrected, objected to: all of it is on the page', async () => {
  const obligation = atOstermalm;
  city.at('2023-03-20T08:00:00.000Z');
  const decided = { paragraph: id('paragraph'), number: '§ 13', title: 'Uppföljning' };
  await city.record(
    `meeting-${decision.meeting}`,
    event(MeetingOpened, { meeting: decision.meeting, board: OSTERMALM, on: day('2023-03-16'), kind: 'meeting' }),
    event(ParagraphRecorded, { meeting: decision.meeting, ...decided, points: [{ point: decision.point, text: 'Genomförd.', outcome: 'approved' }] }),
    event(MinutesApproved, { meeting: decision.meeting, on: day('2023-03-20'), approval: 1 }),
  );
  await city.send(new DecideImplemented(), { obligation, decision }, owner);
  expect((await list(new ListObligations(), { status: 'implemented' })).totals).toMatchObject({ received: 1, implemented: 1, open: 0 });
  city.at('2023-04-20T08:00:00.000Z');
  const said = {
    obligation,
    decidedOn: day('2023-04-18'),
    decisionReference: '§ 7',
    source: { kind: 'follow-up-audit' as const, reference: 'Nr 3 2023' },
    grounds: 'B',
  };
  await city.send(new RecordJudgement(), { ...said, outcome: 'not-met' }, officer);
  const { judgement } = ((await page(obligation)).judgements as readonly { judgement: string }[])[0]!;
  expect((await list(new ListObligations(), { judged: 'not-met' })).items).toMatchObject([{ status: 'open', lastDayAsked: true }]);
  await city.send(new CorrectJudgement(), { ...said, judgement, outcome: 'met', reason: 'Fel rad.' }, officer);
  await city.send(new RecordObjection(), { obligation, judgement, text: 'Nej.' }, owner);
  await city.send(new RequestDocuments(), { obligation, what: 'Protokoll', by: day('2023-05-01') }, auditor);
  const { requests } = (await page(obligation)) as { requests: readonly { request: string }[] };
  await city.send(new DeliverDocuments(), { obligation, request: requests[0]!.request, documents: ['a7'.repeat(32)], on: day('2023-04-20') }, owner);
  expect(await page(obligation)).toMatchObject({
    status: 'implemented',
    implementation: { on: '2023-03-16', decision },
    judged: { outcome: 'met' },
    judgements: [
      {
        judgement,
        versions: [
          { outcome: 'not-met', recordedBy: 'audit-officer' },
          { outcome: 'met', reason: 'Fel rad.' },
        ],
      },
    ],
    objections: [{ text: 'Nej.' }],
    requests: [{ what: 'Protokoll', delivered: { on: '2023-04-20' }, late: false }],
    referral: { received: { on: '2020-05-28' } },
    recommendation: { quotations: [{ wording: 'följa upp insatsen' }] },
    statements: [{ about: 'period-audited', differ: true }],
    lastDayAsked: false,
  });
  expect((await list(new ListObligations(), { judged: 'not-yet' })).total).toBe(2);
});

test('after a merger the successor holds both, and history keeps the old names', async () => {
  city.at('2023-07-02T08:00:00.000Z');
  const fact = event(BoardSucceeded, {
    from: [NORRMALM, OSTERMALM],
    to: [NORRA],
    on: day('2023-07-01'),
    decision: 'Kommunfullmäktige',
    exceptions: [],
    units: [],
  });
  await city.record(`organisation-${organisationId(TENANT)}`, fact);
  const norra = who('process-owner', NORRA);
  const { total, totals, items } = await list(new ListObligations(), { board: NORRA }, norra);
  expect([total, totals.received, new Set(items.map(({ number }) => number))]).toEqual([2, 2, new Set(['R3'])]);
  expect(Object.fromEntries(items.map(({ boardName, holderName }) => [boardName, holderName]))).toEqual({
    Norrmalm: 'Norra innerstaden',
    Östermalm: 'Norra innerstaden',
  });
  expect(await page(atOstermalm, {}, norra)).toMatchObject({
    board: { name: 'Östermalm' },
    holder: { name: 'Norra innerstaden' },
    holders: [
      { name: 'Östermalm', from: '2020-05-25', to: '2023-06-30' },
      { name: 'Norra innerstaden', from: '2023-07-01' },
    ],
  });
  await expect(list(new ListObligations(), {}, owner)).resolves.toMatchObject({ total: 0 });
  expect((await list(new ListObligations(), { board: OSTERMALM, asOf: '2023-06-01T08:00:00.000Z' })).total).toBe(1);
  expect((await list(new ListObligations(), { board: NORRA, asOf: '2023-06-01T08:00:00.000Z' })).total).toBe(0);
});

test('one that is allotted to another board is that board’s from the day on', async () => {
  const to = { to: SOCIAL, on: day('2023-07-01'), decision: 'Kommunfullmäktige § 14' };
  await city.send(new AllotObligation(), { obligation: obligationId(R3, NORRMALM), ...to }, who('overseer', SOCIAL));
  expect(new Set((await list(new ListObligations(), { board: SOCIAL })).items.map(({ number }) => number))).toEqual(new Set(['R1', 'R3']));
  expect(await page(obligationId(R3, NORRMALM))).toMatchObject({ board: { name: 'Norrmalm' }, holder: { name: 'Socialnämnden' } });
});

test('addressees that were interpreted are confirmed or withdrawn when the auditors name them; a withdrawn one is in no count', async () => {
  const audit = unknownReport;
  await city.send(
    new MakeRecommendation(),
    { audit, number: '1', wording: 'Dokumentera uppföljningen.', addressees: [SOCIAL, NORRA], addressed: 'as-interpreted' },
    auditor,
  );
  expect((await list(new ListObligations(), { asInterpreted: true, audit })).total).toBe(2);
  const recommendation = derivedId(audit, 'recommendation', '1');
  await city.send(new NameAddressees(), { audit, recommendation, boards: [SOCIAL] }, auditor);
  const { totals, total, items } = await list(new ListObligations(), { audit, recommendation });
  expect([total, totals.received]).toEqual([2, 1]);
  expect(Object.fromEntries(items.map(({ boardName, status, addressed }) => [boardName, [status, addressed]]))).toEqual({
    'Norra innerstaden': ['withdrawn', 'as-interpreted'],
    Socialnämnden: ['open', 'named'],
  });
  expect(await page(obligationId(recommendation, NORRA))).toMatchObject({ status: 'withdrawn' });
});

test('one stated value is worked with; everything recorded stands in the history, by its Swedish names', async () => {
  const { statements } = await city.ask<{ statements: readonly { statements: readonly { statement: string }[] }[] }>(
    new AuditById(),
    { audit: report },
    auditor,
  );
  const { statement } = statements[0]!.statements[0]!;
  await city.send(new ChooseAuditWorkingValue(), { audit: report, about: 'period-audited', statement }, auditor);
  const history = await city.ask<Listed>(new AuditHistory(), { audit: report }, auditor);
  expect(JSON.stringify(history)).toContain('Arbetsvärde valt');
  expect(JSON.stringify(await city.ask<Listed>(new ObligationHistory(), { obligation: atOstermalm }, auditor))).toContain(
    'Rekommendation bedömd av revisorerna',
  );
});

test('as of a moment a page with its totals says the same in whatever order, and beyond its end', async () => {
  const asOf = '2023-06-01T08:00:00.000Z';
  const told = await list(new ListObligations(), { asOf });
  const byAge = await list(new ListObligations(), { asOf, sort: 'age' });
  expect(told.total).toBeGreaterThan(0);
  expect(told).toMatchObject({ total: byAge.total, totals: byAge.totals });
  expect(new Set(told.items.map(({ obligation }) => obligation))).toEqual(new Set(byAge.items.map(({ obligation }) => obligation)));
  expect(await list(new ListObligations(), { asOf, offset: 1_000 })).toMatchObject({ total: told.total, totals: told.totals, items: [] });
});
