import { DayField, FreeText, Id, ListOfTexts } from '#libs/fields';
import { contradictory, derivedId, event, forbidden, isAfter, type Day, type Decide } from '#libs/kernel';
import type { Context } from '#libs/commands';
import type { Register } from '#libs/organisation';
import { auditNumber } from './audit-number.js';
import { AuditReportRegistered, type AuditEvent } from './audit.events.js';
import type { Audit } from './audit.js';
import { assertNotFuture } from './obligation.refusals.js';

/**
 * A report of the auditors. Whatever nobody knows is left out, and shown as unknown (case D: neither number nor days are known).
 */
export class RegisterAuditReport {
  @Id('The new audit, where the sender names it; else it follows from issuer and number.', { optional: true }) audit?: string;
  @ListOfTexts('Its numbers, as they are written: Nr 5 2020, 5/2020 or 2020:5.', { max: 10, length: 60, optional: true }) numbers?: string[];
  @FreeText('The auditors’ registry number.', { max: 60, optional: true }) registryNumber?: string;
  @FreeText('Title of the report.', { max: 300 }) title!: string;
  @FreeText('The period or year audited, as the report says it.', { max: 100, optional: true }) periodAudited?: string;
  @DayField('The day of the report.', { optional: true }) reportOn?: Day;
  @DayField('The day the auditors decided to hand it over.', { optional: true }) handedOverOn?: Day;
  @Id('The body whose auditors issued it: stadsrevisionen.') issuedBy!: string;
  @Id('Who audited for them: an expert firm.', { optional: true }) expert?: string;
}

/** The audit that an issuer’s number names: the same report registered twice is found, and an import finds it again. */
export const auditId = (tenant: string, issuedBy: string, number: string): string => derivedId(tenant, 'audit', issuedBy, auditNumber(number));

/** Which stream a new report opens: the one named, else its number’s, else, where that is unknown, one of its own. */
export const newAuditId = ({ audit, numbers: [number] = [], issuedBy }: RegisterAuditReport, { tenant, commandId }: Context): string =>
  audit ?? (number === undefined ? derivedId(commandId, 'audit') : auditId(tenant, issuedBy, number));

export const registerAuditReport: Decide<RegisterAuditReport, Audit, AuditEvent, { readonly organisation: Register }> = (
  { numbers = [], issuedBy, title, registryNumber, periodAudited, reportOn, handedOverOn, expert },
  audit,
  { id, today, organisation },
) => {
  if (audit.status !== 'none')
    throw forbidden('audit.exists', {
      sv: `Rapporten är redan registrerad: ${audit.report.title}. Komplettera den i stället, eller ange ett annat nummer.`,
      en: `The report is registered already: ${audit.report.title}. Complete that instead, or state another number.`,
    });
  assertBody(issuedBy, organisation, '/issuedBy');
  if (expert !== undefined) assertBody(expert, organisation, '/expert');
  assertReportDays({ reportOn, handedOverOn }, today);
  const said = known({ registryNumber, periodAudited, reportOn, handedOverOn, expert });
  return [event(AuditReportRegistered, { audit: id, numbers, issuedBy, title, ...said })];
};

/** What is known, and nothing else. */
export const known = <T extends object>(said: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/** Refuses an issuer or expert that is not in the register, and a board: boards do not audit. */
export const assertBody = (id: string, register: Register, pointer: string): void => {
  if (register.unit(id) === undefined)
    throw contradictory(
      'body.unknown',
      {
        sv: 'Organet finns inte i registret. Registrera det först, som organ utanför nämnderna.',
        en: 'The body is not in the register. Register it first, as a body outside the boards.',
      },
      pointer,
    );
  if (register.boardOf(id) !== undefined)
    throw contradictory(
      'audit.issued-by-board',
      {
        sv: 'En nämnd granskar inte. Ange revisorerna eller den som granskar åt dem.',
        en: 'A board does not audit. Name the auditors, or who audits for them.',
      },
      pointer,
    );
};

/** Refuses days that have not been, and a report handed over before it was written. */
export const assertReportDays = (
  { reportOn, handedOverOn }: { readonly reportOn?: Day | undefined; readonly handedOverOn?: Day | undefined },
  today: Day,
): void => {
  if (reportOn !== undefined) assertNotFuture(reportOn, today, '/reportOn');
  if (handedOverOn !== undefined) assertNotFuture(handedOverOn, today, '/handedOverOn');
  if (reportOn !== undefined && handedOverOn !== undefined && isAfter(reportOn, handedOverOn))
    throw contradictory(
      'audit.handed-over-before-report',
      {
        sv: `Rapporten är daterad ${reportOn} och kan inte ha överlämnats ${handedOverOn}. Rätta den dag som är fel, eller utelämna den.`,
        en: `The report is dated ${reportOn} and cannot have been handed over on ${handedOverOn}. Correct the day that is wrong, or leave it out.`,
      },
      '/handedOverOn',
    );
};
