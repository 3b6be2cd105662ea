import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { given, stateAfter } from '#libs/testing';
import { asked, municipality, unit } from './organisation.samples.js';
import { BoardSucceeded, type OrganisationEvent } from './organisation.events.js';
import { organisationStream, registerOf } from './organisation.js';
import { succeedBoards, type SucceedBoards } from './succeed-boards.js';

const id = (name: string) => derivedId('spec', name);
const BOARDS = ['Älvsjö', 'Hägersten-Liljeholmen', 'Hägersten-Älvsjö', 'Norrmalm', 'Östermalm', 'Norra innerstaden', 'Söder', 'Väster'];
const boards = BOARDS.map((name) => unit(id(name), name, 'district-board'));
const units = [
  unit(id('Älvsjö förvaltning'), 'Förvaltningen', 'administration', id('Älvsjö')),
  unit(id('Älvsjö LSS'), 'LSS', 'unit', id('Älvsjö förvaltning')),
  unit(id('Älvsjö barn'), 'Barn', 'unit', id('Älvsjö förvaltning')),
  unit(id('Hägersten-Älvsjö LSS'), 'LSS', 'unit', id('Hägersten-Älvsjö')),
  unit(id('Söder LSS'), 'LSS', 'unit', id('Söder')),
];
const facts: readonly OrganisationEvent[] = [municipality(), ...boards, ...units, unit(id('Revisorerna'), 'Revisorerna', 'body')];

interface Said extends Partial<Omit<SucceedBoards, 'from' | 'to' | 'on' | 'exceptions' | 'units'>> {
  readonly exceptions?: readonly [string, string][];
  readonly units?: readonly [string, string][];
}
/** Names instead of ids: `end(['Älvsjö'], ['Hägersten-Älvsjö'], '2020-07-01')`. */
const end = (
  from: readonly string[],
  to: readonly string[],
  on: string,
  { exceptions, units: mapped, existing, default: rest, decision }: Said = {},
): SucceedBoards => ({
  from: from.map(id),
  to: to.map(id),
  on: day(on),
  decision: decision ?? 'Kommunfullmäktige (exempel)',
  ...(existing && { existing: existing.map(id) }),
  ...(rest !== undefined && { default: id(rest) }),
  ...(exceptions && { exceptions: exceptions.map(([one, other]) => ({ unit: id(one), to: id(other) })) }),
  ...(mapped && { units: mapped.map(([one, other]) => ({ from: id(one), to: id(other) })) }),
});
const ended = (...said: Parameters<typeof end>): OrganisationEvent => event(BoardSucceeded, Object.assign({ exceptions: [], units: [] }, end(...said)));

const HÄGERSTEN = [['Älvsjö', 'Hägersten-Liljeholmen'], ['Hägersten-Älvsjö'], '2020-07-01'] as const;
const register = (...more: readonly OrganisationEvent[]) => registerOf(stateAfter(organisationStream, [...facts, ...more], asked));

test('two boards become one', () => {
  given(organisationStream, ...facts)
    .when(succeedBoards, end(...HÄGERSTEN), asked)
    .then(ended(...HÄGERSTEN));
});

test('the same succession again, its lists in another order, says nothing new', () => {
  given(organisationStream, ...facts, ended(...HÄGERSTEN))
    .when(succeedBoards, end(['Hägersten-Liljeholmen', 'Älvsjö'], ['Hägersten-Älvsjö'], '2020-07-01'), asked)
    .thenNothing();
});

test('what the old boards held the new one holds from the day, and they are no more', () => {
  const after = register(ended(...HÄGERSTEN));
  expect(after.holderOn(id('Älvsjö'), day('2020-06-30'))).toBe(id('Älvsjö'));
  expect(after.holderOn(id('Älvsjö'), day('2020-07-01'))).toBe(id('Hägersten-Älvsjö'));
  expect(['2020-06-30', '2020-07-01'].map((on) => after.existsOn(id('Älvsjö'), day(on)))).toEqual([true, false]);
  expect(['2020-06-30', '2020-07-01'].map((on) => after.existsOn(id('Hägersten-Älvsjö'), day(on)))).toEqual([false, true]);
  expect(after.successorOf(id('Älvsjö'), day('2020-06-30'))).toBeUndefined();
  expect(after.successorOf(id('Älvsjö'), day('2020-07-01'))).toBe(id('Hägersten-Älvsjö'));
  expect(after.predecessorsOf(id('Hägersten-Älvsjö'), day('2020-07-01'))).toEqual([
    id('Hägersten-Älvsjö'),
    id('Älvsjö'),
    id('Hägersten-Liljeholmen'),
    id('Älvsjö förvaltning'),
    id('Älvsjö LSS'),
    id('Älvsjö barn'),
  ]);
  expect(after.predecessorsOf(id('Älvsjö'), day('2020-07-01'))).toEqual([]);
});

