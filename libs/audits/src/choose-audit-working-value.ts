import { Code, Id } from '#libs/fields';
import type { Decide } from '#libs/kernel';
import { chooseWorkingValue, WorkingValueFields } from '#libs/statements';
import { STATED_OF_AUDIT, type StatedOfAudit } from './audit.codes.js';
import type { AuditEvent } from './audit.events.js';
import type { Audit } from './audit.js';
import { assertRegistered } from './audit.refusals.js';

/** Which of the values stated of the audit is worked with, or that none is. */
export class ChooseAuditWorkingValue extends WorkingValueFields {
  @Id('The audit.') audit!: string;
  @Code('What it is about.', STATED_OF_AUDIT, 'StatedOfAudit') about!: StatedOfAudit;
}

export const chooseAuditWorkingValue: Decide<ChooseAuditWorkingValue, Audit, AuditEvent> = (command, audit) => {
  assertRegistered(audit);
  return chooseWorkingValue(audit.statements, command);
};
