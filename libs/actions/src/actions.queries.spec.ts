import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { day, type By, type Instant } from '#libs/kernel';
import { SucceedBoards } from '#libs/organisation';
import { ActionById } from './action-by-id.query.js';
import { ActionHistory } from './action-history.query.js';
import { paper } from './action.given.js';
import { AddEvidence } from './add-evidence.js';
import { ApproveMove } from './approve-move.js';
import { Arise, id, smallCity, who, type SmallCity } from './city.given.js';
import { ChangeResponsible } from './change-responsible.js';
import { HoldOccasion } from './hold-occasion.js';
import { ListActions } from './list-actions.query.js';
import { ListActionRules } from './list-action-rules.query.js';
import { MarkDone } from './mark-done.js';
import { nextMoveId } from './move-action-day.js';
import { PromiseAction } from './promise-action.js';
import { ProposeAction } from './propose-action.js';
import { RequestMove } from './request-move.js';
import { TransferAction } from './transfer-action.js';

type Row = Readonly<Record<string, unknown>> & { readonly action: string };
interface List {
  readonly total: number;
  readonly items: readonly Row[];
}

const owner = who('process-owner', 'Östermalm');
const manager = who('unit-manager', 'Stöd och service');
const neighbour = who('process-owner', 'Norrmalm');
const successor = who('process-owner', 'Norra innerstaden');
const overseer = who('overseer', 'Kommunstyrelsen');
const stranger = who('process-owner', 'Socialnämnden');

const CHECKLIST = id('checklist');
const MEETINGS = id('method meetings');
const REVIEW = id('peer review');
const STRUCTURE = id('structure');
const THEIRS = id('Norrmalm’s');
const names = new Map([
  [CHECKLIST, 'checklist'],
  [MEETINGS, 'meetings'],
  [REVIEW, 'review'],
  [STRUCTURE, 'structure'],
  [THEIRS, 'theirs'],
]);
const R3 = id('R3 at Östermalm');
const R3_NORRMALM = id('R3 at Norrmalm');

/** For the whole story on a busy machine. */
const PATIENCE_MS = 60_000;

let city: SmallCity;
/** What was told after each step of the story, to be asked again when everything has happened. */
const told: { readonly at: Instant; readonly lists: unknown; readonly page: unknown }[] = [];

const list = (said: Partial<ListActions> = {}, by: By = overseer, tenant?: string) => city.ask<List>(new ListActions(), said, by, tenant);
const shown = async (said: Partial<ListActions> = {}, by: By = overseer, tenant?: string) =>
  (await list(said, by, tenant)).items.map(({ action }) => names.get(action) ?? action);
const page = (action: string, said: Partial<ActionById> = {}, by: By = owner, tenant?: string) =>
  city.ask<Row>(new ActionById(), { action, ...said }, by, tenant);

/** Everything that can be asked, now or as of then. */
const everything = async (asOf?: Instant) => {
  const then = asOf === undefined ? {} : { asOf };
  const lists = [
    await list(then),
    await list({ late: true, ...then }),
    await list({ undated: true, ...then }),
    await list({ obligation: R3, ...then }),
    await list({ board: id('Norra innerstaden'), ...then }),
  ];
  return { lists, page: await page(REVIEW, then, overseer) };
};

const proposes = (action: string, said: Partial<ProposeAction>, by: By = owner) =>
  city.send(
    new ProposeAction(),
    { action, title: names.get(action) ?? 'En åtgärd', obligations: [R3], unit: id('Stöd och service'), role: 'unit-manager', ...said },
    by,
  );

