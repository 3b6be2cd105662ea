import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { day, type By, type Day, type Instant } from '#libs/kernel';
import { smallCity, type SmallCity } from './city.given.js';
import { EndRulesOfAgreement } from './end-rules-of-agreement.js';
import { ListResponsibilityRules } from './list-responsibility-rules.query.js';
import { NarrowResponsibilityRule } from './narrow-responsibility-rule.js';
import { NoteResponsibilityCircumstance } from './note-responsibility-circumstance.js';
import { RecordResponsibilityDisputed } from './record-responsibility-disputed.js';
import { id, ids, merger, administrator, system } from './responsibilities.given.js';
import type { ResponsibilityKind } from './responsibility.codes.js';
import { ResponsibilityHistory } from './responsibility-history.query.js';
import { stockholmCircumstance, stockholmDispute, stockholmRules, stockholmStatements } from './sample-rules.js';
import { ResponsibilityRuleById } from './responsibility-rule-by-id.query.js';
import { SetResponsibilityRule } from './set-responsibility-rule.js';
import { SetRulesOfAgreement } from './set-rules-of-agreement.js';
import { StateAboutCircumstance } from './state-about-circumstance.js';
import { ResponsibilityStatementAsHtml, ResponsibilityStatementAsPdf } from './statement.query.js';
import { WhoIsResponsible } from './who-is-responsible.query.js';
import { uncoveredDeadlineId } from './coverage-watch.js';

// Who followed up the schools' korttidstillsyn, from the rules of 2016 over the agreement of 2022 to its end, asked of each day and as of each moment.

interface Shown {
  readonly kind: ResponsibilityKind;
  readonly outcome: string;
  readonly board?: { readonly id: string; readonly name: string };
  readonly performingUnit?: { readonly id: string };
  readonly bases?: readonly { readonly basis: string; readonly clause?: { readonly version: string } }[];
  readonly claims?: readonly unknown[];
}
interface Answered {
  readonly answers: readonly Shown[];
  readonly circumstances: readonly { readonly title: string; readonly says: readonly { readonly text: string }[] }[];
}
interface List {
  readonly total: number;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}
interface File {
  readonly name: string;
  readonly content: Buffer;
}

const PATIENCE_MS = 60_000;
const SCHOOLS = { provisionForm: 'in-house-school', service: 'short-term-supervision', operatingBoard: ids.education } as const;
const auditor: By = { actor: id('auditor'), role: 'auditor', unit: ids.council };
const VERSION = 'b'.repeat(64);
const clauses = [
  {
    clause: '3',
    kind: 'operational-follow-up' as const,
    match: { provisionForm: 'in-house-school' as const, service: 'short-term-supervision' },
    answer: { who: 'named' as const, board: ids.social, performingUnit: ids.law },
    basis: 'Samverkansöverenskommelsen 2.3.4-181/2022, punkt 3',
  },
];

let city: SmallCity;
const moments: Partial<Record<'rules' | 'entered' | 'corrected' | 'ended', Instant>> = {};

const asked = (on: string, said: object = {}) => city.ask<Answered>(new WhoIsResponsible(), { ...SCHOOLS, on: day(on), ...said }, auditor);
const followUp = async (on: string, asOf?: Instant) => {
  const { answers } = await asked(on, { kind: 'operational-follow-up', ...(asOf !== undefined && { asOf }) });
  return answers[0];
};
const outcomes = async (days: readonly string[], asOf?: Instant) => {
  const said: string[] = [];
  for (const on of days) said.push((await followUp(on, asOf))?.outcome ?? '');
  return said;
};

