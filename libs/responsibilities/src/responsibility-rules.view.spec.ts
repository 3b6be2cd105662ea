import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { StatementMade, statementId, WorkingValueChosen } from '#libs/statements';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import { circumstancesView } from './circumstances.view.js';
import { ResponsibilityCircumstanceNoted } from './circumstance.events.js';
import * as events from './responsibility.events.js';
import { responsibilityRulesView } from './responsibility-rules.view.js';
import { id, ids, set, terms } from './responsibilities.given.js';

const stream = `responsibility-rules-${id('rules')}`;
const rowsAfter = (...facts: readonly events.ResponsibilityEvent[]) => foldAll(responsibilityRulesView, happenedIn(stream, ...facts));
const current = (...facts: readonly events.ResponsibilityEvent[]) => rowsAfter(...facts).filter(({ until }) => until === null);

const reason = 'Skäl.';
const { kind, match, answer, basis } = terms();
const dispute = {
  dispute: id('dispute'),
  kind,
  match,
  from: day('2016-01-01'),
  claims: [
    { claim: id('a'), rule: id('a') },
    { claim: id('free'), text: 'Påstående', source: '[003]' },
  ],
};
const ruled = [{ rule: id('clause'), clause: '3', kind, match, answer, basis }];
const inForce = (disputes: events.DisputeData[] = []) =>
  event(events.RulesOfAgreementSet, { agreement: ids.agreement, version: 'v1', from: day('2022-10-01'), rules: ruled, disputes });

test('a rule is found by the text of its fields, with a star for any', () => {
  expect(rowsAfter(set('a', { match: { service: 'daily-activities', operatingBoard: ids.norrmalm }, to: day('2030-12-31') }))).toMatchObject([
    {
      key: id('a'),
      what: 'rule',
      matching: `*|daily-activities|${ids.norrmalm}|*|*|*`,
      provisionForm: null,
      validFrom: '2016-01-01',
      validTo: '2030-12-31',
      withdrawn: false,
    },
  ]);
});

test('changed, ended, withdrawn: the row follows', () => {
  expect(current(set('a'), event(events.ResponsibilityRuleChanged, { rule: id('a'), ...terms({ basis: 'Annat' }), reason }))).toMatchObject([
    { basis: 'Annat' },
  ]);
  expect(current(set('a'), event(events.ResponsibilityRuleEnded, { rule: id('a'), to: day('2022-12-31'), reason }))).toMatchObject([{ validTo: '2022-12-31' }]);
  expect(current(set('a'), event(events.ResponsibilityRuleWithdrawn, { rule: id('a'), reason }))).toMatchObject([{ withdrawn: true }]);
});

test('what is disputed is a row of its own, which keeps that it was settled when it is told of anew', () => {
  const disputed = event(events.ResponsibilityDisputed, dispute);
  const settled = event(events.ResponsibilitySettled, { dispute: id('dispute'), from: day('2022-01-01'), claim: id('a'), grounds: reason });
  expect(current(set('a'), disputed).find(({ key }) => key === id('dispute'))).toMatchObject({ what: 'dispute', answer: null, settledFrom: null });
  expect(current(set('a'), disputed, settled, disputed).find(({ key }) => key === id('dispute'))).toMatchObject({
    settledFrom: '2022-01-01',
    prevailed: id('a'),
  });
  const none = event(events.ResponsibilitySettled, { dispute: id('dispute'), from: day('2022-01-01'), grounds: reason });
  expect(current(set('a'), disputed, none).find(({ key }) => key === id('dispute'))).toMatchObject({ prevailed: null });
});

const days = (one: { from?: ReturnType<typeof day>; to?: ReturnType<typeof day> }, disputes: events.DisputeData[] = []) =>
  event(events.AgreementRuleDaysChanged, { agreement: ids.agreement, rules: [{ rule: id('clause'), ...one }], disputes });

test('a clause of an agreement says which; its days follow the agreement', () => {
  const rows = current(inForce([dispute]));
  expect(rows).toMatchObject([
    { key: id('clause'), agreement: ids.agreement, clause: { agreement: ids.agreement, version: 'v1', clause: '3' }, validFrom: '2022-10-01', validTo: null },
    { key: id('dispute'), what: 'dispute' },
  ]);
  expect(current(inForce(), days({ from: day('2022-11-01'), to: day('2023-12-31') }))).toMatchObject([{ validFrom: '2022-11-01', validTo: '2023-12-31' }]);
  expect(current(inForce(), days({}))).toMatchObject([{ withdrawn: true }]);
  expect(current(inForce(), days({}), days({ from: day('2022-12-01') }, [dispute]))).toMatchObject([{ withdrawn: false, validTo: null }, { what: 'dispute' }]);
});

test('the rows of every fact', async () => {
  const facts = [
    set('a', { match: { provisionForm: 'in-house-school' }, to: day('2030-12-31') }),
    event(events.ResponsibilityRuleChanged, { rule: id('a'), ...terms(), reason }),
    event(events.ResponsibilityDisputed, dispute),
    inForce([{ ...dispute, dispute: id('other'), to: day('2024-12-31') }]),
    event(events.AgreementRuleDaysChanged, {
      agreement: ids.agreement,
      rules: [{ rule: id('clause'), from: day('2022-11-01'), to: day('2023-12-31') }],
      disputes: [{ ...dispute, dispute: id('third') }],
    }),
    event(events.ResponsibilityRuleEnded, { rule: id('a'), to: day('2022-12-31'), reason }),
    event(events.ResponsibilitySettled, { dispute: id('dispute'), from: day('2022-01-01'), claim: id('a'), grounds: reason }),
    event(events.ResponsibilityRuleWithdrawn, { rule: id('a'), reason }),
    event(events.AgreementRuleDaysChanged, { agreement: ids.agreement, rules: [{ rule: id('clause') }], disputes: [] }),
  ];
  await checkGoldenRows(responsibilityRulesView, happenedIn(stream, ...facts), new URL('responsibility_rules.golden.json', import.meta.url));
});

const said = { about: 'decided-on', value: 'april 2020', on: { from: day('2020-04-01'), to: day('2020-04-30') }, source: '[000]' };
const statement = statementId(id('circumstance'), said);
const noted = event(ResponsibilityCircumstanceNoted, { circumstance: id('circumstance'), kind, match, title: 'Beslut om modell', source: '[000]' });
const noteStream = `responsibility-circumstance-${id('circumstance')}`;

test('a circumstance keeps all that sources say of it; what they say of other things is none of its business', () => {
  const rows = foldAll(circumstancesView, happenedIn(noteStream, noted, event(StatementMade, { statement, ...said })));
  expect(rows.at(-1)).toMatchObject({
    key: id('circumstance'),
    matching: 'in-house-school|short-term-supervision|*|*|*|*',
    statements: { 'decided-on': { statements: [{ value: 'april 2020' }] } },
  });
  const { kind: _, ...ofEveryKind } = noted.data;
  expect(foldAll(circumstancesView, happenedIn(noteStream, event(ResponsibilityCircumstanceNoted, ofEveryKind)))).toMatchObject([{ kind: null }]);
  expect(foldAll(circumstancesView, happenedIn(`action-${id('action')}`, event(StatementMade, { statement, ...said })))).toEqual([]);
});

test('the rows of every fact of a circumstance', async () => {
  const facts = [noted, event(StatementMade, { statement, ...said }), event(WorkingValueChosen, { about: 'decided-on', statement })];
  await checkGoldenRows(circumstancesView, happenedIn(noteStream, ...facts), new URL('responsibility_circumstances.golden.json', import.meta.url));
});