const story = (): readonly (readonly [string, () => Promise<unknown>])[] => [
  ['2020-09-10T08:00:00.000Z', () => proposes(REVIEW, { kind: 'promised', timeAsWritten: 'under hösten 2020', promisedOn: day('2020-12-31') })],
  ['2020-09-10T08:01:00.000Z', () => proposes(CHECKLIST, { kind: 'already-done' })],
  [
    '2020-09-10T08:02:00.000Z',
    () => proposes(MEETINGS, { kind: 'ongoing', frequency: { asWritten: 'månatliga metodmöten', everyMonths: 1, startsOn: day('2020-10-01') } }),
  ],
  ['2020-09-10T08:03:00.000Z', () => proposes(STRUCTURE, { kind: 'promised', obligations: [] })],
  [
    '2020-09-10T09:00:00.000Z',
    () =>
      proposes(
        THEIRS,
        { kind: 'promised', obligations: [R3_NORRMALM], unit: id('Norrmalms enhet'), role: 'process-owner', promisedOn: day('2020-10-15') },
        neighbour,
      ),
  ],
  [
    '2020-09-24T08:00:00.000Z',
    async () => {
      for (const action of names.keys()) await city.send(new PromiseAction(), { action, on: day('2020-09-24') }, city.system);
    },
  ],
  ['2020-10-22T08:00:00.000Z', () => city.send(new HoldOccasion(), { action: MEETINGS, heldOn: day('2020-10-21'), documents: [paper('report')] }, manager)],
  ['2020-11-02T08:00:00.000Z', () => city.send(new AddEvidence(), { action: CHECKLIST, documents: [paper('report')] }, owner)],
  ['2020-12-01T08:00:00.000Z', () => city.send(new RequestMove(), { action: REVIEW, to: day('2021-05-31'), reason: 'Sjukfrånvaro.' }, owner)],
  ['2020-12-08T08:00:00.000Z', () => city.send(new ApproveMove(), { action: REVIEW, move: nextMoveId({ action: REVIEW, movesBegun: 0 }) }, manager)],
  ['2021-05-28T08:00:00.000Z', () => city.send(new MarkDone(), { action: REVIEW, doneOn: day('2021-05-27'), documents: [paper('report')] }, manager)],
  ['2021-06-01T08:00:00.000Z', () => city.send(new TransferAction(), { action: MEETINGS, toObligations: [id('R4 at Östermalm')], reason: 'Hör dit.' }, owner)],
  ['2021-06-02T08:00:00.000Z', () => city.send(new ChangeResponsible(), { action: THEIRS, unit: id('Norrmalms enhet'), role: 'unit-manager' }, neighbour)],
  ['2021-06-03T08:00:00.000Z', () => city.send(new TransferAction(), { action: STRUCTURE, toAction: MEETINGS, reason: 'Slås ihop.' }, owner)],
  [
    '2023-06-01T08:00:00.000Z',
    () =>
      city.send(
        new SucceedBoards(),
        {
          from: [id('Östermalm'), id('Norrmalm')],
          to: [id('Norra innerstaden')],
          on: day('2023-07-01'),
          decision: 'Kommunfullmäktige (exempel)',
          units: [{ from: id('Stöd och service'), to: id('Nya enheten') }],
        },
        who('administrator', 'Östermalm'),
      ),
  ],
  ['2023-07-03T08:00:00.000Z', async () => undefined],
];

beforeAll(async () => {
  city = await smallCity();
  city.at('2020-06-01T08:00:00.000Z');
  for (const [obligation, board] of [
    [R3, 'Östermalm'],
    [id('R4 at Östermalm'), 'Östermalm'],
    [R3_NORRMALM, 'Norrmalm'],
  ] as const)
    await city.send(new Arise(), { obligation, board: id(board) }, city.system);
  for (const [moment, step] of story()) {
    const at = city.at(moment);
    await step();
    told.push({ at, ...(await everything()) });
  }
}, PATIENCE_MS);
afterAll(() => city.close());

test(
  'as of each moment the lists and the page are what they were then, whatever was recorded since',
  async () => {
    expect(told).toHaveLength(16);
    for (const { at, ...then } of told) expect({ at, ...(await everything(at)) }).toEqual({ at, ...then });
  },
  PATIENCE_MS,
);

test('before anything was proposed the list is empty, and there is no action', async () => {
  const asOf = '2020-09-01T08:00:00.000Z' as Instant;
  expect(await list({ asOf })).toEqual({ total: 0, items: [] });
  await expect(page(REVIEW, { asOf })).rejects.toMatchObject({ code: 'action.unknown' });
});

test('each action is in the list by its name and kind, with what is awaited of it', async () => {
  const { items } = await list({ asOf: '2020-10-20T08:00:00.000Z' as Instant });
  expect(items.map(({ action, kind, late, undated, evidenceAwaited, dueOn }) => [names.get(action), kind, late, undated, evidenceAwaited, dueOn])).toEqual([
    ['theirs', 'promised', true, false, false, '2020-10-15'],
    ['meetings', 'ongoing', false, false, false, '2020-10-31'],
    ['review', 'promised', false, false, false, '2020-12-31'],
    ['structure', 'promised', false, true, false, undefined],
    ['checklist', 'already-done', false, false, true, undefined],
  ]);
  expect(items[0]).toMatchObject({ daysLate: 5, boardName: 'Norrmalm', unitName: 'Norrmalms enhet', role: 'process-owner' });
});

test('the first promised day, the moves and the drift stay in the row', async () => {
  const { items } = await list({ asOf: '2021-01-15T08:00:00.000Z' as Instant, kind: 'promised', board: id('Östermalm') });
  expect(items[0]).toMatchObject({ firstPromisedOn: '2020-12-31', promisedOn: '2021-05-31', moves: 1, driftDays: 151, timeAsWritten: 'under hösten 2020' });
});

