import { Code, Id } from '#libs/fields';
import type { Decide } from '#libs/kernel';
import { makeStatement, StatementFields } from '#libs/statements';
import { STATED_OF_AUDIT, type StatedOfAudit } from './audit.codes.js';
import type { AuditEvent } from './audit.events.js';
import type { Audit } from './audit.js';
import { assertRegistered } from './audit.refusals.js';

/** A source says something of the audit that another may say otherwise (case A: the year audited is 2020 in [000], 2019 in [002]). */
export class MakeAuditStatement extends StatementFields {
  @Id('The audit.') audit!: string;
  @Code('What it is about.', STATED_OF_AUDIT, 'StatedOfAudit') about!: StatedOfAudit;
}

export const makeAuditStatement: Decide<MakeAuditStatement, Audit, AuditEvent> = (command, audit) => {
  assertRegistered(audit);
  return makeStatement(audit.audit, audit.statements, command);
};
