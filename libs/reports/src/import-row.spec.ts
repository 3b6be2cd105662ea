import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { ById, registerOf, type Organisation } from '#libs/organisation';
import { headingOf, IMPORT_COLUMNS, type ImportColumn } from './import-columns.js';
import { importRow, namesOf } from './import-row.js';
import { id } from './recorded.given.js';

const names = ['Östermalms stadsdelsnämnd', 'Norra innerstadens stadsdelsnämnd', 'Socialnämnden', 'Stadsrevisionen', 'Tvillingnämnden'];
const organisation: Organisation = {
  status: 'registered',
  name: 'Stockholms stad',
  units: new Map([
    ...names.map((name) => [id(name), { name, kind: name === 'Stadsrevisionen' ? ('body' as const) : ('board' as const) }] as const),
    [id('twin'), { name: 'Tvillingnämnden', kind: 'board' as const }],
  ]),
  successions: [
    {
      id: id('succession'),
      from: [id('Östermalms stadsdelsnämnd')],
      to: [id('Norra innerstadens stadsdelsnämnd')],
      on: day('2023-07-01'),
      decision: 'KF 2023',
      exceptions: [],
      units: [],
    },
  ],
  patterns: new Map(),
  providers: new Map(),
  roles: ById.none(),
  signIns: ById.none(),
};
const register = registerOf(organisation);
const units = organisation.status === 'registered' ? [...organisation.units.keys()] : [];
const columns = Object.keys(IMPORT_COLUMNS) as ImportColumn[];
const heading = headingOf(columns.map((column) => IMPORT_COLUMNS[column].names[0]));

const good: Readonly<Partial<Record<ImportColumn, string>>> = {
  report: 'Nr 5 2020',
  title: 'Korttidstillsyn',
  issuedBy: 'Stadsrevisionen',
  recommendation: 'R3',
  wording: 'Följ upp den beviljade insatsen.',
  board: 'Östermalms stadsdelsnämnd',
};
const read = (said: Partial<Record<ImportColumn, string>> = {}) =>
  importRow({ row: 7, cells: columns.map((column) => ({ ...good, ...said })[column] ?? '') }, heading, namesOf(register, units), register, day('2026-03-02'));
const faults = (said: Partial<Record<ImportColumn, string>>) => {
  const row = read(said);
  return 'faults' in row ? row.faults.map(({ column, code }) => `${String(column)} ${code}`) : [];
};

test('a row with what must be there is read; what it leaves out is unknown', () => {
  expect(read()).toEqual({
    read: {
      row: 7,
      report: 'Nr 5 2020',
      title: 'Korttidstillsyn',
      issuedBy: id('Stadsrevisionen'),
      recommendation: 'R3',
      wording: 'Följ upp den beviljade insatsen.',
      board: id('Östermalms stadsdelsnämnd'),
      addressed: 'named',
    },
  });
});

test('everything that a row can tell', () => {
  const said = {
    registryNumber: '3.1.3-104/2020',
    periodAudited: '2019',
    reportOn: '2020-05-20',
    handedOverOn: '2020-05-25',
    addressed: 'Som en av flera',
    referral: 'För yttrande',
    lastReplyOn: '2020-10-15',
    receivedOn: '2020-05-28T00:00:00.000Z',
    boardNumber: '1.1-12/2020',
  };
  expect(read(said)).toMatchObject({
    read: { ...said, addressed: 'group', referral: 'for-reply', receivedOn: '2020-05-28' },
  });
});

test('names are found however they are capitalised and spaced, and by id', () => {
  expect(read({ board: ' östermalms  Stadsdelsnämnd' })).toMatchObject({ read: { board: id('Östermalms stadsdelsnämnd') } });
  expect(read({ board: id('Socialnämnden') })).toMatchObject({ read: { board: id('Socialnämnden') } });
});

test('codes are taken as people and as the API write them', () => {
  expect(read({ referral: 'possible-reply' })).toMatchObject({ read: { referral: 'possible-reply' } });
  expect(read({ addressed: 'as-interpreted' })).toMatchObject({ read: { addressed: 'as-interpreted' } });
});

test.each<[Partial<Record<ImportColumn, string>>, string]>([
  [{ report: '' }, 'report import.empty'],
  [{ title: '' }, 'title import.empty'],
  [{ issuedBy: '' }, 'issuedBy import.empty'],
  [{ recommendation: '' }, 'recommendation import.empty'],
  [{ wording: '' }, 'wording import.empty'],
  [{ board: '' }, 'board import.empty'],
  [{ board: 'Kulturnämnden' }, 'board import.not-registered'],
  [{ board: 'Stadsrevisionen' }, 'board import.not-registered'],
  [{ issuedBy: 'Socialnämnden' }, 'issuedBy import.not-registered'],
  [{ board: 'Tvillingnämnden' }, 'board import.several-so-called'],
  [{ handedOverOn: '2024-05-25' }, 'board board.ended'],
  [{ board: 'Norra innerstadens stadsdelsnämnd', handedOverOn: '2020-05-25' }, 'board board.not-yet'],
  [{ handedOverOn: '25/5 2020' }, 'handedOverOn import.no-day'],
  [{ receivedOn: '2020-02-30' }, 'receivedOn import.no-day'],
  [{ reportOn: '2026-03-03' }, 'reportOn day.in-the-future'],
  [{ referral: 'svar' }, 'referral import.unknown-value'],
  [{ addressed: 'kanske' }, 'addressed import.unknown-value'],
  [{ lastReplyOn: '2020-10-15' }, 'lastReplyOn referral.no-reply-asked'],
  [{ recommendation: 'R'.repeat(21) }, 'recommendation import.too-long'],
])('%j is told as %s', (said, expected) => {
  expect(faults(said)).toEqual([expected]);
});

test('all that is wrong with a row is told at once', () => {
  expect(faults({ report: '', board: 'Kulturnämnden', handedOverOn: 'våren 2020' })).toHaveLength(3);
});

test('a last day for the reply may lie ahead', () => {
  expect(read({ referral: 'yttrande', lastReplyOn: '2026-06-30' })).toMatchObject({ read: { lastReplyOn: '2026-06-30' } });
});

const required = ['Rapport', 'Titel', 'Utfärdad av', 'Rekommendation', 'Lydelse', 'Nämnd'];

test('columns stand in any order, under any of their names, beside others that are passed over', () => {
  const { places, ignored } = headingOf(['Handläggare', 'BOARD', ...required.slice(0, 5), '']);
  expect(places.get('board')).toBe(1);
  expect(places.get('report')).toBe(2);
  expect(ignored).toEqual(['Handläggare']);
});

test('a column that must be there and is not is named; one that is there twice is refused', () => {
  expect(() => headingOf(required.slice(0, 5))).toThrow(
    expect.objectContaining({ code: 'import.columns-missing', text: expect.objectContaining({ sv: expect.stringContaining('Nämnd') }) }),
  );
  expect(() => headingOf([...required, 'Riktad till'])).toThrow(expect.objectContaining({ code: 'import.column-twice' }));
});