test('it is narrowed by kind, status, what is late, undated, awaits evidence or approval, and by the obligation', async () => {
  const asOf = '2020-12-02T08:00:00.000Z' as Instant;
  expect(await shown({ asOf, kind: 'ongoing' })).toEqual(['meetings']);
  expect(await shown({ asOf, status: 'done' })).toEqual(['checklist']);
  expect(await shown({ asOf, late: true })).toEqual(['theirs', 'meetings']);
  expect(await shown({ asOf, late: false })).not.toContain('theirs');
  expect(await shown({ asOf, undated: true })).toEqual(['structure']);
  expect(await shown({ asOf: '2020-10-01T08:00:00.000Z' as Instant, evidenceAwaited: true })).toEqual(['checklist']);
  expect(await shown({ asOf, moveAsked: true })).toEqual(['review']);
  expect((await shown({ asOf, obligation: R3 })).toSorted()).toEqual(['checklist', 'meetings', 'review']);
  expect(await shown({ obligation: id('R4 at Östermalm') })).toEqual(['meetings']);
  expect((await shown({ obligation: R3 })).toSorted()).toEqual(['checklist', 'review']);
  expect(await shown({ reply: id('no such reply') })).toEqual([]);
});

test('a board’s own see what it answers for, and nobody else’s; from the succession the successor sees all of it', async () => {
  const before = '2023-06-30T08:00:00.000Z' as Instant;
  expect(await shown({ asOf: before, board: id('Norra innerstaden') })).toEqual([]);
  expect(await shown({ asOf: before, board: id('Norrmalm') })).toEqual(['theirs']);
  expect((await shown({}, successor)).toSorted()).toEqual(['checklist', 'meetings', 'review', 'structure', 'theirs']);
  expect((await shown({ board: id('Norra innerstaden') })).toSorted()).toEqual(['checklist', 'meetings', 'review', 'structure', 'theirs']);
  expect(await shown({ board: id('Norrmalm') })).toEqual([]);
  expect((await list({ board: id('Norra innerstaden') })).items.map(({ boardName }) => boardName)).toEqual(
    Array.from({ length: 5 }, () => 'Norra innerstaden'),
  );
  expect(await shown({}, stranger, 'tyreso')).toEqual([]);
});

test('the page tells everything that was said of the day, and who said it', async () => {
  const shownPage = await page(REVIEW, {}, overseer);
  expect(shownPage).toMatchObject({
    status: 'done',
    doneOn: '2021-05-27',
    firstPromisedOn: '2020-12-31',
    promisedOn: '2021-05-31',
    board: { name: 'Norra innerstaden' },
    firstBoard: { name: 'Östermalm' },
    unit: { name: 'Stöd och service' },
    documents: [paper('report')],
    days: [
      { what: 'proposed', to: '2020-12-31', timeAsWritten: 'under hösten 2020', role: 'process-owner' },
      { what: 'move-requested', to: '2021-05-31', needs: 'unit-head', on: '2020-12-01', reason: 'Sjukfrånvaro.' },
      { what: 'moved', from: '2020-12-31', to: '2021-05-31', approvedBy: 'unit-head', on: '2020-12-08', role: 'unit-manager' },
    ],
  });
});

test('another board’s, or another municipality’s, is as if it were not there', async () => {
  const asked = '2023-06-01T08:00:00.000Z';
  city.at(asked);
  await expect(page(REVIEW, {}, neighbour)).rejects.toMatchObject({ code: 'action.unknown' });
  await expect(page(REVIEW, {}, stranger, 'tyreso')).rejects.toMatchObject({ code: 'action.unknown' });
  await expect(city.ask(new ActionHistory(), { action: REVIEW }, neighbour)).rejects.toMatchObject({ code: 'action.unknown' });
  await expect(city.send(new MarkDone(), { action: REVIEW, doneOn: day('2021-05-27'), documents: [paper('report')] }, neighbour)).rejects.toMatchObject({
    code: 'action.unknown',
  });
  city.at('2023-07-03T08:00:00.000Z');
});

test('the history is everything that was recorded of it, newest first', async () => {
  const { items } = await city.ask<{ readonly items: readonly { readonly label: { readonly sv: string } }[] }>(
    new ActionHistory(),
    { action: REVIEW },
    overseer,
  );
  expect(items.map(({ label }) => label.sv)).toEqual([
    'Det som väntades kom in',
    'Åtgärd genomförd',
    'Frist flyttad',
    'Åtgärdens dag flyttad',
    'Flyttad dag begärd',
    'Frist satt',
    'Åtgärd utlovad',
    'Åtgärd föreslagen',
  ]);
});

test('the rules that hold are listed, the one that holds before any was set last', async () => {
  expect(await city.ask(new ListActionRules(), {}, overseer)).toMatchObject({ total: 1, items: [{ version: 0, limits: { responsibleMonths: 3 } }] });
});
