import { Type } from 'typebox';
import { asks, does, routes } from '#libs/http';
import { ChangeResponsibilityRule } from './change-responsibility-rule.js';
import { ChooseCircumstanceValue } from './choose-circumstance-value.js';
import { EndResponsibilityRule } from './end-responsibility-rule.js';
import { ListResponsibilityRules, responsibilityRuleColumns, responsibilityRuleExample, ResponsibilityRuleRow } from './list-responsibility-rules.query.js';
import { NarrowResponsibilityRule } from './narrow-responsibility-rule.js';
import { NoteResponsibilityCircumstance } from './note-responsibility-circumstance.js';
import { RecordResponsibilityDisputed } from './record-responsibility-disputed.js';
import { ResponsibilityChange, responsibilityChangeColumns, responsibilityChangeExample, ResponsibilityHistory } from './responsibility-history.query.js';
import { ResponsibilityRuleById, ruleOnPageExample, RuleOnPage } from './responsibility-rule-by-id.query.js';
import { SetResponsibilityRule } from './set-responsibility-rule.js';
import { SettleResponsibilityDispute } from './settle-responsibility-dispute.js';
import { StateAboutCircumstance } from './state-about-circumstance.js';
import { HTML, PDF, ResponsibilityStatementAsHtml, ResponsibilityStatementAsPdf } from './statement.query.js';
import { Responsible, responsibleExample, WhoIsResponsible } from './who-is-responsible.query.js';
import { WithdrawResponsibilityRule } from './withdraw-responsibility-rule.js';

const SOCIAL = '2d4f6a8c-1b3d-4e5f-9a7b-8c9d0e1f2a3b';
const EDUCATION = '3e5a7b9d-2c4e-4f60-8b8c-9d0e1f2a3b4c';
const UNIT = '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a';
const CLAIM = '5a4b3c2d-1e0f-4a9b-8c7d-6e5f4a3b2c1d';
const match = { provisionForm: 'in-house-school', service: 'short-term-supervision' } as const;

