import { Type } from 'typebox';
import { Moments, type Asking, type Executor, type Reach, type Streams } from '#libs/commands';
import { FreeText, Id, ListQuery } from '#libs/fields';
import { DayType, IdType, stockholmDay, type Text } from '#libs/kernel';
import { registerOf } from '#libs/organisation';
import { all, sql, verbatim, type Sql, type Views } from '#libs/views';
import { auditNumber } from './audit-number.js';
import { auditsView } from './audits.view.js';
import { present } from './present.js';
import { named, organisationAt } from './register-read.js';

/** Audits, the latest first. */
export class ListAudits extends ListQuery {
  @FreeText('A number in any writing (Nr 5 2020, 5/2020, 2020:5), a registry number, or a part of the title.', { max: 200, optional: true }) search?: string;
  @Id('Only those that concern what this board holds on the day of looking.', { optional: true }) board?: string;
  @Id('Only those of this body’s auditors.', { optional: true }) issuedBy?: string;
}

/** One audit of the list. What is left out is unknown. */
export const AuditRow = Type.Object({
  audit: IdType('The audit.'),
  numbers: Type.Array(Type.String(), { description: 'As they are written; empty: unknown.' }),
  registryNumber: Type.Optional(Type.String()),
  title: Type.String(),
  issuedBy: IdType('The body whose auditors issued it.'),
  issuedByName: Type.String(),
  periodAudited: Type.Optional(Type.String()),
  reportOn: Type.Optional(DayType('The day of the report.')),
  handedOverOn: Type.Optional(DayType('The day of handing over.')),
  referrals: Type.Integer(),
  recommendations: Type.Integer(),
  differing: Type.Array(Type.String(), { description: 'What the sources disagree about.' }),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const auditColumns = {
  audit: name('Id', 'Id'),
  numbers: name('Nummer', 'Numbers'),
  registryNumber: name('Diarienummer', 'Registry number'),
  title: name('Titel', 'Title'),
  issuedByName: name('Utfärdad av', 'Issued by'),
  periodAudited: name('Granskad period', 'Period audited'),
  reportOn: name('Rapportens dag', 'Day of the report'),
  handedOverOn: name('Överlämnad', 'Handed over'),
  referrals: name('Överlämnanden', 'Referrals'),
  recommendations: name('Rekommendationer', 'Recommendations'),
  differing: name('Källorna skiljer sig om', 'Sources differ about'),
};

export const auditRowExample = {
  audit: '3f6c1d52-7a4e-5c19-8d2b-6e0f9a7b5c31',
  numbers: ['Nr 5 2020'],
  registryNumber: '3.1.3-104/2020',
  title: 'Uppföljning av korttidstillsyn',
  issuedBy: '4c2b6a80-1d3e-4f5a-8b7c-9d0e1f2a3b4c',
  issuedByName: 'Stadsrevisionen',
  handedOverOn: '2020-05-25',
  referrals: 16,
  recommendations: 3,
  differing: ['period-audited'],
};

/** A number is found whichever way it is written; else the words in title or registry number, wherever they stand. */
const found = (search: string): Sql => {
  const part = `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const key = `%|${auditNumber(search).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}|%`;
  return sql`number_keys like ${key} or title ilike ${part} or registry_number ilike ${part}`;
};

const concerns = (boards: readonly string[]): Sql => sql`exists (select from json_array_elements_text(boards) as one(board) where one.board = any(${boards}))`;

export const listAudits = async (
  { search, board, issuedBy, limit, offset, asOf }: ListAudits,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const register = registerOf(await organisationAt(executor, streams, tenant, asOf));
  const where = all(
    reach.units === undefined ? undefined : concerns(reach.units),
    board === undefined ? undefined : concerns(register.predecessorsOf(board, today)),
    issuedBy === undefined ? undefined : sql`issued_by = ${issuedBy}`,
    search === undefined ? undefined : found(search),
  );
  const order = verbatim(`coalesce(handed_over_on, report_on) desc nulls last, title collate "sv-SE-x-icu", key`);
  const { rows, total } = await views.read(tenant, (read) => read.list(auditsView, { where, order, limit, offset }), { at });
  const items = rows.map(
    ({ key, numbers, title, issuedBy: body, registryNumber, periodAudited, reportOn, handedOverOn, referrals, recommendations, differing }) => ({
      audit: key,
      numbers,
      title,
      issuedBy: body,
      issuedByName: named(register, body).name,
      ...present({ registryNumber, periodAudited, reportOn, handedOverOn }),
      referrals,
      recommendations,
      differing,
    }),
  );
  return { total, items };
};
