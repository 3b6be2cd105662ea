import { Type } from 'typebox';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Code, DayField, FreeText, Id, ListQuery } from '#libs/fields';
import { CodeType, DayType, IdType, stockholmDay, type Day, type Text } from '#libs/kernel';
import { holdingsOn, organisationThen, registerOf } from '#libs/organisation';
import { all, sql, type Views } from '#libs/views';
import { agreementPartiesView, registryKey } from './agreement-parties.view.js';
import { agreementsView } from './agreements.view.js';
import { periodOn } from './force.js';

/** How an agreement stands on a day: in force; proposed, where it has never been; or no longer in force. */
const AGREEMENT_STATUSES = ['in-force', 'proposed', 'not-in-force'] as const;
type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

/** Agreements between boards, and whether each is in force on a day. */
export class ListAgreements extends ListQuery {
  @Id('Only those to which this board is or was to be a party, or one whose things it holds.', { optional: true }) board?: string;
  @Code('Only those that stand so on the day.', AGREEMENT_STATUSES, 'AgreementStatus', { optional: true }) status?: AgreementStatus;
  @FreeText('Only those of whose registry numbers one holds this.', { max: 60, optional: true }) registryNumber?: string;
  @DayField('The day that is asked about; today where left out.', { optional: true }) on?: Day;
}

/** One agreement of the list. */
export const AgreementRow = Type.Object({
  agreement: IdType('The agreement.'),
  title: Type.String(),
  status: CodeType(AGREEMENT_STATUSES, 'How it stands on the day.'),
  parties: Type.String({ description: 'The boards that are or were to be parties, by name.' }),
  registryNumbers: Type.String({ description: 'Their registry numbers for the matter.' }),
  versions: Type.Integer({ description: 'How many versions are registered.' }),
  version: Type.Optional(Type.Integer({ description: 'The version in force, by its number.' })),
  inForceOn: Type.Optional(DayType('The first day on which that version is in force.')),
  lastDay: Type.Optional(DayType('The last day on which it is in force, where one is known.')),
  terminatedOn: Type.Optional(DayType('The day notice was given.')),
  reviewedOn: Type.Optional(DayType('The day of its last review.')),
  reviewDueOn: Type.Optional(DayType('The day by which the next is awaited.')),
  reviewLate: Type.Boolean({ description: 'That day has passed.' }),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const agreementColumns = {
  title: name('Överenskommelse', 'Agreement'),
  parties: name('Parter', 'Parties'),
  registryNumbers: name('Diarienummer', 'Registry numbers'),
  status: name('Läge', 'Status'),
  version: name('Version i kraft', 'Version in force'),
  inForceOn: name('Gäller från', 'In force from'),
  lastDay: name('Gäller till och med', 'In force through'),
  terminatedOn: name('Uppsagd', 'Terminated'),
  versions: name('Antal versioner', 'Versions'),
  reviewedOn: name('Senast genomgången', 'Last reviewed'),
  reviewDueOn: name('Nästa genomgång senast', 'Next review by'),
  reviewLate: name('Genomgång försenad', 'Review late'),
  agreement: name('Id', 'Id'),
};

export const agreementRowExample = {
  agreement: '1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9',
  title: 'Samverkansöverenskommelse avseende uppföljning av korttidstillsyn enligt LSS i egen regi som bedrivs i stadens skolor',
  status: 'in-force',
  parties: 'Socialnämnden, Utbildningsnämnden',
  registryNumbers: '2.3.4-181/2022',
  versions: 2,
  version: 1,
  inForceOn: '2022-10-03',
  reviewDueOn: '2023-10-03',
  reviewLate: false,
};

export const listAgreements = async (
  { board, status, registryNumber, on, limit, offset, asOf }: ListAgreements,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const day = on ?? today;
  const organisation = await organisationThen(tenant, asOf === undefined || at === undefined ? undefined : { asOf, at }, executor, streams);
  const register = registerOf(organisation);
  return views.read(
    tenant,
    async (read) => {
      const ofBoards = (boards: readonly string[]) =>
        sql`exists (select from ${read.rows(agreementPartiesView)} where agreement_parties.agreement::text = agreements.key and board = any(${boards}))`;
      const holds = sql`exists (select from json_array_elements(periods) period where period->>'on' <= ${day}::text and coalesce(period->>'lastDay', ${LAST}) >= ${day}::text)`;
      const begun = sql`exists (select from json_array_elements(periods) period where period->>'on' <= ${day}::text)`;
      const stands = { 'in-force': holds, proposed: sql`not ${begun}`, 'not-in-force': sql`(${begun} and not ${holds})` };
      const where = all(
        reach.units === undefined ? undefined : ofBoards(reach.units),
        board === undefined ? undefined : ofBoards(holdingsOn(organisation, board, today).board),
        status === undefined ? undefined : stands[status],
        registryNumber === undefined
          ? undefined
          : sql`exists (select from ${read.rows(agreementPartiesView)} where agreement_parties.agreement::text = agreements.key and position(${registryKey(registryNumber)} in registry_key) > 0)`,
      );
      const { rows, total } = await read.list(agreementsView, { where, order: sql`title collate "sv-SE-x-icu", key`, limit, offset });
      const parties = await read.query<{ agreement: string; board: string; registryNumber: string | null }>(
        sql`select agreement, board, registry_number as "registryNumber" from ${read.rows(agreementPartiesView)} where agreement = any(${rows.map(({ key }) => key)})`,
      );
      const of = Map.groupBy(parties, ({ agreement }) => agreement);
      const items = rows.map((row) => {
        const its = (of.get(row.key) ?? [])
          .map((one) => ({ ...one, name: register.unit(one.board)?.name ?? one.board }))
          .toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
        const period = periodOn(row.periods, day);
        const begunBy = row.periods.some((one) => one.on <= day);
        return {
          agreement: row.key,
          title: row.title,
          status: period ? 'in-force' : begunBy ? 'not-in-force' : 'proposed',
          parties: its.map((one) => one.name).join(', '),
          registryNumbers: its.flatMap((one) => one.registryNumber ?? []).join(', '),
          versions: row.versions,
          ...(period && { version: period.number, inForceOn: period.on }),
          ...(period?.lastDay !== undefined && { lastDay: period.lastDay }),
          ...(row.terminatedOn !== null && { terminatedOn: row.terminatedOn }),
          ...(row.reviewedOn !== null && { reviewedOn: row.reviewedOn }),
          ...(row.reviewDueOn !== null && { reviewDueOn: row.reviewDueOn }),
          reviewLate: row.reviewDueOn !== null && row.reviewDueOn < today,
        };
      });
      return { total, items };
    },
    { at },
  );
};

/** After every day that there is. */
const LAST = '9999-12-31';
