import { Module } from '@nestjs/common';
import { answers, created, Executor, handles, Moments, ofTenant, Streams, system } from '#libs/commands';
import { EventRegistry } from '#libs/kernel';
import { citedDecision, type DecisionRef } from '#libs/meetings';
import { organisation, ROLES } from '#libs/organisation';
import { knocks } from '#libs/timers';
import { Views } from '#libs/views';
import { ChangeResponsibilityRule, changeResponsibilityRule } from './change-responsibility-rule.js';
import { ChooseCircumstanceValue, chooseCircumstanceValue } from './choose-circumstance-value.js';
import { circumstance } from './circumstance.js';
import { CorrectRulesOfAgreement, correctRulesOfAgreement } from './correct-rules-of-agreement.js';
import { coverageWatch, deadlinesOf } from './coverage-watch.js';
import { EndResponsibilityRule, endResponsibilityRule } from './end-responsibility-rule.js';
import { EndRulesOfAgreement, endRulesOfAgreement } from './end-rules-of-agreement.js';
import { ListResponsibilityRules, listResponsibilityRules } from './list-responsibility-rules.query.js';
import { NarrowResponsibilityRule, narrowResponsibilityRule } from './narrow-responsibility-rule.js';
import { NoteResponsibilityCircumstance, noteResponsibilityCircumstance } from './note-responsibility-circumstance.js';
import { RecordResponsibilityDisputed, recordResponsibilityDisputed } from './record-responsibility-disputed.js';
import { ResponsibilitiesController } from './responsibilities.controller.js';
import { ResponsibilityHistory, responsibilityHistory } from './responsibility-history.query.js';
import { ResponsibilityRuleById, responsibilityRuleById } from './responsibility-rule-by-id.query.js';
import { responsibilities, responsibilityRules, responsibilityRulesId } from './responsibility-rules.js';
import { SetResponsibilityRule, setResponsibilityRule } from './set-responsibility-rule.js';
import { SetRulesOfAgreement, setRulesOfAgreement } from './set-rules-of-agreement.js';
import { SettleResponsibilityDispute, settleResponsibilityDispute } from './settle-responsibility-dispute.js';
import { StateAboutCircumstance, stateAboutCircumstance } from './state-about-circumstance.js';
import { ResponsibilityStatementAsHtml, ResponsibilityStatementAsPdf, statementAsHtml, statementAsPdf } from './statement.query.js';
import { ruleOfCoverage, WatchCoverage, watchCoverage } from './watch-coverage.js';
import { WhoIsResponsible, whoIsResponsible } from './who-is-responsible.query.js';
import { WithdrawResponsibilityRule, withdrawResponsibilityRule } from './withdraw-responsibility-rule.js';

/** The rules are the municipality's: no board writes by itself who is responsible. */
const keepers = [ofTenant('administrator'), system];
/** Who is responsible is no secret to anybody who works there, or who audits it. */
const readers = ROLES.map(ofTenant);

const onRules = { of: responsibilityRules, id: (_command: unknown, { tenant }: { readonly tenant: string }) => responsibilityRulesId(tenant) };
const onCircumstance = { of: circumstance, id: (command: { readonly circumstance: string }) => command.circumstance };
const decided = citedDecision(({ decision }: { readonly decision?: DecisionRef }) => decision);

@Module({
  controllers: [ResponsibilitiesController],
  providers: [
    handles(SetResponsibilityRule, { ...onRules, may: keepers, needs: { organisation, decided }, decide: setResponsibilityRule }),
    handles(ChangeResponsibilityRule, { ...onRules, may: keepers, needs: { organisation }, decide: changeResponsibilityRule }),
    handles(NarrowResponsibilityRule, { ...onRules, may: keepers, needs: { organisation }, decide: narrowResponsibilityRule }),
    handles(EndResponsibilityRule, { ...onRules, may: keepers, needs: { organisation }, decide: endResponsibilityRule }),
    handles(WithdrawResponsibilityRule, { ...onRules, may: keepers, decide: withdrawResponsibilityRule }),
    handles(RecordResponsibilityDisputed, { ...onRules, may: keepers, needs: { organisation }, decide: recordResponsibilityDisputed }),
    handles(SettleResponsibilityDispute, { ...onRules, may: keepers, needs: { organisation, decided }, decide: settleResponsibilityDispute }),
    handles(SetRulesOfAgreement, { ...onRules, may: [system], needs: { organisation }, decide: setRulesOfAgreement }),
    handles(EndRulesOfAgreement, { ...onRules, may: [system], needs: { organisation }, decide: endRulesOfAgreement }),
    handles(CorrectRulesOfAgreement, { ...onRules, may: [system], needs: { organisation }, decide: correctRulesOfAgreement }),
    handles(WatchCoverage, {
      of: coverageWatch,
      id: ({ rule }) => rule,
      may: [system],
      needs: { responsibilities, organisation, rule: ruleOfCoverage },
      decide: watchCoverage,
    }),
    knocks(coverageWatch, deadlinesOf),
    handles(NoteResponsibilityCircumstance, {
      of: circumstance,
      id: created('circumstance', ({ circumstance: named }) => named),
      may: keepers,
      needs: { organisation },
      decide: noteResponsibilityCircumstance,
    }),
    handles(StateAboutCircumstance, { ...onCircumstance, may: keepers, decide: stateAboutCircumstance }),
    handles(ChooseCircumstanceValue, { ...onCircumstance, may: keepers, decide: chooseCircumstanceValue }),
    answers(WhoIsResponsible, { may: readers, from: [Views, Moments, Executor, Streams], answer: whoIsResponsible }),
    answers(ListResponsibilityRules, { may: readers, from: [Views, Moments, Executor, Streams], answer: listResponsibilityRules }),
    answers(ResponsibilityRuleById, { may: readers, from: [Views, Moments, Executor, Streams], answer: responsibilityRuleById }),
    answers(ResponsibilityHistory, { may: readers, from: [Streams, EventRegistry], answer: responsibilityHistory }),
    answers(ResponsibilityStatementAsHtml, { may: readers, from: [Views, Moments, Executor, Streams], answer: statementAsHtml }),
    answers(ResponsibilityStatementAsPdf, { may: readers, from: [Views, Moments, Executor, Streams], answer: statementAsPdf }),
  ],
})
export class ResponsibilitiesModule {}
