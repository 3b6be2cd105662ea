import { DayField, FreeText, Id, ListOfTexts } from '#libs/fields';
import { contradictory, event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { AuditReportCompleted, type AuditEvent } from './audit.events.js';
import type { Audit, Report } from './audit.js';
import { assertRegistered } from './audit.refusals.js';
import { assertBody, assertReportDays, known } from './register-audit-report.js';

/** Something of a report has become known, or was recorded wrong. Both what stood and what stands now stay visible. */
export class CompleteAuditReport {
  @Id('The audit.') audit!: string;
  @ListOfTexts('All its numbers, as they are written.', { min: 1, max: 10, length: 60, optional: true }) numbers?: string[];
  @FreeText('The auditors’ registry number.', { max: 60, optional: true }) registryNumber?: string;
  @FreeText('Title of the report.', { max: 300, optional: true }) title?: string;
  @FreeText('The period or year audited, as the report says it.', { max: 100, optional: true }) periodAudited?: string;
  @DayField('The day of the report.', { optional: true }) reportOn?: Day;
  @DayField('The day the auditors decided to hand it over.', { optional: true }) handedOverOn?: Day;
  @Id('Who audited for them: an expert firm.', { optional: true }) expert?: string;
  @FreeText('Where it is known from, or why what stood was wrong.', { max: 1000 }) reason!: string;
}

export const completeAuditReport: Decide<CompleteAuditReport, Audit, AuditEvent, { readonly organisation: Register }> = (
  { numbers, registryNumber, title, periodAudited, reportOn, handedOverOn, expert, reason },
  audit,
  { today, organisation },
) => {
  assertRegistered(audit);
  const said = known({ numbers, registryNumber, title, periodAudited, reportOn, handedOverOn, expert });
  const fields = Object.entries(said) as [keyof Report, unknown][];
  if (fields.length === 0)
    throw contradictory('audit.nothing-completed', {
      sv: 'Ange det som har blivit känt: nummer, diarienummer, titel, granskad period, en dag eller den sakkunniga.',
      en: 'State what has become known: a number, the registry number, the title, the period audited, a day or the expert.',
    });
  const news = Object.fromEntries(fields.filter(([name, value]) => JSON.stringify(audit.report[name]) !== JSON.stringify(value)));
  if (Object.keys(news).length === 0) return [];
  if (expert !== undefined) assertBody(expert, organisation, '/expert');
  assertReportDays({ ...audit.report, ...news }, today);
  return [event(AuditReportCompleted, { audit: audit.audit, ...news, reason })];
};