beforeAll(async () => {
  city = await smallCity();
  moments.rules = city.at('2020-01-07T08:00:00.000Z');
  for (const rule of stockholmRules({ social: ids.social, education: ids.education, law: ids.law })) await city.send(new SetResponsibilityRule(), rule);
  await city.send(new RecordResponsibilityDisputed(), stockholmDispute);
  await city.send(new NoteResponsibilityCircumstance(), { ...stockholmCircumstance, circumstance: id('model') });
  for (const said of stockholmStatements) await city.send(new StateAboutCircumstance(), { circumstance: id('model'), ...said });
  // The entry into force is recorded two days late, and first with a wrong day.
  moments.entered = city.at('2022-10-03T08:00:00.000Z');
  await city.send(new SetRulesOfAgreement(), { agreement: ids.agreement, version: VERSION, rules: clauses, validFrom: day('2022-10-03') }, system);
  moments.corrected = city.at('2022-10-05T08:00:00.000Z');
  await city.send(new SetRulesOfAgreement(), { agreement: ids.agreement, version: VERSION, rules: clauses, validFrom: day('2022-10-01') }, system);
  city.at('2023-05-15T08:00:00.000Z');
  await city.registers(merger);
  moments.ended = city.at('2024-09-02T08:00:00.000Z');
  await city.send(new EndRulesOfAgreement(), { agreement: ids.agreement, lastDay: day('2024-12-31') }, system);
}, PATIENCE_MS);
afterAll(() => city.close());

test('on 1 March 2021: overall Socialnämnden, own internal control Utbildningsnämnden, operational follow-up nobody; the decision as both sources date it', async () => {
  const { answers, circumstances } = await asked('2021-03-01');
  expect(answers.map(({ kind, outcome, board }) => [kind, outcome, board?.name])).toEqual([
    ['overall', 'designated', 'Socialnämnden'],
    ['own-internal-control', 'designated', 'Utbildningsnämnden'],
    ['operational-follow-up', 'none-designated', undefined],
    ['contract-follow-up', 'disputed', undefined],
    ['per-individual', 'designated', undefined],
  ]);
  expect(answers[3]?.claims).toHaveLength(2);
  expect(circumstances).toMatchObject([{ says: [{ text: 'April 2020 [000] / 2021 [002]' }] }]);
});

test('the day before, the day of and the day after its entry into force, and after its end', async () => {
  expect(await outcomes(['2022-09-30', '2022-10-01', '2022-10-02', '2024-12-31', '2025-01-01'])).toEqual([
    'none-designated',
    'designated',
    'designated',
    'designated',
    'none-designated',
  ]);
  expect(await followUp('2022-10-01')).toMatchObject({
    board: { id: ids.social },
    performingUnit: { id: ids.law },
    bases: [{ basis: clauses[0]?.basis, clause: { agreement: ids.agreement, version: VERSION, clause: '3' } }],
  });
});

test('the same days as they were recorded before, in between and after', async () => {
  const days = ['2022-09-30', '2022-10-01', '2022-10-03', '2025-01-01'];
  expect(await outcomes(days, moments.rules)).toEqual(['none-designated', 'none-designated', 'none-designated', 'none-designated']);
  expect(await outcomes(days, moments.entered)).toEqual(['none-designated', 'none-designated', 'designated', 'designated']);
  expect(await outcomes(days, moments.corrected)).toEqual(['none-designated', 'designated', 'designated', 'designated']);
  expect(await outcomes(days, moments.ended)).toEqual(['none-designated', 'designated', 'designated', 'none-designated']);
});

test('without a day it is today, or the day of asOf', async () => {
  expect((await city.ask<Answered>(new WhoIsResponsible(), { ...SCHOOLS, kind: 'operational-follow-up' })).answers[0]?.outcome).toBe('designated');
  const then = await city.ask<Answered>(new WhoIsResponsible(), { ...SCHOOLS, kind: 'operational-follow-up', asOf: moments.rules });
  expect(then.answers[0]?.outcome).toBe('none-designated');
});

test('a question about a board that there is none of is refused, and so is a unit of another board', async () => {
  await expect(city.ask(new WhoIsResponsible(), { operatingBoard: id('nobody') })).rejects.toMatchObject({ code: 'unit.unknown' });
  await expect(city.ask(new WhoIsResponsible(), { operatingBoard: ids.law })).rejects.toMatchObject({ code: 'responsibility.not-a-board' });
  await expect(city.ask(new WhoIsResponsible(), { operatingBoard: ids.social, operatingUnit: ids.school })).rejects.toMatchObject({
    code: 'responsibility.unit-elsewhere',
  });
});

test('asked by the name of a board that was succeeded, or of the one that succeeded it, the same rules answer', async () => {
  const district = { provisionForm: 'in-house-district', kind: 'operational-follow-up' } as const;
  for (const operatingBoard of [ids.norrmalm, ids.inner]) {
    const { answers } = await city.ask<Answered>(new WhoIsResponsible(), { ...district, operatingBoard, on: day('2023-07-01') });
    expect(answers[0]?.board?.id).toBe(ids.inner);
  }
});

