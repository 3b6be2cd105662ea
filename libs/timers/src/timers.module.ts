import { Module } from '@nestjs/common';
import { handles, ofTenant, system } from '#libs/commands';
import { deadlineRules, deadlineRulesId } from './deadline-rules.js';
import { SetDeadlineRule, setDeadlineRule } from './set-deadline-rule.js';

@Module({
  providers: [
    handles(SetDeadlineRule, {
      of: deadlineRules,
      id: (_command, { tenant }) => deadlineRulesId(tenant),
      may: [ofTenant('administrator'), system], // the system sets what a new municipality begins with
      decide: setDeadlineRule,
    }),
  ],
})
export class TimersModule {}
