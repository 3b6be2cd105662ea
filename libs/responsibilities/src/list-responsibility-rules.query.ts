import { Type, type Static } from 'typebox';
import type { Asking, Executor, Moments, Streams } from '#libs/commands';
import { Bool, Code, DayField, FreeText, Id, ListQuery } from '#libs/fields';
import { CodeType, DayType, IdType, type Day, type Text } from '#libs/kernel';
import { organisationThen, ROLES } from '#libs/organisation';
import { all, sql, type Found, type Sql, type Views } from '#libs/views';
import { municipalityOf, type Municipality } from './city.js';
import {
  DESIGNATIONS,
  PROVISION_FORMS,
  RELATIVE_BOARD_NAMES,
  RESPONSIBILITY_KINDS,
  type ProvisionForm,
  type ResponsibilityKind,
} from './responsibility.codes.js';
import { responsibilityRulesView, type ResponsibilityRow } from './responsibility-rules.view.js';

/** The rules of who is responsible for what, and what is recorded as disputed. */
export class ListResponsibilityRules extends ListQuery {
  @Code('Only this kind of responsibility.', RESPONSIBILITY_KINDS, 'ResponsibilityKind', { optional: true }) kind?: ResponsibilityKind;
  @Code('Only what holds for this regiform, or for any.', PROVISION_FORMS, 'ProvisionForm', { optional: true }) provisionForm?: ProvisionForm;
  @FreeText('Only what holds for this service, or for any.', { max: 60, optional: true }) service?: string;
  @DayField('Only what holds on this day.', { optional: true }) on?: Day;
  @Id('Only those that this agreement made.', { optional: true }) agreement?: string;
  @Id('Only those that designate this board by name, or name it among their fields; and what it took over.', { optional: true }) board?: string;
  @Bool('Only what is disputed and not settled, or only rules.', { optional: true }) disputed?: boolean;
  @Bool('Also rules that were withdrawn, and never held.', { optional: true }) withdrawn?: boolean;
}

const optionalText = (description: string) => Type.Optional(Type.String({ description }));

/** One rule, or one thing that is disputed, in the list. */
export const ResponsibilityRuleRow = Type.Object({
  rule: IdType('The rule, or what is disputed.'),
  disputed: Type.Boolean({ description: 'It is no rule: sources contradict each other.' }),
  kind: CodeType(RESPONSIBILITY_KINDS, 'The kind of responsibility.'),
  provisionForm: Type.Optional(CodeType(PROVISION_FORMS, 'Regiform; any where left out.')),
  service: optionalText('The service; any where left out.'),
  operatingBoard: Type.Optional(IdType('The board that runs the operation; any where left out.')),
  operatingBoardName: optionalText('As it is called.'),
  operatingUnit: Type.Optional(IdType('The unit that runs it; any where left out.')),
  operatingUnitName: optionalText('As it is called.'),
  contractingBoard: Type.Optional(IdType('The board that signed the contract; any where left out.')),
  contractingBoardName: optionalText('As it is called.'),
  grantingBoard: Type.Optional(IdType('The board that granted the service; any where left out.')),
  grantingBoardName: optionalText('As it is called.'),
  who: Type.Optional(CodeType(DESIGNATIONS, 'Whom it designates; left out where it is disputed.')),
  board: Type.Optional(IdType('The board that it names.')),
  designated: optionalText('The board that it designates, as it is called; in words where it designates one by its place.'),
  performingUnit: Type.Optional(IdType('The unit that performs it.')),
  performingUnitName: optionalText('As it is called.'),
  performingRole: Type.Optional(CodeType(ROLES, 'The role that performs it.')),
  assisting: optionalText('Who assists.'),
  basis: optionalText('What it rests on; where it is disputed, the sources.'),
  validFrom: DayType('First day.'),
  validTo: Type.Optional(DayType('Last day; left out where none is set.')),
  withdrawn: Type.Boolean({ description: 'It never held.' }),
  agreement: Type.Optional(IdType('The agreement that made it.')),
  version: optionalText('Its version.'),
  clause: optionalText('Its clause.'),
  settledFrom: Type.Optional(DayType('The first day for which what was disputed is settled.')),
});
export type ResponsibilityRuleRow = Static<typeof ResponsibilityRuleRow>;

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const responsibilityRuleColumns = {
  kind: name('Slag', 'Kind'),
  provisionForm: name('Regiform', 'Provision form'),
  service: name('Insats', 'Service'),
  operatingBoardName: name('Bedrivs av nämnd', 'Operating board'),
  operatingUnitName: name('Bedrivs av enhet', 'Operating unit'),
  contractingBoardName: name('Avtalstecknande nämnd', 'Contracting board'),
  grantingBoardName: name('Beviljande nämnd', 'Granting board'),
  designated: name('Ansvarig', 'Responsible'),
  performingUnitName: name('Utförs av', 'Performed by'),
  performingRole: name('Roll', 'Role'),
  assisting: name('Bistås av', 'Assisted by'),
  basis: name('Grund', 'Basis'),
  validFrom: name('Från och med', 'From'),
  validTo: name('Till och med', 'Through'),
  disputed: name('Omtvistat', 'Disputed'),
  settledFrom: name('Avgjort från', 'Settled from'),
  withdrawn: name('Återtagen', 'Withdrawn'),
  clause: name('Punkt i överenskommelse', 'Clause of agreement'),
  rule: name('Id', 'Id'),
};