test('none is designated again when the agreement ends, and that is awaited and reminded of', async () => {
  const [wait] = await city.waits();
  expect(wait).toMatchObject({
    owner: expect.any(String),
    type: 'responsibility-uncovered',
    wait: 'awaited',
    unit: ids.social,
    dueOn: '2025-01-01',
    nextRole: 'process-owner',
  });
  expect(await city.refusedReactions()).toEqual([]);
});

const list = (said: object) => city.ask<List>(new ListResponsibilityRules(), said);

test('the list is narrowed by kind, regiform, service, day, agreement and board, and by what is disputed', async () => {
  expect((await list({})).total).toBe(17);
  expect(await list({ agreement: ids.agreement })).toMatchObject({
    total: 1,
    items: [
      {
        clause: '3',
        version: VERSION,
        designated: 'Socialnämnden',
        performingUnitName: 'Enheten för juridik, upphandling och föreningsstöd',
        validTo: '2024-12-31',
      },
    ],
  });
  expect(await list({ agreement: ids.agreement, on: day('2025-01-01') })).toMatchObject({ total: 0 });
  expect(await list({ disputed: true })).toMatchObject({ total: 1, items: [{ disputed: true, kind: 'contract-follow-up' }] });
  expect(await list({ disputed: false, kind: 'overall' })).toMatchObject({ total: 1, items: [{ designated: 'Socialnämnden', who: 'named' }] });
  expect(await list({ kind: 'contract-follow-up', provisionForm: 'outsourced' })).toMatchObject({
    items: [{ designated: 'den nämnd som har tecknat avtalet' }],
  });
  expect(await list({ kind: 'contract-follow-up', service: 'short-term-supervision', provisionForm: 'in-house-school' })).toMatchObject({ total: 1 });
  expect(await list({ kind: 'contract-follow-up', provisionForm: 'private-lov' })).toMatchObject({ items: [{ assisting: 'Stadsdelsnämnderna' }] });
  expect(await list({ kind: 'per-individual' })).toMatchObject({ items: [{ performingRole: 'case-officer' }] });
  expect(await list({ kind: 'own-internal-control', provisionForm: 'outsourced' })).toMatchObject({ items: [{ designated: 'Inte tillämpligt' }] });
  expect((await list({ board: ids.education })).items).toMatchObject([{ kind: 'own-internal-control' }]);
  expect((await list({ asOf: moments.rules })).total).toBe(16);
  expect((await list({ limit: 2, offset: 16 })).items).toHaveLength(1);
});

test('one rule, or what is disputed with each claim; another municipality’s is not there', async () => {
  const [clause] = (await list({ agreement: ids.agreement })).items;
  const ruled = (rule: unknown, said: object = {}) => city.ask(new ResponsibilityRuleById(), { rule, ...said });
  expect(await ruled(clause?.rule)).toMatchObject({ clause: '3', validTo: '2024-12-31', claims: [] });
  expect(await ruled(clause?.rule, { asOf: moments.corrected })).not.toHaveProperty('validTo');
  const [dispute] = (await list({ disputed: true })).items;
  expect(await ruled(dispute?.rule)).toMatchObject({
    disputed: true,
    claims: [{ says: expect.stringContaining('([003]') }, { says: expect.stringContaining('Nr 5 2020') }],
  });
  await expect(city.ask(new ResponsibilityRuleById(), { rule: clause?.rule }, administrator, 'tyreso')).rejects.toMatchObject({
    code: 'responsibility.unknown',
  });
  await expect(ruled(clause?.rule, { asOf: moments.rules })).rejects.toMatchObject({ code: 'responsibility.unknown' });
});