test('a board of a board that took over holds the things of both, through every succession', () => {
  const after = register(ended(...HÄGERSTEN), ended(['Hägersten-Älvsjö', 'Söder'], ['Väster'], '2023-07-01'));
  expect(['2020-06-30', '2023-06-30', '2023-07-01'].map((on) => after.holderOn(id('Älvsjö'), day(on)))).toEqual(
    ['Älvsjö', 'Hägersten-Älvsjö', 'Väster'].map(id),
  );
  expect(after.successorOf(id('Älvsjö'), day('2023-07-01'))).toBe(id('Väster'));
});

test('a unit that is mapped is succeeded by a unit, and with it what lies in it; another ends with its board', () => {
  const mapped = register(ended(...HÄGERSTEN, { units: [['Älvsjö LSS', 'Hägersten-Älvsjö LSS']] }));
  expect(mapped.holderOn(id('Älvsjö LSS'), day('2020-07-01'))).toBe(id('Hägersten-Älvsjö LSS'));
  expect(mapped.holderOn(id('Älvsjö barn'), day('2020-07-01'))).toBe(id('Hägersten-Älvsjö'));
  const whole = register(ended(...HÄGERSTEN, { units: [['Älvsjö förvaltning', 'Hägersten-Älvsjö LSS']] }));
  expect(whole.holderOn(id('Älvsjö barn'), day('2020-07-01'))).toBe(id('Hägersten-Älvsjö LSS'));
});

test('a split gives what a unit had where its exception says, and the rest to the default', () => {
  const split = ended(['Älvsjö'], ['Söder', 'Väster'], '2023-07-01', { default: 'Väster', exceptions: [['Älvsjö LSS', 'Söder']] });
  const after = register(split);
  expect(['Älvsjö', 'Älvsjö LSS', 'Älvsjö barn'].map((one) => after.holderOn(id(one), day('2023-07-01')))).toEqual(['Väster', 'Söder', 'Väster'].map(id));
});

test('of several boards that end one may go elsewhere than the rest', () => {
  const after = register(ended(['Norrmalm', 'Östermalm'], ['Söder', 'Väster'], '2023-07-01', { default: 'Söder', exceptions: [['Östermalm', 'Väster']] }));
  expect(['Norrmalm', 'Östermalm'].map((one) => after.holderOn(id(one), day('2023-07-01')))).toEqual(['Söder', 'Väster'].map(id));
});

test('a board that was there before takes over and has been there all along', () => {
  const after = register(ended(['Östermalm'], ['Norrmalm'], '2023-07-01', { existing: ['Norrmalm'] }));
  expect(after.existsOn(id('Norrmalm'), day('2020-01-01'))).toBe(true);
  expect(after.holderOn(id('Östermalm'), day('2023-07-01'))).toBe(id('Norrmalm'));
});

test('what lies in no board, or is not registered, is held by itself', () => {
  const after = register(ended(...HÄGERSTEN));
  expect([after.boardOf(id('Revisorerna')), after.isBoard(id('Revisorerna')), after.isBoard(id('Älvsjö'))]).toEqual([undefined, false, true]);
  expect([after.boardOf(id('Älvsjö LSS')), after.boardOf(id('Älvsjö'))]).toEqual([id('Älvsjö'), id('Älvsjö')]);
  for (const one of ['Revisorerna', 'nobody']) expect(after.holderOn(id(one), day('2020-07-01'))).toBe(id(one));
  expect(['Revisorerna', 'nobody'].map((one) => after.existsOn(id(one), day('2020-07-01')))).toEqual([true, false]);
});