export const responsibilityRuleExample: ResponsibilityRuleRow = {
  rule: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d',
  disputed: false,
  kind: 'contract-follow-up',
  provisionForm: 'private-lov',
  who: 'named',
  board: '2d4f6a8c-1b3d-4e5f-9a7b-8c9d0e1f2a3b',
  designated: 'Socialnämnden',
  performingUnit: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  performingUnitName: 'Enheten för juridik, upphandling och föreningsstöd',
  assisting: 'Stadsdelsnämnderna',
  basis: 'LOV (2008:962); avtal [002], [003]',
  validFrom: '2016-01-01' as Day,
  withdrawn: false,
};

/** By kind, then for what; of one place in the order of their days. Ends with the key, so that pages do not overlap. */
const ORDER = sql`kind, provision_form nulls first, service nulls first, matching, valid_from, key`;

const either = (asked: boolean | undefined, condition: Sql): Sql | undefined => (asked === undefined ? undefined : asked ? condition : sql`not (${condition})`);
const orAny = (column: Sql, value: string | undefined): Sql | undefined => (value === undefined ? undefined : sql`(${column} = ${value} or ${column} is null)`);

/** A page of the rules, as they are recorded, or were recorded then. */
export const listResponsibilityRules = async (
  { kind, provisionForm, service, on, agreement, board, disputed, withdrawn, limit, offset, asOf }: ListResponsibilityRules,
  { tenant, today }: Asking,
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const then = asOf === undefined || at === undefined ? undefined : { asOf, at };
  const city = municipalityOf(await organisationThen(tenant, then, executor, streams), tenant);
  const held = board === undefined ? undefined : city.heldWith(board, on ?? today);
  const where = all(
    kind === undefined ? undefined : sql`kind = ${kind}`,
    orAny(sql`provision_form`, provisionForm),
    orAny(sql`service`, service),
    on === undefined ? undefined : sql`valid_from <= ${on} and (valid_to is null or valid_to >= ${on}) and (settled_from is null or settled_from > ${on})`,
    agreement === undefined ? undefined : sql`agreement = ${agreement}`,
    held === undefined ? undefined : sql`(answer ->> 'board' = any(${held}) or string_to_array(matching, '|') && ${held}::text[])`,
    either(disputed, sql`what = 'dispute' and settled_from is null`),
    withdrawn ? undefined : sql`not withdrawn`,
  );
  const { rows, total } = await views.read(tenant, (read) => read.list(responsibilityRulesView, { where, order: ORDER, limit, offset }), { at });
  return { total, items: rows.map((row) => ruleRow(row, city)) };
};

/** A rule as lists and the written statement show it. */
export const ruleRow = (row: Found<ResponsibilityRow>, { named }: Pick<Municipality, 'named'>): ResponsibilityRuleRow => {
  const { key, what, kind, match, answer, basis, claims, validFrom, validTo, withdrawn, clause, settledFrom } = row;
  const withName = (field: string, id: string | undefined) => (id === undefined ? {} : { [field]: id, [`${field}Name`]: named(id) });
  const assisting = [...(answer?.districtsAssist ? ['Stadsdelsnämnderna'] : []), ...(answer?.assistingUnits ?? []).map(named)];
  const sources = [...new Set((claims ?? []).flatMap(({ source }) => source ?? []))];
  const rests = basis ?? sources.join('; ');
  return {
    rule: key,
    disputed: what === 'dispute',
    kind,
    ...(match.provisionForm !== undefined && { provisionForm: match.provisionForm }),
    ...(match.service !== undefined && { service: match.service }),
    ...withName('operatingBoard', match.operatingBoard),
    ...withName('operatingUnit', match.operatingUnit),
    ...withName('contractingBoard', match.contractingBoard),
    ...withName('grantingBoard', match.grantingBoard),
    ...(answer && designated(answer, named)),
    ...withName('performingUnit', answer?.performingUnit),
    ...(answer?.performingRole !== undefined && { performingRole: answer.performingRole }),
    ...(assisting.length > 0 && { assisting: assisting.join(', ') }),
    ...(rests !== '' && { basis: rests }),
    validFrom,
    ...(validTo !== null && { validTo }),
    withdrawn,
    ...(clause && { agreement: clause.agreement, version: clause.version, clause: clause.clause }),
    ...(settledFrom !== null && { settledFrom }),
  };
};

const designated = ({ who, board }: NonNullable<ResponsibilityRow['answer']>, named: (id: string) => string) => {
  if (who === 'not-applicable') return { who, designated: 'Inte tillämpligt' };
  if (who !== 'named') return { who, designated: RELATIVE_BOARD_NAMES[who].sv };
  return { who, ...(board !== undefined && { board, designated: named(board) }) };
};
