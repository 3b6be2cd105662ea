import type { Asking, Executor, Moments, Streams } from '#libs/commands';
import { DayField, FreeText, Query } from '#libs/fields';
import { Download } from '#libs/http';
import { startOfDay, type Day } from '#libs/kernel';
import { organisationThen } from '#libs/organisation';
import { pdf } from '#libs/pdf';
import { all, sql, type Views } from '#libs/views';
import { circumstancesView } from './circumstances.view.js';
import { municipalityOf } from './city.js';
import { foundIn } from './rules-found.query.js';
import { responsibilityRulesView } from './responsibility-rules.view.js';
import { statementHtml } from './statement.html.js';
import { statementOf, type StatementDocument } from './statement.js';
import { statementTemplate } from './statement.template.js';

export const HTML = 'text/html; charset=utf-8';
export const PDF = 'application/pdf';

class ResponsibilityStatement extends Query {
  @DayField('The day that it is of; today where left out, or the day of asOf.', { optional: true }) on?: Day;
  @FreeText('Only this service, by its code.', { max: 60, optional: true }) service?: string;
}
/** The written statement of who is responsible for what on a day, as a page. */
export class ResponsibilityStatementAsHtml extends ResponsibilityStatement {}
/** The same as PDF/UA. */
export class ResponsibilityStatementAsPdf extends ResponsibilityStatement {}

/** More rules than hold anywhere on one day. */
const MOST_RULES = 100_000;
const MOST_CIRCUMSTANCES = 1_000;

type From = readonly [views: Views, moments: Moments, executor: Executor, streams: Streams];

const documentOf = async ({ on: said, service }: ResponsibilityStatement, { tenant, today, asOf }: Asking, ...[views, moments, executor, streams]: From) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const then = asOf === undefined || at === undefined ? undefined : { asOf, at };
  const city = municipalityOf(await organisationThen(tenant, then, executor, streams), tenant);
  const on = said ?? today;
  const holds = sql`not withdrawn and (what = 'dispute' or (valid_from <= ${on} and (valid_to is null or valid_to >= ${on})))`;
  const ofService = service === undefined ? undefined : sql`(service = ${service} or service is null)`;
  const stated = await views.read(
    tenant,
    async (read) => {
      const rows = await read.page(responsibilityRulesView, { where: all(holds, ofService), order: sql`matching, key`, limit: MOST_RULES });
      const circumstances = await read.page(circumstancesView, { where: sql`true`, order: sql`key`, limit: MOST_CIRCUMSTANCES });
      const about = circumstances.filter(({ match }) => service === undefined || match.service === undefined || match.service === service);
      return { ...foundIn(rows), circumstances: about };
    },
    { at },
  );
  return { document: statementOf(stated, on, city, { service, recorded: today }), on };
};

export const statementAsHtml = async (query: ResponsibilityStatementAsHtml, asking: Asking, ...from: From): Promise<Download> => {
  const { document, on } = await documentOf(query, asking, ...from);
  return new Download(HTML, `ansvarsfordelning-${on}.html`, Buffer.from(statementHtml(document)));
};

export const statementAsPdf = async (query: ResponsibilityStatementAsPdf, asking: Asking, ...from: From): Promise<Download> => {
  const { document, on } = await documentOf(query, asking, ...from);
  return new Download(PDF, `ansvarsfordelning-${on}.pdf`, statementPdf(document, on));
};

/** Of the same facts the same bytes: it is dated by the day that it is of. */
export const statementPdf = (document: StatementDocument, on: Day): Buffer => pdf(statementTemplate, document, { at: startOfDay(on) });