test('every change to who is responsible for the schools’ korttidstillsyn, newest first, as it was before and after', async () => {
  const { items } = await city.ask<List>(new ResponsibilityHistory(), {
    provisionForm: 'in-house-school',
    service: 'short-term-supervision',
    kind: 'operational-follow-up',
  });
  expect(items.map(({ recordedAt, what, before, after }) => [String(recordedAt).slice(0, 10), what, before, after])).toEqual([
    [
      '2024-09-02',
      'Överenskommelsens ansvarsregler gäller andra dagar',
      expect.stringContaining('från 2022-10-01; Samverkansöverenskommelsen'),
      expect.stringContaining('från 2022-10-01 till och med 2024-12-31'),
    ],
    [
      '2022-10-05',
      'Överenskommelsens ansvarsregler gäller andra dagar',
      expect.stringContaining('från 2022-10-03'),
      expect.stringContaining('från 2022-10-01'),
    ],
    [
      '2022-10-03',
      'Överenskommelsens ansvarsregler fastställda',
      undefined,
      expect.stringMatching(/^Egen regi, skola; Korttidstillsyn; alla: Socialnämnden; utförs av Enheten/),
    ],
  ]);
  const all = await city.ask<List>(new ResponsibilityHistory(), { service: 'short-term-supervision', kind: 'contract-follow-up' });
  expect(all.items.map(({ what }) => what)).toContain('Ansvar antecknat som omtvistat');
  expect(
    (await city.ask<List>(new ResponsibilityHistory(), { asOf: moments.rules, kind: 'operational-follow-up', provisionForm: 'in-house-school' })).total,
  ).toBe(0);
});

test('the written statement of a day says who answers for each regiform, and where nobody does', async () => {
  const html = (said: object) => city.ask<File>(new ResponsibilityStatementAsHtml(), said);
  const before = await html({ on: day('2021-03-01') });
  expect(before.name).toBe('ansvarsfordelning-2021-03-01.html');
  const text = before.content.toString();
  expect(text).toContain('<html lang="sv">');
  expect(text).toContain('Vem ansvarar för uppföljningen den 1 mars 2021');
  expect(text).toMatch(/Verksamhetsuppföljning<\/th><td>alla<\/td><td>Ingen utpekad/);
  expect(text).toContain('Omtvistat: Uppdragsbeskrivningen för korttidstillsyn är avsedd att gälla');
  expect(text).toContain('April 2020 [000] / 2021 [002]');
  expect((await html({ on: day('2022-10-01'), service: 'short-term-supervision' })).content.toString()).toContain(
    'Socialnämnden; utförs av Enheten för juridik',
  );
  expect((await html({ on: day('2022-10-01'), asOf: moments.rules })).content.toString()).not.toContain('punkt 3');
  const pdf = await city.ask<File>(new ResponsibilityStatementAsPdf(), { on: day('2022-10-01') });
  expect(pdf.content.subarray(0, 5).toString()).toBe('%PDF-');
});

test('another municipality has rules of its own: none', async () => {
  expect((await city.ask<List>(new ListResponsibilityRules(), {}, administrator, 'tyreso')).total).toBe(0);
  const { answers } = await city.ask<Answered>(new WhoIsResponsible(), SCHOOLS, administrator, 'tyreso');
  expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['none-designated']));
});

test('who may not keep rules is not allowed to', async () => {
  await expect(city.send(new SetResponsibilityRule(), {}, auditor)).rejects.toMatchObject({ code: 'role.not-allowed' });
});

test('a rule that takes the place of what ended, and then another, ends the wait', async () => {
  city.at('2024-11-04T08:00:00.000Z');
  const [before] = await city.waits();
  await city.send(new SetResponsibilityRule(), {
    rule: id('afterwards'),
    kind: 'operational-follow-up',
    match: { provisionForm: 'in-house-school' },
    answer: { who: 'named', board: ids.social },
    basis: 'Reglemente 2025 (exempel)',
    from: '2025-01-01' as Day,
  });
  expect((await city.waits()).find(({ key }) => key === before?.key)).toMatchObject({ wait: 'met', overOn: '2025-01-01' });
  await city.send(new NarrowResponsibilityRule(), {
    rule: id('afterwards'),
    from: '2025-07-01' as Day,
    into: [{ match: { provisionForm: 'in-house-school', service: 'daily-activities' } }],
    reason: 'Undantag.',
  });
  expect((await city.waits()).find(({ key }) => key === uncoveredDeadlineId(id('afterwards')))).toMatchObject({ wait: 'awaited', dueOn: '2025-07-01' });
  expect(await city.refusedReactions()).toEqual([]);
});
