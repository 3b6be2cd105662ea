import { Type } from 'typebox';
import { Moments, type Asking, type Executor, type Reach, type Streams } from '#libs/commands';
import { FreeText, Id, ListQuery } from '#libs/fields';
import { DayType, IdType, stockholmDay, type Text } from '#libs/kernel';
import { registerOf } from '#libs/organisation';
import { all, sql, verbatim, type Sql, type Views } from '#libs/views';
import { ADDRESSED } from './audit.codes.js';
import { auditsView } from './audits.view.js';
import { present } from './present.js';
import { recommendationsView } from './recommendations.view.js';
import { named, organisationAt } from './register-read.js';

/** Recommendations, by audit and number. */
export class ListRecommendations extends ListQuery {
  @Id('Only of this audit.', { optional: true }) audit?: string;
  @Id('Only those addressed to what this board holds on the day of looking.', { optional: true }) board?: string;
  @FreeText('Words of the auditors’ wording.', { max: 200, optional: true }) search?: string;
}

/** One recommendation of the list. */
export const RecommendationRow = Type.Object({
  recommendation: IdType('The recommendation.'),
  audit: IdType('The audit.'),
  auditTitle: Type.String(),
  number: Type.String(),
  wording: Type.String(),
  addressees: Type.Array(IdType('A board.')),
  addresseeNames: Type.Array(Type.String()),
  addressed: Type.Enum([...ADDRESSED]),
  repeats: Type.Optional(IdType('The earlier recommendation that it repeats.')),
  quotations: Type.Integer({ description: 'How many other wordings of it have been noted.' }),
  withdrawnOn: Type.Optional(DayType('From which day it holds no more.')),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const recommendationColumns = {
  auditTitle: name('Rapport', 'Report'),
  number: name('Nummer', 'Number'),
  wording: name('Revisorernas lydelse', 'The auditors’ wording'),
  addresseeNames: name('Riktad till', 'Addressed to'),
  addressed: name('Mottagarna angivna', 'How addressed'),
  repeats: name('Upprepar', 'Repeats'),
  quotations: name('Andra lydelser', 'Other wordings'),
  withdrawnOn: name('Återtagen', 'Withdrawn'),
};

export const recommendationRowExample = {
  recommendation: '5b0e8c7d-1f2a-5d3b-9c6e-7a8b9c0d1e2f',
  audit: '3f6c1d52-7a4e-5c19-8d2b-6e0f9a7b5c31',
  auditTitle: 'Uppföljning av korttidstillsyn',
  number: 'R3',
  wording: 'Stadsdelsnämnderna rekommenderas att följa upp den beviljade insatsen.',
  addressees: ['1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a'],
  addresseeNames: ['Östermalms stadsdelsnämnd'],
  addressed: 'group',
  quotations: 0,
};

const addressedTo = (boards: readonly string[]): Sql =>
  sql`exists (select from json_array_elements_text(addressees) as one(board) where one.board = any(${boards}))`;

export const listRecommendations = async (
  { audit, board, search, limit, offset, asOf }: ListRecommendations,
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
    reach.units === undefined ? undefined : addressedTo(reach.units),
    board === undefined ? undefined : addressedTo(register.predecessorsOf(board, today)),
    audit === undefined ? undefined : sql`audit = ${audit}`,
    search === undefined ? undefined : sql`wording ilike ${`%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`,
  );
  const { rows, total, titles } = await views.read(
    tenant,
    async (read) => {
      const page = await read.list(recommendationsView, { where, order: verbatim(`audit, number collate "sv-SE-x-icu", key`), limit, offset });
      const ids = [...new Set(page.rows.map((row) => row.audit))];
      const audits = await read.list(auditsView, { where: sql`key = any(${ids})`, order: sql`key`, limit: ids.length });
      return { ...page, titles: new Map(audits.rows.map(({ key, title }) => [key, title])) };
    },
    { at },
  );
  const items = rows.map(({ key, audit: of, number, wording, addressees, addressed, repeats, quotations, withdrawnOn }) => ({
    recommendation: key,
    audit: of,
    auditTitle: titles.get(of) ?? of,
    number,
    wording,
    addressees,
    addresseeNames: addressees.map((one) => named(register, one).name),
    addressed,
    ...present({ repeats }),
    quotations,
    ...present({ withdrawnOn }),
  }));
  return { total, items };
};
