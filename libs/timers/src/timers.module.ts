import { Module } from '@nestjs/common';
import { answers, handles, ofTenant, Streams, system } from '#libs/commands';
import { ROLES } from '#libs/organisation';
import { deadlineRules, deadlineRulesId } from './deadline-rules.js';
import { ListDeadlineRules, listDeadlineRules } from './list-deadline-rules.js';
import { SetDeadlineRule, setDeadlineRule } from './set-deadline-rule.js';
import { DeadlineRulesController } from './timers.controller.js';

@Module({
  controllers: [DeadlineRulesController],
  providers: [
    handles(SetDeadlineRule, {
      of: deadlineRules,
      id: (_command, { tenant }) => deadlineRulesId(tenant),
      may: [ofTenant('administrator'), system], // the system sets what a new municipality begins with
      decide: setDeadlineRule,
    }),
    answers(ListDeadlineRules, { may: ROLES.map(ofTenant), from: [Streams], answer: listDeadlineRules }),
  ],
})
export class TimersModule {}
