import { expect, test } from '@jest/globals';
import { statementId } from './statement-decisions.js';
import { after, chosen, days, in2021, inApril, made, thing, year2020 } from './statement.samples.js';
import { differ, differing, workingStatement } from './statements.js';
import { statementsShown } from './statements-shown.js';

const about = 'handed-over-on';

test('sources that say different things differ, whichever of them is worked with', () => {
  expect(differ(after(made(inApril), made(in2021)), about)).toBe(true);
  expect(differ(after(made(inApril), made(in2021), chosen(about, inApril)), about)).toBe(true);
});

test('one source differs from none, and what nobody stated does not differ', () => {
  expect(differ(after(made(inApril)), about)).toBe(false);
  expect(differ({}, about)).toBe(false);
});

test('two ways of writing the same days agree', () => {
  const numbers = { ...inApril, value: '2020-04', source: '[001]' };
  expect(differ(after(made(inApril), made(numbers)), about)).toBe(false);
});

test('the same words read as different days differ', () => {
  expect(differ(after(made(inApril), made({ ...inApril, on: days('2021-04-01', '2021-04-30') })), about)).toBe(true);
});

test('where no days are meant the words count, however they are spaced or capitalised', () => {
  const said = { about: 'title', value: 'Korttidstillsyn i  skolan', source: '[003]' };
  expect(differ(after(made(said), made({ ...said, value: 'korttidstillsyn i skolan' })), 'title')).toBe(false);
  expect(differ(after(made(said), made({ ...said, value: 'Korttidstillsyn' })), 'title')).toBe(true);
});

test('the third statement that says something else is found too', () => {
  const numbers = { ...inApril, value: '2020-04', source: '[001]' };
  expect(differ(after(made(inApril), made(numbers), made(in2021)), about)).toBe(true);
});

test('what differs is listed by what it is about', () => {
  const year2019 = { ...year2020, value: '2019', on: days('2019-01-01', '2019-12-31'), source: '[002]' };
  expect(differing(after(made(year2020), made(inApril), made(in2021), made(year2019)))).toEqual(['handed-over-on', 'period-audited']);
  expect(differing(after(made(year2020), made(inApril)))).toEqual([]);
});

test('the working value is the statement that was chosen last, and nothing where none was', () => {
  const known = [made(inApril), made(in2021)];
  expect(workingStatement(after(...known), about)).toBeUndefined();
  expect(workingStatement(after(...known, chosen(about, inApril), chosen(about, in2021)), about)?.value).toBe('2021');
  expect(workingStatement(after(...known, chosen(about, inApril), chosen(about)), about)).toBeUndefined();
  expect(workingStatement({}, about)).toBeUndefined();
});

test('a statement made later leaves the choice as it is', () => {
  expect(workingStatement(after(made(inApril), chosen(about, inApril), made(in2021)), about)?.value).toBe('april 2020');
});

test('all that is stated is shown, flagged where it differs', () => {
  const { about: _, ...april } = inApril;
  const { about: __, ...later } = in2021;
  const { about: ___, ...year } = year2020;
  expect(statementsShown(after(made(year2020), made(inApril), made(in2021), chosen(about, inApril)))).toEqual([
    {
      about,
      differ: true,
      working: statementId(thing, inApril),
      statements: [
        { statement: statementId(thing, inApril), ...april },
        { statement: statementId(thing, in2021), ...later },
      ],
    },
    { about: 'period-audited', differ: false, statements: [{ statement: statementId(thing, year2020), ...year }] },
  ]);
});