test.each<[string, string, readonly OrganisationEvent[], SucceedBoards]>([
  ['a board that nobody registered', 'board-unknown', [], end(['Älvsjö'], ['Okänd'], '2020-07-01')],
  ['a unit among the boards that end', 'board-unknown', [], end(['Älvsjö LSS'], ['Söder'], '2020-07-01')],
  ['a body as a successor', 'board-unknown', [], end(['Älvsjö'], ['Revisorerna'], '2020-07-01')],
  ['a board that succeeds itself', 'of-itself', [], end(['Älvsjö', 'Söder'], ['Söder'], '2020-07-01')],
  ['several successors without a default', 'no-default', [], end(['Älvsjö'], ['Söder', 'Väster'], '2020-07-01')],
  ['a default that takes nothing over', 'not-a-successor', [], end(['Älvsjö'], ['Söder', 'Väster'], '2020-07-01', { default: 'Norrmalm' })],
  ['one that was there before and takes nothing over', 'not-a-successor', [], end(['Älvsjö'], ['Söder'], '2020-07-01', { existing: ['Väster'] })],
  [
    'an exception for a board that takes nothing over',
    'not-a-successor',
    [],
    end(['Älvsjö'], ['Söder'], '2020-07-01', { exceptions: [['Älvsjö LSS', 'Väster']] }),
  ],
  ['an exception for a unit of another board', 'unit-elsewhere', [], end(['Norrmalm'], ['Söder'], '2020-07-01', { exceptions: [['Älvsjö LSS', 'Söder']] })],
  ['a unit of another board that is mapped', 'unit-elsewhere', [], end(['Norrmalm'], ['Söder'], '2020-07-01', { units: [['Älvsjö LSS', 'Söder LSS']] })],
  ['a unit that another board’s unit succeeds', 'unit-elsewhere', [], end(['Älvsjö'], ['Väster'], '2020-07-01', { units: [['Älvsjö LSS', 'Söder LSS']] })],
  ['a board that is mapped as a unit', 'unit-elsewhere', [], end(['Älvsjö'], ['Söder'], '2020-07-01', { units: [['Älvsjö', 'Söder LSS']] })],
  [
    'a unit mapped twice',
    'unit-twice',
    [],
    end(['Älvsjö'], ['Söder'], '2020-07-01', {
      units: [
        ['Älvsjö LSS', 'Söder LSS'],
        ['Älvsjö LSS', 'Söder LSS'],
      ],
    }),
  ],
  [
    'a unit excepted twice',
    'unit-twice',
    [],
    end(['Älvsjö'], ['Söder', 'Väster'], '2020-07-01', {
      default: 'Söder',
      exceptions: [
        ['Älvsjö LSS', 'Söder'],
        ['Älvsjö LSS', 'Väster'],
      ],
    }),
  ],
  [
    'a unit mapped to one board and excepted to another',
    'unit-contradictory',
    [],
    end(['Älvsjö'], ['Söder', 'Väster'], '2020-07-01', { default: 'Väster', exceptions: [['Älvsjö LSS', 'Väster']], units: [['Älvsjö LSS', 'Söder LSS']] }),
  ],
  ['a board that ends twice', 'board-ended', [ended(...HÄGERSTEN)], end(['Älvsjö'], ['Söder'], '2021-07-01')],
  ['another decision on the same succession', 'board-ended', [ended(...HÄGERSTEN)], end(...HÄGERSTEN, { decision: 'Kommunstyrelsen (exempel)' })],
  ['a board that ends the day it begins', 'before-it-began', [ended(...HÄGERSTEN)], end(['Hägersten-Älvsjö'], ['Söder'], '2020-07-01')],
  [
    'a board that ends before it takes over',
    'takes-over-later',
    [ended(['Älvsjö'], ['Söder'], '2023-07-01', { existing: ['Söder'] })],
    end(['Söder'], ['Väster'], '2023-07-01'),
  ],
  ['a successor that has ended by then', 'successor-ended', [ended(...HÄGERSTEN)], end(['Norrmalm'], ['Älvsjö'], '2020-07-01')],
  ['a new board that comes to be twice', 'successor-there', [ended(...HÄGERSTEN)], end(['Norrmalm'], ['Hägersten-Älvsjö'], '2023-07-01')],
  [
    'a new board that was there before it began',
    'successor-there',
    [ended(['Älvsjö'], ['Söder'], '2020-07-01', { existing: ['Söder'] })],
    end(['Norrmalm'], ['Söder'], '2023-07-01'),
  ],
  [
    'one that was there before though it was not yet',
    'successor-not-yet',
    [ended(...HÄGERSTEN)],
    end(['Norrmalm'], ['Hägersten-Älvsjö'], '2020-07-01', { existing: ['Hägersten-Älvsjö'] }),
  ],
  ['a cycle: the successor of a successor', 'successor-ended', [ended(['Älvsjö'], ['Söder'], '2020-07-01')], end(['Söder'], ['Älvsjö'], '2023-07-01')],
  ['a cycle told backwards', 'before-it-began', [ended(['Söder'], ['Älvsjö'], '2023-07-01')], end(['Älvsjö'], ['Söder'], '2020-07-01')],
])('%s is refused as succession.%s', (_what, code, before, command) => {
  given(organisationStream, ...facts, ...before)
    .when(succeedBoards, command, asked)
    .thenRefused(`succession.${code}`);
});

test('two boards that end the same day may be told one at a time', () => {
  given(organisationStream, ...facts, ended(['Älvsjö'], ['Hägersten-Älvsjö'], '2020-07-01'))
    .when(succeedBoards, end(['Hägersten-Liljeholmen'], ['Hägersten-Älvsjö'], '2020-07-01'), asked)
    .thenTypes('BoardSucceeded');
});

test('an earlier succession may be recorded after a later one', () => {
  given(organisationStream, ...facts, ended(['Hägersten-Älvsjö'], ['Söder'], '2023-07-01'))
    .when(succeedBoards, end(...HÄGERSTEN), asked)
    .thenTypes('BoardSucceeded');
});

test('a succession before the municipality is refused as municipality.unknown', () => {
  given(organisationStream)
    .when(succeedBoards, end(...HÄGERSTEN), asked)
    .thenRefused('municipality.unknown');
});