/** Who is responsible for what, under `/responsibilities`: the question, the rules that answer it, and the written statement. */
export const ResponsibilitiesController = routes('responsibilities', 'Who is responsible', [
  asks('', WhoIsResponsible, {
    summary: 'Who is responsible for an operation on a day',
    description:
      'One answer for each kind of responsibility: the board as it is that day, the performing and assisting units, and the basis; or none designated; or disputed, with each claim and its source; or not applicable. What is left out is not there: only rules for any value answer for it. `on` is the day that is asked about, `asOf` the moment whose records are asked.',
    answer: Responsible,
    example: responsibleExample,
  }),
  asks('rules', ListResponsibilityRules, {
    summary: 'The rules of who is responsible, and what is recorded as disputed',
    description: 'By kind, then for what. `on` shows only those that hold on that day, `asOf` shows the list as it was recorded then.',
    answer: ResponsibilityRuleRow,
    example: responsibilityRuleExample,
    columns: responsibilityRuleColumns,
  }),
  asks('rules/:rule', ResponsibilityRuleById, {
    summary: 'One rule of who is responsible, or one thing that is disputed',
    answer: RuleOnPage,
    example: ruleOnPageExample,
  }),
  asks('history', ResponsibilityHistory, {
    summary: 'Every change to who is responsible, newest first',
    description: 'For what the fields match, each change as it was recorded before and after; also where one board succeeded another that a rule names.',
    answer: ResponsibilityChange,
    example: responsibilityChangeExample,
    columns: responsibilityChangeColumns,
  }),
  asks('statement', ResponsibilityStatementAsHtml, {
    summary: 'The written statement of responsibilities for a day, as a page',
    description: 'What the rules say for each service and regiform, and where nobody is designated or it is disputed.',
    answer: Type.String(),
    example: {},
    files: [HTML],
  }),
  asks('statement/pdf', ResponsibilityStatementAsPdf, {
    summary: 'The written statement of responsibilities for a day, as PDF',
    description: 'PDF/UA-1; the same facts give the same bytes.',
    answer: Type.String(),
    example: {},
    files: [PDF],
  }),
  does('POST', 'rules', SetResponsibilityRule, {
    summary: 'Set a rule of who is responsible',
    description:
      'No rule outranks another: one that overlaps another of its kind is refused, unless `disputed` records it as contradicting those that it overlaps. An exception is written by narrowing the general rule. Name `rule` to choose its id; the list shows the one that it got.',
    example: {
      kind: 'contract-follow-up',
      match: { provisionForm: 'private-lov' },
      answer: { who: 'named', board: SOCIAL, performingUnit: UNIT, districtsAssist: true },
      basis: 'LOV (2008:962); avtal [002], [003]',
      from: '2016-01-01',
    },
  }),
  does('POST', 'rules/:rule/changes', ChangeResponsibilityRule, {
    summary: 'Correct what a rule says',
    description:
      'It has said this all along; what was answered before stays answerable with `asOf`. Where something else holds from a day on, end the rule and set another.',
    example: {
      kind: 'overall',
      match: {},
      answer: { who: 'named', board: SOCIAL },
      basis: 'Socialnämndens reglemente [000]',
      from: '2016-01-01',
      reason: 'Fel första dag.',
    },
  }),
  does('POST', 'rules/:rule/narrowings', NarrowResponsibilityRule, {
    summary: 'Let narrower rules stand in the place of a general one, from a day on',
    description: 'So an exception is written: the general rule ends the day before, and the narrower ones say the same where nothing else is said.',
    example: {
      from: '2024-01-01',
      into: [
        { match: { provisionForm: 'outsourced', service: 'short-term-supervision' } },
        { match: { provisionForm: 'outsourced', service: 'short-term-stay' } },
      ],
      reason: 'Daglig verksamhet följs upp av en annan nämnd.',
    },
  }),
  does('POST', 'rules/:rule/endings', EndResponsibilityRule, {
    summary: 'End a rule after a day',
    description: 'Where no other rule answers for all of it from then on, that is reminded of until one does.',
    example: { lastDay: '2023-12-31', reason: 'Ersätts av ett nytt reglemente.' },
  }),
  does('POST', 'rules/:rule/withdrawals', WithdrawResponsibilityRule, {
    summary: 'Withdraw a rule that was recorded by mistake',
    example: { reason: 'Antecknad för fel regiform.' },
  }),
  does('POST', 'disputes', RecordResponsibilityDisputed, {
    summary: 'Record that sources contradict each other about who is responsible',
    example: {
      kind: 'operational-follow-up',
      match,
      from: '2016-01-01',
      claims: [
        { text: 'Uppdragsbeskrivningen var avsedd att gälla även skolorna.', source: '[003]' },
        { text: 'Uppdragsbeskrivning saknas för skolorna.', answer: { who: 'named', board: EDUCATION }, source: 'Stadsrevisionens rapport Nr 5 2020' },
      ],
    },
  }),
  does('POST', 'disputes/:dispute/settlements', SettleResponsibilityDispute, {
    summary: 'Settle what is disputed, from a day on',
    description: 'A claim that prevails becomes the rule; rules that say otherwise of the same and of nothing else end the day before.',
    example: { claim: CLAIM, from: '2022-10-01', grounds: 'Nämnderna är överens enligt samverkansöverenskommelsen.' },
  }),
  does('POST', 'circumstances', NoteResponsibilityCircumstance, {
    summary: 'Note something that bears on who is responsible, and is no rule',
    description: 'It is shown with every answer for what its fields match, with all that sources say of it.',
    status: 201,
    example: { match, title: 'Socialnämndens beslut om samma modell och mallar som vid uppföljning enligt LOV', source: '[000], [002]' },
  }),
  does('POST', 'circumstances/:circumstance/statements', StateAboutCircumstance, {
    summary: 'Note what a source says of a circumstance',
    example: {
      about: 'decided-on',
      value: 'april 2020',
      on: { from: '2020-04-01', to: '2020-04-30' },
      source: '[000] tjänsteutlåtande, Socialnämndens åtgärder',
    },
  }),
  does('POST', 'circumstances/:circumstance/working-values', ChooseCircumstanceValue, {
    summary: 'Choose the statement that is worked with, or none',
    example: { about: 'decided-on', statement: CLAIM },
  }),
]);
