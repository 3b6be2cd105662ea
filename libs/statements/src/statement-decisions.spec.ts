import { expect, test } from '@jest/globals';
import { Refusal } from '#libs/kernel';
import { chooseWorkingValue, makeStatement, MAX_STATEMENTS, statementId } from './statement-decisions.js';
import { statementEvents } from './statement.events.js';
import { after, chosen, days, in2021, inApril, made, thing, year2020 } from './statement.samples.js';

const choice = (said: typeof inApril) => ({ about: said.about, statement: statementId(thing, said) });
const declared = (type: string) => statementEvents.find((one) => one.type === type);

const refused = (attempt: () => unknown): string => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} ${error.pointer ?? ''}`.trim();
  }
  return 'not refused';
};

test('what a source says is noted, with the days it is taken to mean and its words', () => {
  expect(makeStatement(thing, {}, in2021)).toEqual([made(in2021)]);
});

test('another source may say something else; nothing is taken back and nothing chosen', () => {
  expect(makeStatement(thing, after(made(inApril)), in2021)).toEqual([made(in2021)]);
});

test('a value may mean no day at all', () => {
  const said = { about: 'title', value: 'Korttidstillsyn', source: '[003]' };
  expect(makeStatement(thing, {}, said)).toEqual([made(said)]);
});

test('the same statement again says nothing new', () => {
  expect(makeStatement(thing, after(made(inApril), made(in2021)), inApril)).toEqual([]);
});

test('the same words read otherwise, or quoted more fully, are another statement', () => {
  const read = { ...inApril, on: days('2020-04-15') };
  const quoted = { ...inApril, quotation: 'Granskningen överlämnades i april 2020.' };
  expect(makeStatement(thing, after(made(inApril)), read)).toEqual([made(read)]);
  expect(makeStatement(thing, after(made(inApril)), quoted)).toEqual([made(quoted)]);
});

test('a period that ends before it begins is refused as statement.period-reversed', () => {
  expect(refused(() => makeStatement(thing, {}, { ...inApril, on: days('2020-04-30', '2020-04-01') }))).toBe('statement.period-reversed /on/to');
});

test('more sources than anyone compares are refused as statement.too-many', () => {
  const many = Array.from({ length: MAX_STATEMENTS }, (_, n) => made({ ...inApril, source: `Bilaga ${n}` }));
  expect(makeStatement(thing, after(...many.slice(1)), in2021)).toEqual([made(in2021)]);
  expect(refused(() => makeStatement(thing, after(...many), in2021))).toBe('statement.too-many');
  expect(makeStatement(thing, after(...many), year2020)).toEqual([made(year2020)]);
});

test('one of the statements is chosen as working value, and another instead of it', () => {
  const known = [made(inApril), made(in2021)];
  expect(chooseWorkingValue(after(...known), choice(inApril))).toEqual([chosen('handed-over-on', inApril)]);
  expect(chooseWorkingValue(after(...known, chosen('handed-over-on', inApril)), choice(in2021))).toEqual([chosen('handed-over-on', in2021)]);
});

test('none may be chosen', () => {
  const known = after(made(inApril), made(in2021), chosen('handed-over-on', inApril));
  expect(chooseWorkingValue(known, { about: 'handed-over-on' })).toEqual([chosen('handed-over-on')]);
});

test('the same choice again says nothing new', () => {
  const about = 'handed-over-on';
  expect(chooseWorkingValue(after(made(inApril)), { about })).toEqual([]);
  expect(chooseWorkingValue(after(made(inApril), chosen(about, inApril)), { about, statement: statementId(thing, inApril) })).toEqual([]);
});

test('what nobody stated cannot be chosen: statement.unknown', () => {
  const known = after(made(inApril), made(year2020));
  expect(refused(() => chooseWorkingValue(known, { about: 'handed-over-on', statement: statementId(thing, year2020) }))).toBe('statement.unknown /statement');
  expect(refused(() => chooseWorkingValue(known, { about: 'registry-number' }))).toBe('statement.unknown /about');
});

test('every fact follows its declaration, and choosing none is called so', () => {
  const facts = [
    made(inApril),
    made(in2021),
    made({ about: 'title', value: 'T', source: '[003]' }),
    chosen('handed-over-on', inApril),
    chosen('handed-over-on'),
  ];
  expect(facts.filter(({ type, data }) => !declared(type)?.check().Check(data))).toEqual([]);
  const label = declared('WorkingValueChosen')?.label;
  expect(facts.slice(3).map(({ data }) => label?.(data as never)?.sv)).toEqual([undefined, 'Inget arbetsvärde valt']);
});
