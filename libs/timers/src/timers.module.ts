import { Module } from '@nestjs/common';
import { answers, handles, Moments, ofBoard, ofTenant, ofUnit, Streams, system } from '#libs/commands';
import { organisation, ROLES } from '#libs/organisation';
import { Views } from '#libs/views';
import { deadlineRules, deadlineRulesId } from './deadline-rules.js';
import { IssueLateSummaries, issueLateSummaries } from './issue-late-summaries.js';
import { duty, dutyId } from './duty.js';
import { knockedBy, knocks } from './knocks.js';
import { lateSummaries, lateSummariesId } from './late-summary.js';
import { ListDeadlineRules, listDeadlineRules } from './list-deadline-rules.js';
import { ListDeadlines, listDeadlines } from './list-deadlines.js';
import { NoteDuty, noteDuty, vacancies } from './note-duty.js';
import { NoteLateRecording, noteLateRecording } from './note-late-recording.js';
import { SetDeadlineRule, setDeadlineRule } from './set-deadline-rule.js';
import { DeadlineRulesController, DeadlinesController } from './timers.controller.js';

/** Of whoever is reminded, what is theirs; of whoever sees to others, what their board or the whole municipality waits for. */
const readers = [
  ofUnit('case-officer'),
  ofUnit('unit-manager'),
  ...(['department-head', 'head-of-administration', 'process-owner', 'registrar', 'board-secretary'] as const).map(ofBoard),
  ...(['overseer', 'auditor', 'audit-officer', 'administrator'] as const).map(ofTenant),
];

knockedBy(lateSummaries.name, IssueLateSummaries);
const ofSummaries = { of: lateSummaries, may: [system] };

@Module({
  controllers: [DeadlinesController, DeadlineRulesController],
  providers: [
    handles(SetDeadlineRule, {
      of: deadlineRules,
      id: (_command, { tenant }) => deadlineRulesId(tenant),
      may: [ofTenant('administrator'), system], // the system sets what a new municipality begins with
      decide: setDeadlineRule,
    }),
    handles(NoteDuty, { of: duty, id: ({ unit, role }, { tenant }) => dutyId(tenant, unit, role), may: [system], needs: { vacancies }, decide: noteDuty }),
    knocks(duty, (deadlines) => deadlines),
    handles(NoteLateRecording, { ...ofSummaries, id: (_command, { tenant }) => lateSummariesId(tenant), decide: noteLateRecording }),
    handles(IssueLateSummaries, { ...ofSummaries, id: ({ owner }) => owner, needs: { register: organisation }, decide: issueLateSummaries }),
    answers(ListDeadlines, { may: readers, from: [Views, Moments], answer: listDeadlines }),
    answers(ListDeadlineRules, { may: ROLES.map(ofTenant), from: [Streams], answer: listDeadlineRules }),
  ],
})
export class TimersModule {}
